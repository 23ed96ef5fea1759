#include "printers/virtual/page.hpp"

namespace kenpin::virtual_printer {

namespace {

constexpr std::string_view html = R"(<!DOCTYPE html>
<html lang="ja">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>kenpin-virtual-printer</title>
<style>
  body { margin: 0; font: 15px/1.5 "Noto Sans CJK JP", sans-serif; background: #e8e6e1; color: #222; }
  header { position: sticky; top: 0; display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; padding: 8px 16px; background: #fff; border-bottom: 1px solid #bbb; }
  h1 { font-size: 17px; margin: 0; }
  #state { font-weight: bold; } #state.bad { color: #b00020; }
  button { font: inherit; padding: 4px 12px; border: 1px solid #888; border-radius: 4px; background: #f6f6f6; }
  button[aria-pressed="true"] { background: #b00020; color: #fff; border-color: #b00020; }
  #tray { display: grid; grid-template-columns: repeat(auto-fill, minmax(240px, 1fr)); gap: 16px; padding: 16px; }
  figure { margin: 0; background: #fff; box-shadow: 0 1px 4px #0004; }
  figure img { display: block; width: 100%; height: auto; }
  figcaption { padding: 6px 10px; border-top: 1px dashed #bbb; font-variant-numeric: tabular-nums; }
  figcaption b.unread { color: #b00020; }
</style>
<header>
  <h1>トレイ Tray <span id="count">0</span></h1>
  <span id="state"></span>
  <button data-fault="head_open" data-on="true" data-off="false">カバーを開ける Cover</button>
  <button data-fault="media_out_after" data-on="0" data-off="null">用紙切れ Paper out</button>
  <button data-fault="silent_hs" data-on="true" data-off="false">黙る Silent</button>
  <button data-fault="power_cycle" data-on="true" data-off="true">電源を入れ直す Power cycle</button>
</header>
<main id="tray"></main>
<script>
"use strict";
const byId = (id) => document.getElementById(id);
let shown = 0;
function figure(label) {
  const paper = document.createElement("figure"), picture = document.createElement("img"), words = document.createElement("figcaption"), code = document.createElement("b");
  picture.src = "/labels/" + label.n + ".png";
  picture.alt = "label " + label.n;
  picture.width = label.width;
  picture.height = label.height;
  code.textContent = label.code || "読めません unreadable";
  code.className = label.code ? "" : "unread";
  words.append(label.n + "  ", code, "  " + label.t);
  paper.append(picture, words);
  return paper;
}
function isOn(button, faults) {
  const held = faults[button.dataset.fault];
  return held !== null && held !== false;
}
function showFaults(faults) {
  const wrong = Object.entries(faults).filter(([, held]) => held !== null && held !== false);
  byId("state").textContent = wrong.length ? wrong.map(([name, held]) => name + (held === true ? "" : " " + held)).join(", ") : "異常なし ready";
  byId("state").className = wrong.length ? "bad" : "";
  for (const button of document.querySelectorAll("button")) button.setAttribute("aria-pressed", isOn(button, faults));
}
async function look() {
  try {
    const labels = await (await fetch("/labels")).json();
    for (const label of labels.slice(shown)) byId("tray").prepend(figure(label));
    shown = labels.length;
    byId("count").textContent = shown;
    showFaults(await (await fetch("/faults")).json());
  } catch {
    byId("state").textContent = "つながりません not reached";
    byId("state").className = "bad";
  }
}
for (const button of document.querySelectorAll("button"))
  button.addEventListener("click", async () => {
    const wish = button.getAttribute("aria-pressed") === "true" ? button.dataset.off : button.dataset.on;
    await fetch("/faults", { method: "POST", body: '{"' + button.dataset.fault + '":' + wish + "}" });
    look();
  });
look();
setInterval(look, 1000);
</script>
</html>
)";

}  // namespace

std::string_view tray_page() {
    return html;
}

}  // namespace kenpin::virtual_printer
