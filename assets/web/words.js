// The board's words. A key without a word shows itself, so that nothing is silently empty.
"use strict";
const WORDS = {
  ja: {
    title: "現場ボード", today: "本日の出荷", flow: "出荷の流れ", hours: "時間ごとの実績", caught: "止めたミス(今日)", caught_unit: "件",
    stations: "端末", printers: "プリンタ", lists_and_reports: "ピッキングリストと出荷実績", waiting_for_data: "接続しています…",
    rest: "残り {n}件", all_done: "すべて出荷しました", nothing_due: "本日出荷予定はありません",
    short_of: "引当待ち", waiting: "出荷待ち", in_work: "ピック中", picked: "梱包待ち", verified: "検品済", shipped: "出荷済", held: "保留",
    picked_units: "ピック(点)", verified_units: "検品(点)", closed_pieces: "個口",
    age: "データ {n}秒前", age_now: "最新", age_long: "データ {n}分前 止まっています",
    online: "接続中", offline: "未接続", picker: "ピッカー", packer: "梱包台", are_two: "同じ番号の端末が二台", clock_off: "時計がずれています ({s}秒)", no_stations: "端末は登録されていません", no_printers: "プリンタの知らせはまだありません", none_caught: "今日はまだありません", more: "ほか {n}台",
    ready: "待機", busy: "印刷中", paused: "一時停止", media_out: "用紙切れ", media_low: "用紙残りわずか", ribbon_out: "リボン切れ", wrong_media: "用紙ちがい", jam: "紙づまり", cutter_fault: "カッター異常", label_waiting: "ラベルが残っています", head_too_hot: "熱くなりすぎ", head_too_cold: "冷えています", head_open: "カバーが開いています", printer_offline: "つながりません", error: "エラー",
    lists_waiting: "リスト 着手待ち", lists_open: "リスト 作業中", lists_finished: "リスト 完了", reports_waiting: "店舗への報告待ち", reports_accepted: "店舗へ報告済",
    wrong_item: "商品違い", wrong_location: "棚違い", wrong_slot: "間口違い", too_many: "数量超過", another_waybill: "別の送り状", voided_waybill: "破棄した送り状",
    waybill_not_issued: "未発行の送り状", waybill_already_on: "貼付済の送り状", goods_missing: "検品もれ", unreadable: "読み取り不可", wrong_kind: "種類の違うコード",
    unknown_worker: "登録のない作業者", tote_in_use: "使用中の箱", unknown_box: "対象のない箱", stopped: "止めた出荷", short_of_goods: "欠品対応の箱", not_confirmed: "確認前のスキャン", nothing_to_do: "作業なし",
    weekdays: ["日", "月", "火", "水", "木", "金", "土"], day: "{m}月{d}日({w})", hour: "{h}時", units: "点",
  },
  en: {
    title: "floor board", today: "To ship today", flow: "Shipments", hours: "By the hour", caught: "Errors caught today", caught_unit: "",
    stations: "Stations", printers: "Printers", lists_and_reports: "Picking lists and reports", waiting_for_data: "Connecting…",
    rest: "{n} to go", all_done: "Everything has left", nothing_due: "Nothing is due today",
    short_of: "No stock yet", waiting: "Waiting", in_work: "Picking", picked: "To pack", verified: "Verified", shipped: "Shipped", held: "On hold",
    picked_units: "goods picked", verified_units: "goods verified", closed_pieces: "parcels",
    age: "Data {n} s old", age_now: "Live", age_long: "Stopped {n} min ago",
    online: "online", offline: "offline", picker: "picker", packer: "bench", are_two: "two devices, one id", clock_off: "clock off by {s} s", no_stations: "No stations are registered", no_printers: "No printer has reported yet", none_caught: "None yet today", more: "{n} more",
    ready: "ready", busy: "printing", paused: "paused", media_out: "out of paper", media_low: "paper low", ribbon_out: "out of ribbon", wrong_media: "wrong roll", jam: "jammed", cutter_fault: "cutter stuck", label_waiting: "label to take off", head_too_hot: "too hot", head_too_cold: "cold", head_open: "cover open", printer_offline: "not reachable", error: "error",
    lists_waiting: "Lists waiting", lists_open: "Lists in work", lists_finished: "Lists done", reports_waiting: "Reports to shops waiting", reports_accepted: "Reports accepted",
    wrong_item: "wrong item", wrong_location: "wrong shelf", wrong_slot: "wrong slot", too_many: "too many", another_waybill: "another's waybill", voided_waybill: "voided waybill",
    waybill_not_issued: "waybill not issued", waybill_already_on: "waybill already on", goods_missing: "goods missing", unreadable: "unreadable", wrong_kind: "wrong kind of code",
    unknown_worker: "unknown worker", tote_in_use: "box in use", unknown_box: "unknown box", stopped: "stopped shipment", short_of_goods: "short of goods", not_confirmed: "scan before confirming", nothing_to_do: "nothing to do",
    weekdays: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"], day: "{w} {m}/{d}", hour: "{h}:00", units: "",
  },
};
const LANGUAGE = new URLSearchParams(location.search).get("lang") === "en" ? "en" : "ja";
function word(key, values = {}) {
  let text = WORDS[LANGUAGE][key] ?? key;
  for (const [name, value] of Object.entries(values)) text = text.replace(`{${name}}`, value);
  return text;
}
