// The question about codes that nobody knows: each is asked once, however many orders wait for it. Uses what
// orders.js has; a key that may only look sees no questions.
"use strict";

const MOST_UNITS = 9999;

function sinceOf({ since }) {
  return since.slice(0, 16).replace("T", " ");
}

// One item of the answer: which, and how many of it for one unit sold.
function partOf({ sku = "", units = 1 } = {}) {
  const item = element("input"), count = element("input");
  Object.assign(item, { className: "sku", value: sku, maxLength: 200, placeholder: word("sku") });
  Object.assign(count, { className: "units", type: "number", min: 1, max: MOST_UNITS, step: 1, value: units });
  item.setAttribute("aria-label", word("sku"));
  count.setAttribute("aria-label", word("units"));
  return element("li", { children: [item, element("span", { text: "×" }), count] });
}

function proposalsOf(code, parts) {
  return code.proposals.map((proposal) => element("button", {
    kind: "proposal", text: word("proposal", { s: proposal.sku, n: proposal.name, u: proposal.units }),
    press: () => parts.replaceChildren(partOf(proposal)) }));
}

function itemsOf(parts) {
  return [...parts.children].map((part) => ({ sku: part.querySelector(".sku").value.trim(), units: Number(part.querySelector(".units").value) }))
    .filter(({ sku }) => sku !== "");
}

const faultText = (answer) => [problemText(answer), ...(answer.json.reasons ?? []).map((reason) => [said(reason), remedyOf(reason)].filter(Boolean).join("。 "))].join(" ");

async function answerCode(code, parts, card) {
  const body = JSON.stringify({ shop: code.shop, code: code.code, options: code.options, items: itemsOf(parts) });
  const answer = await call("/api/v1/codes", { method: "POST", body });
  if (!key) return;
  if (!answer.ok) {
    card.querySelector(".note").textContent = faultText(answer);
    return;
  }
  await showQuestions();
  await show();
  const done = word("code_done", { c: code.code, t: answer.json.taken }) + (answer.json.still_waiting ? word("code_more", { w: answer.json.still_waiting }) : "") + (answer.json.wrong ? word("code_wrong", { x: answer.json.wrong }) : "");
  byId("questions").prepend(element("p", { kind: "note good", text: done }));
}

function drawCode(code) {
  const parts = element("ul", { kind: "parts", children: [partOf()] });
  const card = element("li", { kind: "ask" });
  const save = element("form", { children: [
    parts, element("button", { text: word("more_items"), press: () => { parts.append(partOf()); parts.lastChild.querySelector("input").focus(); } }),
    element("button", { text: word("save_code"), kind: "first" })] });
  save.addEventListener("submit", (event) => { event.preventDefault(); answerCode(code, parts, card); });
  card.append(
    element("div", { kind: "head", children: [
      element("b", { text: code.code }), ...(code.options ? [element("span", { text: word("options", { o: code.options }) })] : []),
      element("span", { text: code.shop }), element("span", { kind: "waits", text: word("waits", { n: code.orders, s: sinceOf(code) }) })] }),
    element("div", { kind: "does", children: proposalsOf(code, parts) }), save, element("p", { kind: "note bad", text: "" }));
  card.querySelector(".note").setAttribute("role", "alert");
  return card;
}

// How many wait changes with every order; what is being typed beside it stays.
function tellAgain(code, card) {
  card.querySelector(".waits").textContent = word("waits", { n: code.orders, s: sinceOf(code) });
  card.querySelector(".does").replaceChildren(...proposalsOf(code, card.querySelector(".parts")));
}

async function showCodes() {
  const answer = await call("/api/v1/codes/unknown");
  document.body.classList.toggle("only-looks", answer.status === 403);
  if (!answer.ok && answer.status !== 403) {  // what stands there may be half typed: it stays
    if (key) byId("list-problem").textContent = problemText(answer);
    return;
  }
  const codes = answer.ok ? answer.json.codes : [];
  if (codes.length === 0) byId("questions").replaceChildren();
  else {
    for (const old of byId("questions").querySelectorAll(":scope > .note")) old.remove();
    if (!byId("questions").querySelector(".card"))
      byId("questions").append(element("section", { kind: "card", children: [element("h2", { text: word("codes") }), element("p", { text: word("codes_how") }), element("ul")] }));
    drawOnto(byId("questions").querySelector(".card > ul"), codes, drawCode, ({ shop, code, options }) => JSON.stringify([shop, code, options]));
    byId("questions").querySelector(".card > p").textContent = word("codes_how") + (answer.json.left_off ? word("codes_left", { n: answer.json.left_off }) : "");
    codes.forEach((code, at) => tellAgain(code, byId("questions").querySelectorAll(".ask")[at]));
  }
  document.body.dataset.asked = "yes";
}
