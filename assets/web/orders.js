// What came in: the list with its reasons, the original of a record, and what a person does about it. All text goes
// in as text, never as markup: records come from outside.
"use strict";

const PAGE_ROWS = 50, CSV_ROWS = 1000, MOST_SHOWN = 20, SURE_MS = 4000;
const byId = (id) => document.getElementById(id);
let key = sessionStorage.getItem("kenpin-key") ?? "";
let flags = new Map();
let next = null;

function element(tag, { text, kind, children = [], press } = {}) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (kind) made.className = kind;
  if (press) { made.type = "button"; made.addEventListener("click", press); }
  made.append(...children);
  return made;
}

// Only a key that nobody knows (any more) signs out. What a key may not do is said where it was pressed; a server
// that cannot be reached answers with status 0.
async function call(path, { method = "GET", body } = {}) {
  const answer = await fetch(path, { method, body, headers: { Authorization: `Bearer ${key}` } }).catch(() => null);
  if (!answer) return { ok: false, status: 0, json: {} };
  const json = await answer.json().catch(() => null);
  if (answer.status === 401) signOut(word("wrong_key"));
  // An answer that was cut off on its way is none.
  return { ok: answer.ok && json !== null, status: answer.ok && json === null ? 0 : answer.status, json: json ?? {}, wait: Number(answer.headers.get("Retry-After")) || 1 };
}

// What the server says to programs (names of fields, folders and parameters) is said to people in the page's own words.
const FOR_PROGRAMS = /reasons|assets\/|\?shop=|openapi|Retry-After|Authorization|kenpinctl|JSON|URL/;
const said = (both) => both?.[LANGUAGE] ?? "";
const remedyOf = ({ code, error, remedy }) => wordIfAny(`remedy_${code ?? error}`) ?? (FOR_PROGRAMS.test(said(remedy)) ? "" : said(remedy));

function problemText({ status, json, wait }, needs = "needs_supervisor") {
  if (status === 429) return word("wait", { s: wait });
  if (status === 403) return word(needs);
  if (status === 503 && json.error === "busy") return word("busy");
  if (status === 0 || (status >= 500 && !json.error)) return word("unreachable");
  return [said(json) || word("failed"), remedyOf(json)].filter(Boolean).join("。 ");
}

// ---- signing in

function signOut(why = "") {
  key = "";
  sessionStorage.removeItem("kenpin-key");
  document.body.classList.remove("only-looks", "no-upload");
  for (const place of ["records", "questions", "together", "uploads", "list-problem"]) byId(place).replaceChildren();  // the next key may see less
  shown = [];
  asked = "";
  round += 1;
  byId("files").disabled = false;
  document.querySelector("main").hidden = true;
  byId("sign-out").hidden = true;
  byId("sign-in").hidden = false;
  byId("sign-in-problem").textContent = why;
}

async function begin() {
  if (!key) return signOut();
  const tsv = await fetch("/assets/flags.tsv").then((answer) => answer.text()).catch(() => "");
  flags = new Map(tsv.split("\n").map((line) => line.split("\t")).filter((cells) => cells.length > 2).map(([flag, ja, en]) => [flag, LANGUAGE === "en" ? en : ja]));
  byId("sign-in").hidden = true;
  byId("sign-out").hidden = false;
  document.querySelector("main").hidden = false;
  const first = await show();
  if (first.status === 403) return signOut(word("wrong_key"));
  if (!key) return;
  await showQuestions();
  await showRights();
}

// No call tells what a key may do. The question about codes is for supervisors, who may upload too; of other keys an
// empty file is asked, which the server refuses in either case without noting it.
async function showRights() {
  if (!document.body.classList.contains("only-looks")) return;
  const answer = await call("/api/v1/import/orders", { method: "POST", body: "" });
  if (answer.status === 403) noUpload();
}

function noUpload() {
  byId("files").disabled = true;
  document.body.classList.add("no-upload");
}

// ---- the list

