// The live board: takes events from the server, draws them, and says aloud when they stop coming.
"use strict";

const OLD_AFTER_S = 15, DEAD_AFTER_S = 60, RETRY_MS = 5000;
const DAY_ENDS_AT = 18;  // o'clock; later hours are shown as they come
const FLOW = ["short_of", "waiting", "in_work", "picked", "verified", "shipped"];
const WELL_PRINTER = new Set(["ready", "busy", "media_low", "head_too_cold"]);

const byId = (id) => document.getElementById(id);
let chart = null;
let heardAt = null;     // performance.now() when the last event came
let source = null;

function element(tag, { text, kind, children = [] } = {}) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (kind) made.className = kind;
  made.append(...children);
  return made;
}

function drawToday({ due, flow }) {
  const rest = due.all - due.shipped;
  byId("shipped").textContent = due.shipped;
  byId("due").textContent = due.all;
  byId("progress").style.width = `${due.all ? (100 * due.shipped) / due.all : 0}%`;
  byId("rest").textContent = due.all === 0 ? word("nothing_due") : rest === 0 ? word("all_done") : word("rest", { n: rest });
  drawFlow(flow);
}

function flowCell(key, count, kind) {
  return element("li", { kind: `${kind} ${count === 0 ? "none" : ""}`, children: [element("strong", { text: count }), element("span", { text: word(key) })] });
}

function drawFlow(flow) {
  const cells = FLOW.map((key) => flowCell(key, flow[key], key === "shipped" ? "done" : key === "short_of" && flow[key] > 0 ? "look" : ""));
  cells.push(flowCell("held", flow.held, `aside ${flow.held > 0 ? "look" : ""}`));
  byId("flow").replaceChildren(...cells);
}

function hourLabel(start) {
  return word("hour", { h: Number(start.slice(11, 13)) });
}

// The hours still to come stand there empty, so that the day keeps its width on the wall.
function labelsOf(hours) {
  const labels = hours.map((hour) => hourLabel(hour.start));
  const last = hours.length ? Number(hours.at(-1).start.slice(11, 13)) : DAY_ENDS_AT;
  for (let hour = last + 1; hour <= DAY_ENDS_AT; hour += 1) labels.push(word("hour", { h: hour }));
  return labels;
}

function drawHours(hours) {
  const data = {
    labels: labelsOf(hours),
    datasets: [
      { type: "line", data: hours.map((hour) => hour.closed), borderColor: "#b9832a", backgroundColor: "#b9832a", borderWidth: 4, pointRadius: 5, tension: 0.25 },
      { type: "bar", data: hours.map((hour) => hour.picked), backgroundColor: "#2b6f99", borderRadius: 5, maxBarThickness: 56 },
      { type: "bar", data: hours.map((hour) => hour.verified), backgroundColor: "#2f8f7f", borderRadius: 5, maxBarThickness: 56 },
    ],
  };
  if (chart) {
    chart.data = data;
    chart.update("none");
    return;
  }
  const ticks = { color: "#5b6a73", font: { size: Math.max(11, innerWidth / 106), family: getComputedStyle(document.body).fontFamily }, precision: 0 };
  chart = new Chart(byId("chart"), {
    type: "bar",
    data,
    options: {
      animation: false, responsive: true, maintainAspectRatio: false,
      plugins: { legend: { display: false } },
      scales: {
        x: { grid: { display: false }, ticks },
        y: { beginAtZero: true, suggestedMax: 10, grid: { color: "#ece8dd", drawBorder: false }, ticks: { ...ticks, maxTicksLimit: 6 } },
      },
    },
  });
}

function drawCaught(caught) {
  const kinds = new Map();
  for (const { refusal, count } of caught) kinds.set(refusal, (kinds.get(refusal) ?? 0) + count);
  const sorted = [...kinds].sort((a, b) => b[1] - a[1]);
  const most = Math.max(1, ...kinds.values());
  byId("caught-count").textContent = sorted.reduce((sum, [, count]) => sum + count, 0);
  const rows = sorted.slice(0, 5).map(([refusal, count]) => {
    const bar = element("i");
    bar.style.setProperty("--part", `${(100 * count) / most}%`);
    return element("li", { children: [element("span", { text: word(refusal) }), element("b", { text: count }), bar] });
  });
  byId("caught").replaceChildren(...(rows.length ? rows : [element("li", { kind: "nothing", text: word("none_caught") })]));
}

