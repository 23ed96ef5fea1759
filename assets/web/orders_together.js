// Orders for one person at one address (おまとめ): what may leave as one shipment, and what keeps the others apart.
// Only shown; nothing is joined here. Uses what orders.js has; a key that may only look sees none.
"use strict";

const MOST_TOGETHER = 100;

const numbersOf = (orders) => orders.join(LANGUAGE === "en" ? ", " : "、");

function drawTogether({ orders, differs, offers }) {
  const row = element("li", { kind: "together", children: [element("b", { text: numbersOf(orders.map(({ order }) => order)) })] });
  for (const offer of offers) row.append(element("p", { kind: "offer", text: word("may_go_together", { o: numbersOf(offer) }) }));
  if (differs.length) row.append(element("p", { kind: "differs", text: word("differs", { d: numbersOf(differs.map((what) => word(`differs_${what}`))) }) }));
  return row;
}

async function showTogether() {
  if (!key || document.body.classList.contains("only-looks")) return byId("together").replaceChildren();
  const answer = await call("/api/v1/consolidations");
  if (!key) return;  // signed out meanwhile
  if (!answer.ok) {
    byId("list-problem").textContent = problemText(answer);
    return;
  }
  const all = answer.json.consolidations;
  const card = element("section", { kind: "card", children: [
    element("h2", { text: word("together") }), element("p", { text: word("together_how") }),
    element("ul", { children: all.slice(0, MOST_TOGETHER).map(drawTogether) })] });
  if (all.length > MOST_TOGETHER) card.append(element("p", { text: word("not_listed", { n: all.length - MOST_TOGETHER }) }));
  byId("together").replaceChildren(...(all.length ? [card] : []));
}

async function showQuestions() {
  await showCodes();
  await showTogether();
}