const FILTERS = ["state", "outcome", "shop", "code", "number", "day"];
const COUNTS = [["all", "", ""], ["open_hold", "open", "hold", "look"], ["open_reject", "open", "reject", "bad"], ["taken", "taken", ""], ["held", "held", "", "look"], ["closed", "closed", ""], ["replaced", "replaced", ""]];

function query(more = {}) {
  const wanted = new URLSearchParams();
  for (const name of FILTERS) if (byId(name).value.trim()) wanted.set(name, byId(name).value.trim());
  for (const [name, value] of Object.entries(more)) wanted.set(name, value);
  return `/api/v1/intake?${wanted}`;
}

function drawCounts(counts) {
  const cells = COUNTS.map(([name, state, outcome, kind = ""]) => {
    // Those held now are among the taken ones and counted a second time.
    const count = counts.filter((c) => (state ? c.state === state : !["held", "superseded"].includes(c.state)) && (!outcome || c.outcome === outcome)).reduce((sum, c) => sum + c.count, 0);
    const isOn = byId("state").value === state && byId("outcome").value === outcome;
    const pressed = () => { byId("state").value = state; byId("outcome").value = outcome; show(); };
    const button = element("button", { kind: `${count ? kind : ""} ${isOn ? "on" : ""}`, press: pressed, children: [element("strong", { text: count }), element("span", { text: word(name) })] });
    return element("li", { children: [button] });
  });
  byId("counts").replaceChildren(...cells);
}

function reasonsOf(reasons) {
  const one = (reason) => reason.settled
    ? element("li", { kind: "settled", children: [document.createTextNode(word("settled", { t: said(reason) })), element("code", { text: reason.code })] })
    : element("li", { children: [document.createTextNode(said(reason)), element("code", { text: reason.code }), element("em", { text: remedyOf(reason) })] });
  return element("ul", { kind: "reasons", children: reasons.map(one) });
}

// What holds it now, where the reasons it came with do not say so themselves.
function holdsOf({ state, holds, reasons }) {
  if (state !== "taken" || !holds.length || reasons.some(({ code, settled }) => !settled && (code.startsWith("E-") || code === "W-ADDR-MISMATCH"))) return [];
  return [element("p", { kind: "holds", text: word("holds_now", { h: holds.map((hold) => word(`hold_${hold}`)).join("、") }) })];
}

function fileOf({ file, file_record }) {
  if (file === "api") return word("api");
  return file_record ? word("record", { f: file, n: file_record }) : file;
}

const isConflict = (record) => record.reasons.some(({ code }) => code === "E-DUP-CONFLICT");
const isHeld = ({ state, holds }) => state === "taken" && holds.length > 0;
const outcomeOf = (record) => {
  if (record.state === "open") return word(record.outcome);
  if (record.state !== "taken") return word(record.state);
  return word(isHeld(record) ? "held" : record.outcome === "hold" ? "free_again" : "taken");
};
const kindOf = (record) => ["closed", "replaced", "superseded"].includes(record.state) ? "closed" : record.state === "open" ? record.outcome : isHeld(record) ? "hold" : "accept";

function draw(record) {
  const row = element("li", { kind: kindOf(record) });
  row.dataset.record = record.record;
  row.append(
    element("div", { kind: "head", children: [
      element("span", { kind: "outcome", text: outcomeOf(record) }), element("b", { text: record.order_no || word("no_number") }),
      element("span", { text: record.shop }), element("span", { text: record.came_at.slice(0, 16).replace("T", " ") }), element("span", { text: fileOf(record) })] }),
    reasonsOf(record.reasons), ...holdsOf(record),
    element("ul", { kind: "flags", children: record.handling.map((flag) => element("li", { text: flags.get(flag) ?? flag })) }),
    element("div", { kind: "does", children: buttonsOf(record, row) }));
  return row;
}

// Rows whose name (all they say, unless told otherwise) was there before stay as they are, with what is open in them and what somebody is typing.
const saying = new WeakMap();