function tile(name, state, kind) {
  return element("li", { kind, children: [element("i"), element("b", { text: name }), element("span", { text: state })] });
}

// What does not fit is counted; callers put first what somebody should see.
function fit(tiles, most, nothing) {
  if (tiles.length === 0) return [element("li", { kind: "nothing", text: word(nothing) })];
  if (tiles.length <= most) return tiles;
  return [...tiles.slice(0, most - 1), element("li", { kind: "more", text: word("more", { n: tiles.length - most + 1 }) })];
}

function stationState(s) {
  if (s.are_two) return word("are_two");
  if (s.online && s.clock_is_off) return word("clock_off", { s: Math.round(s.clock_ahead_ms / 1000) });
  return `${word(s.role)} ・ ${word(s.online ? "online" : "offline")}`;
}

function drawStations(stations) {
  const bad = (s) => s.are_two || (s.online && s.clock_is_off);
  const sorted = [...stations].sort((a, b) => bad(b) - bad(a));
  const tiles = sorted.map((s) => tile(s.name || s.device, stationState(s), bad(s) ? "bad" : s.online ? "" : "off"));
  byId("stations").replaceChildren(...fit(tiles, 9, "no_stations"));
  byId("stations-count").textContent = stations.length ? `${stations.filter((s) => s.online).length} / ${stations.length}` : "";
}

function drawPrinters(printers) {
  const bad = (p) => !WELL_PRINTER.has(p.state);
  const sorted = [...printers].sort((a, b) => bad(b) - bad(a));
  const tiles = sorted.map((p) => tile(p.printer, word(p.state === "offline" ? "printer_offline" : p.state), bad(p) ? "bad" : ""));
  byId("printers").replaceChildren(...fit(tiles, 6, "no_printers"));
}

function drawFacts({ lists, reports }) {
  const rows = [["lists_waiting", lists.waiting], ["lists_open", lists.open], ["lists_finished", lists.finished], ["reports_waiting", reports.waiting], ["reports_accepted", reports.accepted]];
  byId("facts").replaceChildren(...rows.flatMap(([key, count]) => [element("dt", { text: word(key) }), element("dd", { text: count })]));
}

function drawHead({ site, day, at }) {
  const [year, month, date] = day.split("-").map(Number);
  const weekday = word("weekdays")[new Date(Date.UTC(year, month - 1, date)).getUTCDay()];
  byId("site").textContent = site;
  byId("day").textContent = word("day", { m: month, d: date, w: weekday });
  byId("time").textContent = at.slice(11, 16);
}

function draw(board) {
  drawHead(board);
  drawToday(board);
  drawHours(board.hours);
  drawCaught(board.caught);
  drawStations(board.stations);
  drawPrinters(board.printers);
  drawFacts(board);
  document.body.dataset.drawn = "yes";
}

function ageText(seconds) {
  if (seconds > DEAD_AFTER_S) return word("age_long", { n: Math.floor(seconds / 60) });
  return seconds > 3 ? word("age", { n: seconds }) : word("age_now");
}

function sayAge() {
  if (heardAt === null) return;
  const seconds = Math.floor((performance.now() - heardAt) / 1000);
  const state = seconds > DEAD_AFTER_S ? "dead" : seconds > OLD_AFTER_S ? "old" : "";
  byId("age").className = `age ${state}`;
  byId("age").lastElementChild.textContent = ageText(seconds);
  document.body.className = state;
}

function listen() {
  source = new EventSource("/api/v1/board/stream");
  source.addEventListener("board", (event) => {
    heardAt = performance.now();
    draw(JSON.parse(event.data));
    sayAge();
  });
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, RETRY_MS);  // refused, e.g. too many boards
  };
}

document.documentElement.lang = LANGUAGE;
for (const place of document.querySelectorAll("[data-word]")) place.textContent = word(place.dataset.word);
setInterval(sayAge, 1000);
listen();
