// The words of the page about what came in. A key without a word shows itself, so that nothing is silently empty.
"use strict";
const WORDS = {
  ja: {
    title: "受注取込", board: "現場ボード", sign_out: "サインアウト", sign_in: "サインイン", key: "APIキー(orders:read、直すには supervisor)", wrong_key: "このキーでは見られません", language: "English",
    upload: "受注ファイルを取り込む", upload_how: "ここにファイルを落とすか、選んでください。形式と文字コードは見出しで見分けます。同じ受注は二重になりません。", choose: "ファイルを選ぶ",
    sending: "{f}: 取り込んでいます…", uploaded: "{f}: 受入 {a}件、保留 {h}件、取込不可 {r}件、{s}件はすでに取込済か対象外", line: "{n}件目 {o}", skip: "取り込み不要", all_records: "すべての記録の結果({n}件)", not_listed: "ほかに{n}件", files_in: "取り込んだファイル", file_counts: "取込 {t}件、すでにあった {u}件、取り込めない {r}件",
    all: "すべて", open_hold: "確認が必要(保留)", open_reject: "取り込めない", taken_accept: "取込済", taken_hold: "取込済(保留中)", closed: "処理済", replaced: "別の内容に替えた",
    every_state: "状態: すべて", open: "待っている", taken: "取込済", every_outcome: "結果: すべて", accept: "受入", hold: "保留", reject: "取込不可",
    shop: "店舗", code: "理由コード", number: "受注番号", show: "表示", csv: "CSVで書き出す", more: "続きを表示", nothing: "該当する受注はありません", no_number: "(番号を読めません)",
    record: "{f} {n}件目", api: "API", original: "元の記録を見る", retake: "もう一度取り込む", correct: "直して取り込む", drop: "取り込まない", keep: "今の受注を残す", replace: "こちらの内容に替える", release: "保留を解く",
    why: "理由を選んでください", asked_buyer: "お客様に確認した", asked_shop: "店舗に確認した", checked: "内容を確認した", duplicate: "重複していた", cancelled: "キャンセルされた", not_ours: "当倉庫の受注ではない", other: "その他",
    done_accept: "取り込みました", done_hold: "まだ保留です", done_reject: "まだ取り込めません", done_skip: "すでに取り込まれていました", done_dropped: "取り込まないことにしました", done_kept: "今の受注を残しました", done_too_late: "間に合いません。出荷作業が始まっています", done_released: "保留を解きました", done_unchanged: "変わりはありません",
    lengths: "どの欄が長いか", length_recipient: "届け先", length_field: "欄", length_characters: "文字数(全角)", length_carrier: "配送会社", length_takes: "入る文字数", length_lines: "{t}({l}行)",
    field_name: "名前", field_address: "住所", field_building: "建物", yamato: "ヤマト運輸", sagawa: "佐川急便", japanpost: "日本郵便",
    codes: "知らない商品コード", codes_how: "店舗のコード1個につき、どの商品を何個出すかを入れてください。保存すると、待っている受注がまとめて流れます(商品対応表に残ります)。", options: "選択肢 {o}", waits: "{n}件の受注が待っています({s}から)",
    together: "おまとめの候補", together_how: "同じ人・同じ住所で、作業前の受注です。ここでは候補を示すだけで、出荷はまだ別々です。", may_go_together: "まとめられます: {o}", differs: "違うところ(まとめられない理由): {d}", differs_cod: "代引き", differs_day: "お届け日", differs_temperature: "温度", differs_gift: "ギフト",
    sku: "品番", units: "個数", proposal: "候補: {s} {n} ×{u}", more_items: "商品を追加(セット)", save_code: "保存", code_done: "{c}: {t}件の受注を取り込みました。", code_more: "この店舗では、ほかのコードで{w}件が待っています。",
    not_text: "文字として読めない行です。読めないバイトは \\xNN で示します。", charset: "文字コード {c}", empty: "(空)", as_it_came: "届いたままの行", not_in_tabs: "「{f}」に \" やタブは書けません(タブ区切りのファイルです)", edit: "下の欄を直して「直して取り込む」を押してください。元の記録はそのまま残ります。", busy: "混み合っています。もう一度押してください。", failed: "できませんでした",
    unreachable: "サーバーに届きません。ネットワークとサーバーを確かめて、もう一度押してください", wait: "一度に多く押されました。{s}秒待って、もう一度押してください", needs_supervisor: "これには supervisor のキーが要ります。サインアウトして、そのキーでサインインしてください", needs_import: "ファイルの取込には import:write か supervisor のキーが要ります", only_looks: "このキーは見るだけです。元の記録を見たり直したりするには supervisor のキーでサインインしてください。",
    sure_drop: "もう一度押すと取り込みません", sure_release: "もう一度押すと保留を解きます",
    upload_shop: "取り込む店舗", by_header: "店舗は見出しから(自動)", other_shop: "ほかの店舗…", shop_code: "店舗コード", which_shop: "この形式の店舗がいくつかあり、どの店舗の受注か分かりません。上の「取り込む店舗」で選んで、もう一度押してください", again: "もう一度",
    "remedy_E-FORMAT": "正しいファイルを選んでください。新しい形式なら管理者に登録を頼んでください", remedy_not_acceptable: "入れた内容を確かめて、もう一度押してください", remedy_nothing_taken: "下の理由を見てファイルを直し、もう一度取り込んでください", remedy_shop_needed: "店舗を選んで、もう一度押してください", remedy_not_found: "画面を開き直してください", remedy_internal: "続くときは管理者に知らせてください",
  },
  en: {
    title: "Orders in", board: "Floor board", sign_out: "Sign out", sign_in: "Sign in", key: "API key (orders:read; supervisor to correct)", wrong_key: "This key may not look here", language: "日本語",
    upload: "Take in order files", upload_how: "Drop files here or choose them. Format and character set are known by the header. An order is never doubled.", choose: "Choose files",
    sending: "{f}: taking it in…", uploaded: "{f}: {a} accepted, {h} held, {r} rejected, {s} here already or nothing of their own", line: "record {n} {o}", skip: "skipped", all_records: "What became of each record ({n})", not_listed: "{n} more", files_in: "Files that came in", file_counts: "{t} taken, {u} here already, {r} not taken",
    all: "All", open_hold: "To decide (held)", open_reject: "Not taken", taken_accept: "Taken", taken_hold: "Taken, on hold", closed: "Settled", replaced: "Replaced",
    every_state: "State: all", open: "waiting", taken: "taken", every_outcome: "Outcome: all", accept: "accepted", hold: "held", reject: "rejected",
    shop: "Shop", code: "Reason code", number: "Order number", show: "Show", csv: "Export CSV", more: "Show more", nothing: "There are no such orders", no_number: "(number cannot be read)",
    record: "{f}, record {n}", api: "API", original: "Show the original", retake: "Take it again", correct: "Correct and take", drop: "Do not take", keep: "Keep the standing order", replace: "Take this one instead", release: "Release the hold",
    why: "Choose a reason", asked_buyer: "asked the buyer", asked_shop: "asked the shop", checked: "checked it", duplicate: "it was a duplicate", cancelled: "it was cancelled", not_ours: "not for this warehouse", other: "another reason",
    done_accept: "Taken", done_hold: "Still held", done_reject: "Still not taken", done_skip: "It was here already", done_dropped: "It is not taken", done_kept: "The standing order goes on", done_too_late: "Too late: its work has begun", done_released: "The hold is released", done_unchanged: "Nothing changed",
    lengths: "Which field is too long", length_recipient: "Recipient", length_field: "Field", length_characters: "Full-width characters", length_carrier: "Carrier", length_takes: "Takes", length_lines: "{t} ({l} lines)",
    field_name: "name", field_address: "address", field_building: "building", yamato: "Yamato", sagawa: "Sagawa", japanpost: "Japan Post",
    codes: "Unknown codes", codes_how: "Say which items, and how many, one unit of the shop’s code means. When saved, all orders that wait for it go on (it is kept in the table of shop codes).", options: "chosen: {o}", waits: "orders waiting: {n} (since {s})",
    together: "Orders that may go together", together_how: "Orders for one person at one address whose work has not begun. They are only named here; each is still its own shipment.", may_go_together: "May go together: {o}", differs: "What differs (why not all of them): {d}", differs_cod: "COD", differs_day: "delivery day", differs_temperature: "temperature", differs_gift: "gift",
    sku: "Item", units: "Quantity", proposal: "Perhaps {s} {n} ×{u}", more_items: "Add an item (set)", save_code: "Save", code_done: "{c}: orders taken: {t}.", code_more: " Waiting for other codes of this shop: {w}.",
    not_text: "This record is no text. Bytes that cannot be read stand there as \\xNN.", charset: "Character set {c}", empty: "(empty)", as_it_came: "The line as it came", not_in_tabs: "“{f}” cannot hold quotes or tabs: the file separates by tabs", edit: "Correct the fields below, then press “Correct and take”. The original stays as it came.", busy: "Busy. Press it once more.", failed: "It could not be done",
    unreachable: "The server cannot be reached. Check the network and the server, then press again", wait: "Too much at once. Wait {s} s, then press again", needs_supervisor: "This needs a supervisor key. Sign out, and sign in with one", needs_import: "Taking files in needs an import:write or a supervisor key", only_looks: "This key may only look. To open originals and correct, sign in with a supervisor key.",
    sure_drop: "Press again: it is not taken", sure_release: "Press again: the hold is released",
    upload_shop: "Take in for shop", by_header: "by the header", other_shop: "another shop…", shop_code: "Shop code", which_shop: "Several shops use this format: it does not say whose orders these are. Choose one at “Take in for shop” above, then press again", again: "Once more",
    "remedy_E-FORMAT": "Choose the right file; if the format is new, ask the administrator to add it", remedy_not_acceptable: "Check what you entered, then press again", remedy_nothing_taken: "See the reasons below, mend the file and take it in again", remedy_shop_needed: "Choose the shop, then press again", remedy_not_found: "Open the page again", remedy_internal: "If it stays, tell the administrator",
  },
};
const LANGUAGE = new URLSearchParams(location.search).get("lang") === "en" ? "en" : "ja";
const wordIfAny = (key) => WORDS[LANGUAGE][key];
function word(key, values = {}) {
  let text = WORDS[LANGUAGE][key] ?? key;
  for (const [name, value] of Object.entries(values)) text = text.replace(`{${name}}`, () => value);
  return text;
}