function drawOnto(list, some, make, nameOf = JSON.stringify) {
  const there = new Map([...list.children].filter((old) => saying.has(old)).map((old) => [saying.get(old), old]));
  const wanted = some.map((one) => {
    const says = nameOf(one);
    const row = there.get(says) ?? make(one);
    saying.set(row, says);
    return row;
  });
  const kept = new Set(wanted);
  for (const old of [...list.children]) if (!kept.has(old)) old.remove();
  wanted.forEach((row, at) => { if (list.children[at] !== row) list.insertBefore(row, list.children[at] ?? null); });
}

let shown = [], wantedRows = PAGE_ROWS, asked = "", round = 0;

const oldestOpened = () => Math.min(...[...document.querySelectorAll("#records > li")].filter((row) => row.querySelector(".original")).map((row) => Number(row.dataset.record)));

// As many rows as a person had before and as far down as one is opened, in as few calls as the server allows.
async function fetchRows(before, had, oldest) {
  let records = had, first = null;
  for (;;) {
    const left = wantedRows - records.length;
    const limit = Math.min(left > 0 ? left : PAGE_ROWS, CSV_ROWS);
    const page = await call(query({ limit, ...(before ? { before } : {}) }));
    if (!page.ok) return page;
    first ??= page.json;
    records = [...records, ...page.json.records];
    before = page.json.next;
    const isEnough = records.length >= wantedRows && records.at(-1).record <= oldest;
    if (before === null || isEnough) return { ...page, json: { ...first, next: before }, records };
  }
}

async function show(more = false) {
  const mine = round += 1;
  const isSame = query() === asked, isMore = more && isSame;
  if (!isSame) wantedRows = PAGE_ROWS;  // another question begins at the top
  if (isMore) wantedRows = shown.length + PAGE_ROWS;
  const question = query();
  const page = await fetchRows(isMore ? next : null, isMore ? shown : [], isSame ? oldestOpened() : Infinity);
  if (mine !== round) return page;  // another press came later
  asked = page.ok ? question : asked;
  byId("list-problem").textContent = page.ok || !key ? "" : problemText(page);
  if (!page.ok) return page;
  shown = page.records;
  drawCounts(page.json.counts);
  if (!isMore) drawFiles(page.json.files);
  drawOnto(byId("records"), shown, draw);
  if (shown.length === 0) byId("records").append(element("li", { kind: "closed nothing", text: word("nothing") }));
  next = page.json.next;
  byId("more").hidden = next === null;
  document.body.dataset.drawn = "yes";
  if (!isMore) drawFolders(page.json.folders);
  if (!isMore) knowShops(page.json.shops);
  return page;
}

// ---- what a person does

const RELEASED_BY_A_PERSON = ["to_confirm", "address"];

function buttonsOf(record, row) {
  const button = (name, press) => element("button", { text: word(name), kind: "supervises", press });
  const act = (verb, body) => doIt(record, row, verb, body);
  const buttons = [];
  if (record.reasons.some(({ code }) => code === "W-LEN-CARRIER")) buttons.push(element("button", { text: word("lengths"), press: () => showLengths(record, row) }));
  if (record.has_original) buttons.push(button("original", () => showOriginal(record, row)));
  if (record.state === "open" && isConflict(record)) buttons.push(button("keep", () => act("keep")), button("replace", () => act("replace")));
  const wasSetAside = record.state === "closed" && record.has_original && !isConflict(record);
  if ((record.state === "open" && !isConflict(record)) || wasSetAside) buttons.push(button("retake", () => act("retake")));
  if (record.state === "open" && !isConflict(record)) buttons.push(whyChoice("drop", act));
  if (isHeld(record) && record.holds.some((hold) => RELEASED_BY_A_PERSON.includes(hold))) buttons.push(whyChoice("release", act));
  return buttons;
}

