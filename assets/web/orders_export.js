// The list as a file for a spreadsheet. Uses what orders.js has.
"use strict";

// What a spreadsheet would take for a formula is made harmless here and nowhere else.
function csvCell(value) {
  const text = String(value);
  return `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

async function exportCsv() {
  const rows = [["record", "state", "outcome", "shop", "order_no", "came_at", "file", "file_record", "codes", "reasons", "handling"]];
  for (let before = null; ;) {
    const page = await call(query({ limit: CSV_ROWS, ...(before ? { before } : {}) }));
    byId("list-problem").textContent = page.ok || !key ? "" : problemText(page);
    if (!page.ok) return;
    for (const r of page.json.records)
      rows.push([r.record, r.state, r.outcome, r.shop, r.order_no, r.came_at, r.file, r.file_record, r.reasons.map(({ code }) => code).join(" "), r.reasons.map(said).join(" / "), r.handling.map((flag) => flags.get(flag) ?? flag).join(" ")]);
    before = page.json.next;
    if (before === null) break;
  }
  const text = `\uFEFF${rows.map((cells) => cells.map(csvCell).join(",")).join("\r\n")}\r\n`;
  const link = element("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  link.download = "kenpin-orders.csv";
  link.click();
  URL.revokeObjectURL(link.href);
}