// A reason is chosen, never typed: events hold no personal data. Choosing does nothing yet: a button does it, and only
// when pressed a second time within the time below. A key held down and a double click count as one press.
function whyChoice(verb, act) {
  const choice = element("select"), press = element("button", { press: pressed });
  let timer = 0;
  const calm = () => { clearTimeout(timer); timer = 0; press.textContent = word(verb); press.classList.remove("sure"); };
  function pressed(event) {
    if (event.detail > 1) return;
    if (!choice.value) { choice.focus(); return; }
    if (timer) { calm(); act(verb, JSON.stringify({ reason: choice.value })); return; }
    press.textContent = word(`sure_${verb}`);
    press.classList.add("sure");
    timer = setTimeout(calm, SURE_MS);
  }
  press.addEventListener("keydown", (event) => { if (event.repeat) event.preventDefault(); });
  press.setAttribute("aria-live", "polite");
  choice.setAttribute("aria-label", `${word(verb)}: ${word("why")}`);
  choice.append(new Option(word("why"), ""), ...["checked", "asked_shop", "asked_buyer", "duplicate", "cancelled", "not_ours", "other"].map((reason) => new Option(word(reason), reason)));
  choice.addEventListener("change", () => { calm(); press.disabled = !choice.value; });
  choice.dataset.verb = verb;
  calm();
  press.disabled = true;
  return element("span", { kind: "why supervises", children: [choice, press] });
}

// What stopped a press, at its row; the one before it is gone.
function tell(row, answer) {
  row.querySelector(".note")?.remove();
  if (key) row.append(element("div", { kind: "note bad", text: problemText(answer) }));
}

async function doIt(record, row, verb, body) {
  const answer = await call(`/api/v1/intake/${record.record}/${verb}`, { method: "POST", body: body ?? "{}" });
  if (!answer.ok) return tell(row, answer);
  for (const old of byId("records").querySelectorAll(".note")) old.remove();  // rows stay; what was said of the last press does not
  const what = element("div", { kind: "note", text: word(`done_${answer.json.outcome}`) });
  await show();
  await showQuestions();
  const fresh = document.querySelector(`[data-record="${record.record}"]`);
  if (answer.json.reasons?.length) what.append(reasonsOf(answer.json.reasons));
  (fresh ?? byId("records")).prepend(what);
}

// Which field is too long for which carrier, and how much would fit.
async function showLengths(record, row) {
  const there = row.querySelector(".lengths");
  if (there) return there.remove();
  const answer = await call(`/api/v1/intake/${record.record}`);
  if (!answer.ok) return tell(row, answer);
  const cells = (tag, texts) => element("tr", { children: texts.map((text) => element(tag, { text })) });
  const head = cells("th", ["recipient", "field", "characters", "carrier", "takes"].map((name) => word(`length_${name}`)));
  row.append(element("table", { kind: "lengths", children: [head, ...answer.json.lengths.map((one) =>
    cells("td", [one.recipient, word(`field_${one.field}`), one.characters, word(one.carrier), word("length_lines", { t: one.takes, l: one.lines })]))] }));
}

// ---- the original, shown exactly and corrected

// Cells of one CSV or TSV record, quotes and line breaks in them minded: `raw` as it stands there, so that the cells
// joined again are the record to the last character; `text` what it says; `isClean` where both are beyond doubt.
function cellsOf(record, between) {
  const cells = [];
  for (let at = 0, isQuoted = false, i = 0; i <= record.length; i += 1) {
    if (record[i] === '"') isQuoted = !isQuoted;
    if (i < record.length && (isQuoted || record[i] !== between)) continue;
    cells.push(cellOf(record.slice(at, i)));
    at = i + 1;
  }
  return cells;
}

function cellOf(raw) {
  const wrapped = /^"((?:[^"]|"")*)"$/.exec(raw);
  return { raw, isWrapped: wrapped !== null, text: wrapped ? wrapped[1].replaceAll('""', '"') : raw, isClean: wrapped !== null || !/["\r\n]/.test(raw) };
}

// The separator that makes most fields, as the server takes it.
const separatorOf = (header) => [",", "\t", ";"].reduce((best, one) => cellsOf(header, one).length > cellsOf(header, best).length ? one : best);

// A record as fields to be typed in; null: it is corrected as it stands. Formats with tabs may have quotes that are
// letters, and of what is no text, has another number of fields or a stray quote nobody can say where a field ends.
function fieldsOf(kept) {
  if (!kept.header || !kept.charset) return null;
  const header = kept.header.replace(/^\uFEFF/, "").replace(/[\r\n]+$/, "");
  const between = separatorOf(header);
  const end = /[\r\n]*$/.exec(kept.text)[0];
  const names = cellsOf(header, between), cells = cellsOf(kept.text.slice(0, kept.text.length - end.length), between);
  const isSure = names.length === cells.length && names.length > 1 && cells.every(({ isClean }) => isClean) && (between !== "\t" || !/"/.test(header + kept.text));
  return isSure ? { names: names.map(({ text }) => text), cells, between, end } : null;
}

// Only a field that was changed is written anew, in quotes where it had them or needs them.
function written(text, cell, between) {
  const lines = text.replace(/\r\n|\r|\n/g, /\r\n|\r|\n/.exec(cell.text)?.[0] ?? "\n");
  return cell.isWrapped || lines.includes(between) || /["\r\n]/.test(lines) ? `"${lines.replaceAll('"', '""')}"` : lines;
}

function fieldPlace(cell, name) {
  const hasLines = /[\r\n]/.test(cell.text);
  const place = element(hasLines ? "textarea" : "input", { kind: "field" });
  place.value = cell.text;
  place.spellcheck = false;
  place.setAttribute("aria-label", name);
  place.placeholder = word("empty");
  return place;
}

// The fields of a record, each in its box, and how they are written as a record again.
function fieldTable(kept, { names, cells, between, end }) {
  const places = cells.map((cell, at) => fieldPlace(cell, names[at]));
  const was = places.map(({ value }) => value);  // a box may show line ends its own way
  const row = (place, at) => element("tr", { kind: was[at] === "" ? "empty" : "", children: [element("th", { text: names[at] }), element("td", { children: [place] })] });
  const table = element("table", { kind: "fields", children: places.map(row) });
  table.dataset.kept = "yes";
  const isChanged = (at) => places[at].value !== was[at];
  const fault = () => between === "\t" && places.findIndex((place, at) => isChanged(at) && /["\t\r\n]/.test(place.value));
  corrections.set(table, {
    isChanged: () => places.some((_, at) => isChanged(at)),
    faulty: () => { const at = fault(); return at === false || at < 0 ? null : { place: places[at], name: names[at] }; },
    record: () => ({ part: kept.part, record: kept.record, text: cells.map((cell, at) => isChanged(at) ? written(places[at].value, cell, between) : cell.raw).join(between) + end }) });
  return table;
}

function rawBox(kept) {
  const text = element("textarea");
  text.value = kept.text;
  text.spellcheck = false;
  text.dataset.kept = "yes";
  const was = text.value;
  corrections.set(text, { isChanged: () => text.value !== was, faulty: () => null, record: () => ({ part: kept.part, record: kept.record, text: text.value }) });
  return text;
}

const corrections = new WeakMap();

function readTable({ names, cells }) {
  return element("table", { children: names.map((name, at) => element("tr", { kind: cells[at].text === "" ? "empty" : "", children: [
    element("th", { text: name }), element("td", { text: cells[at].text || word("empty") })] })) });
}

const rawOf = (kept) => [...(kept.header ? [element("pre", { text: kept.header })] : []), element("pre", { text: kept.text })];

function drawOriginal(kept, isOpen) {
  const parts = [element("p", { text: `${fileOf({ file: kept.file, file_record: kept.record })}・${kept.charset ? word("charset", { c: kept.charset.toUpperCase() }) : word("not_text")}` })];
  const fields = fieldsOf(kept);
  if (fields) return [...parts, isOpen ? fieldTable(kept, fields) : readTable(fields), element("details", { children: [element("summary", { text: word("as_it_came") }), ...rawOf(kept)] })];
  if (!isOpen) return [...parts, ...rawOf(kept)];
  return [...parts, ...(kept.header ? [element("pre", { text: kept.header })] : []), rawBox(kept)];
}

function sendCorrections(record, row, place) {
  const changed = [...place.querySelectorAll("[data-kept]")].map((kept) => corrections.get(kept)).filter((one) => one.isChanged());
  const faulty = changed.map((one) => one.faulty()).find((one) => one !== null);
  place.querySelector(".fault").textContent = faulty ? word("not_in_tabs", { f: faulty.name }) : "";
  if (faulty) return faulty.place.focus();
  doIt(record, row, "retake", JSON.stringify({ records: changed.map((one) => one.record()) }));
}

async function showOriginal(record, row) {
  const there = row.querySelector(".original");
  if (there) return there.remove();
  const answer = await call(`/api/v1/intake/${record.record}/original`);
  if (!answer.ok) return tell(row, answer);
  const isOpen = record.state === "open" && (!isConflict(record) || record.outcome === "reject");
  const place = element("div", { kind: "original", children: answer.json.records.flatMap((kept) => drawOriginal(kept, isOpen)) });
  if (isOpen) {
    place.prepend(element("p", { text: word("edit") }));
    place.append(element("p", { kind: "fault bad" }), element("button", { text: word("correct"), kind: "first", press: () => sendCorrections(record, row, place) }));
    place.querySelector(".fault").setAttribute("role", "alert");
  }
  row.append(place);
}

// ---- files

function knowShops(shops) {
  const choice = byId("upload-shop");
  const wanted = ["", ...shops];
  if (wanted.join() === [...choice.options].map(({ value }) => value).join()) return;
  const chosen = choice.value;
  choice.replaceChildren(...wanted.map((shop) => new Option(shop || word("by_header"), shop)));
  choice.value = chosen;
}

function pointAtShops(isNeeded) {
  byId("shop-choice").classList.toggle("asked", isNeeded);
  if (isNeeded) byId("upload-shop").focus();
}

async function upload(file, line = element("li")) {
  line.className = "";
  line.textContent = word("sending", { f: file.name });
  if (!line.isConnected) byId("uploads").prepend(line);
  const shop = byId("upload-shop").value;
  const target = `/api/v1/import/orders?file=${encodeURIComponent(file.name)}${shop ? `&shop=${encodeURIComponent(shop)}` : ""}`;
  const answer = await call(target, { method: "POST", body: file });
  const { outcomes, records = [], not_listed: rest = 0 } = answer.json;
  pointAtShops(isShopNeeded(answer));
  if (!outcomes) return notUploaded(file, line, answer);
  line.textContent = word("uploaded", { f: file.name, a: outcomes.accept, h: outcomes.hold, r: outcomes.reject, s: outcomes.skip });
  line.append(recordsOf(records, rest));
}

const isShopNeeded = ({ json }) => json.error === "shop_needed" || (json.reasons ?? []).some(({ code, reason }) => (code ?? reason) === "shop_needed");

function notUploaded(file, line, answer) {
  if (answer.status === 403) noUpload();
  line.className = "bad";
  line.textContent = `${file.name}: ${isShopNeeded(answer) ? word("which_shop") : problemText(answer, "needs_import")}`;
  const reasons = ["nothing_taken", "not_acceptable"].includes(answer.json.error) ? answer.json.reasons ?? [] : [];
  if (reasons.length) line.append(element("ul", { children: reasons.slice(0, MOST_SHOWN).map((reason) => element("li", { text: said(reason) })) }));
  // The same file once more may go well where nothing is wrong with the file.
  if ([0, 429].includes(answer.status) || answer.status >= 500 || isShopNeeded(answer))
    line.append(" ", element("button", { text: word("again"), press: () => uploadAll([file], line) }));
}

// What became of each record of a file; the server puts first what a person has to look after.
function recordsOf(records, rest) {
  const text = ({ record, order_no: number, outcome, reasons }) =>
    `${word("line", { n: record, o: number })}: ${word(outcome)}${reasons.length ? ` — ${reasons.map(said).join("、")}` : ""}`;
  const items = (some) => element("ul", { children: some.map((record) => element("li", { kind: record.outcome, text: text(record) })) });
  // Record 0 is the file itself: what is said of it stands nowhere else.
  const toLookAfter = records.filter(({ outcome, record }) => ["hold", "reject"].includes(outcome) || record === 0).slice(0, MOST_SHOWN);
  const all = element("details", { children: [element("summary", { text: word("all_records", { n: records.length + rest }) }), items(records)] });
  if (rest) all.append(element("p", { text: word("not_listed", { n: rest }) }));
  return element("div", { children: [items(toLookAfter), all] });
}

function drawFiles(files) {
  const rows = files.map((file) => element("li", { children: [
    element("b", { text: file.file }), element("span", { text: file.shop }), element("span", { text: file.came_at.slice(0, 16).replace("T", " ") }),
    element("span", { text: word("file_counts", { t: file.taken, u: file.unchanged, r: file.refused - file.held, h: file.held, p: file.released ? word("paid_now", { n: file.released }) : "" }) })] }));
  byId("files-in").hidden = files.length === 0;
  byId("file-list").replaceChildren(...rows);
}

function drawFolders(troubles) {
  const rows = troubles.map(({ name, what }) => element("li", { children: [element("b", { text: name || word("folder_itself") }), element("span", { text: word(`folder_${what}`) })] }));
  byId("folders-stuck").hidden = troubles.length === 0;
  byId("folder-list").replaceChildren(...rows);
}

async function uploadAll(files, line) {
  if (byId("files").disabled) return;
  for (const file of files) await upload(file, line);  // one after the other, as they were chosen
  if (key) await show();
  if (key) await showQuestions();
  document.body.dataset.uploaded = "yes";
}

// ---- beginning

document.documentElement.lang = LANGUAGE;
knowShops([]);
for (const place of document.querySelectorAll("[data-word]")) place.textContent = word(place.dataset.word);
for (const place of document.querySelectorAll("[data-hint]")) { place.placeholder = word(place.dataset.hint); place.setAttribute("aria-label", word(place.dataset.hint)); }
byId("state").append(...["", "open", "taken", "held", "closed", "replaced", "superseded"].map((state) => new Option(word(state || "every_state"), state)));
byId("outcome").append(...["", "accept", "hold", "reject"].map((outcome) => new Option(word(outcome || "every_outcome"), outcome)));
byId("other-language").textContent = word("language");
byId("other-language").href = LANGUAGE === "en" ? "/orders" : "/orders?lang=en";
byId("sign-out").addEventListener("click", () => signOut());
byId("sign-in").addEventListener("submit", (event) => { event.preventDefault(); key = byId("key").value.trim(); byId("key").value = ""; sessionStorage.setItem("kenpin-key", key); begin(); });
byId("filters").addEventListener("submit", (event) => { event.preventDefault(); show(); });
byId("csv").addEventListener("click", exportCsv);
byId("more").addEventListener("click", () => show(true));
// Emptied, for else the same file chosen again would be no change.
byId("files").addEventListener("change", (event) => { const chosen = [...event.target.files]; event.target.value = ""; uploadAll(chosen); });
for (const kind of ["dragenter", "dragover"]) byId("drop").addEventListener(kind, (event) => { event.preventDefault(); byId("drop").classList.add("over"); });
for (const kind of ["dragleave", "drop"]) byId("drop").addEventListener(kind, () => byId("drop").classList.remove("over"));
byId("drop").addEventListener("drop", (event) => { event.preventDefault(); uploadAll([...event.dataTransfer.files]); });
begin();
