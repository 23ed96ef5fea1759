#include "server/web/problem.hpp"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

namespace kenpin::web {
namespace {

using Json = nlohmann::ordered_json;

// clang-format off
constexpr std::array table{
    Words{"bad_request", "リクエストが正しくありません", "This is not a proper request", "docs/api/openapi.yaml を見てください", "See docs/api/openapi.yaml"},
    Words{"not_json", "JSON として読めません", "This is not JSON", "UTF-8 の JSON を送ってください", "Send JSON in UTF-8"},
    Words{"not_acceptable", "受け付けられない項目があります", "Some fields cannot be accepted", "reasons の項目を直して、もう一度送ってください", "Correct the fields listed in reasons and send again"},
    Words{"conflict", "同じ受注番号で内容の違う受注がすでにあります", "An order with this number but other content is already here", "どちらにするか現場が決めるまで、先の受注は止めてあります。急ぐときは現場に連絡してください", "The first one is held until the floor decides between them. If it is urgent, call the floor"},
    Words{"unauthorised", "APIキーがないか、正しくありません", "The API key is missing or not known", "Authorization: Bearer に店舗のキーを付けてください", "Send the shop's key as Authorization: Bearer"},
    Words{"forbidden", "このキーではできません", "This key may not do that", "権限のあるキーを使ってください。キーの権限は kenpinctl keys で見られます", "Use a key with the right scope; kenpinctl keys lists them"},
    Words{"cancel.cancelled", "取り消しました(出荷作業の前)", "Cancelled; its work had not begun", "することはありません", "Nothing is left to do"},
    Words{"cancel.stopped", "止めました", "Stopped", "取った品物は棚に戻してください", "Put goods that were taken back on their shelf"},
    Words{"cancel.too_late", "間に合いませんでした", "Too late", "配送会社に止められるか聞くか、返品で受けてください", "Ask the carrier to stop it, or take it as a return"},
    Words{"cancel.dropped", "取り込む前に取り消しました", "Cancelled before it was taken in", "することはありません", "Nothing is left to do"},
    Words{"change.unchanged", "同じ内容です。変わりません", "This is what stands already", "することはありません", "Nothing is left to do"},
    Words{"change.changed", "変更しました(出荷作業の前)", "Changed; its work had not begun", "することはありません", "Nothing is left to do"},
    Words{"change.stopped", "止めて、計画し直しました", "Stopped and planned anew", "古い送り状を抜き取り、取った品物は棚に戻してください", "Pull the old waybill out and put goods that were taken back"},
    Words{"change.too_late", "間に合いませんでした(梱包済み)", "Too late: it is packed", "配送会社に聞くか、返品で受けてください", "Ask the carrier, or take it as a return"},
    Words{"not_changeable", "この内容では計画し直せません", "It cannot be planned anew with this content", "受注の内容を確かめてください。元の受注はそのままです", "Check the order; what stood before still stands"},
    Words{"another_order", "受注番号が違います", "This is the number of another order", "変える受注と同じ番号で送ってください", "Send it under the number of the order that is to change"},
    Words{"living_waybill", "使う送り状です。抜き取らないでください", "This waybill is in use: do not destroy it", "元の場所に戻してください", "Put it back onto its pile"},
    Words{"put_back.wrong_item", "棚戻しする商品ではありません", "These goods are not to be put back", "一覧の商品と見比べてください", "Compare the goods with the list"},
    Words{"put_back.wrong_location", "棚のコードではありません", "This is no shelf here", "棚のラベルをスキャンしてください", "Scan the label of the shelf"},
    Words{"put_back.too_many", "取った数より多く戻しています", "More than was taken", "ケースではなく1点ずつスキャンしてください", "Scan pieces instead of the case"},
    Words{"put_back.done_already", "もう戻してあるか、数が変わりました", "Put back already, or the count has changed", "一覧を見直してください", "Look at the list again"},
    Words{"exception.leased_elsewhere", "リストが別の端末に移ったあとの読み取りです", "Scanned after the list went to another device", "品物とリストを見比べてください", "Compare the goods with the list"},
    Words{"exception.list_revoked", "リストを戻したあとの読み取りです", "Scanned after the list was taken back", "品物を棚に戻すか、リストをやり直してください", "Put the goods back, or have the list done again"},
    Words{"exception.events_lost", "端末の記録が失われました(サーバーを古い控えに戻したため)", "Records of a station are lost: the server was put back to an older copy", "その端末の作業を棚と箱で確かめてください", "Check that station's work against shelves and boxes"},
    Words{"exception.two_devices", "同じ端末番号の端末が二台つながっています", "Two devices speak under one device id", "片方を止めて、別の端末番号で入れ直してください。置きかえた古い端末なら電源を切ってください。両方の記録は残ります", "Stop one and set it up with an id of its own; switch off a device that was replaced. The records of both are kept"},
    Words{"command.waiting", "まだ届いていません", "has not answered yet", "端末の電源と接続を見てください", "See whether the station is on and connected"},
    Words{"command.not_reached", "期限までに届きませんでした", "was not reached in time", "必要なら、もう一度送ってください", "Say it again if it still matters"},
    Words{"command.shown", "画面に出ています", "shows it", "することはありません", "Nothing is left to do"},
    Words{"command.seen", "見ました", "was seen", "することはありません", "Nothing is left to do"},
    Words{"command.printing", "印刷に回しました", "is printing", "することはありません", "Nothing is left to do"},
    Words{"command.nothing_due", "印刷するものがありません(印刷済み、中止、番号待ち)", "has nothing to print: printed, stopped or still without a number", "出荷の履歴を見てください", "See the shipment's history"},
    Words{"command.unknown", "この梱包台の出荷ではありません", "does not have this shipment", "梱包台を確かめてください", "Check which bench it is"},
    Words{"command.expired", "期限のあとに届いたので何もしていません", "got it after its time and did nothing", "必要なら、もう一度送ってください", "Say it again if it still matters"},
    Words{"exception.too_many", "もう足りている品物の読み取りです", "Scanned beyond what was wanted", "二重に取った品物がないか見てください", "See whether goods were taken twice"},
    Words{"exception.stopped", "中止した出荷の読み取りです(間に合わず)", "The shipment was stopped; this came too late", "箱を抜き取ってください", "Pull the parcel out"},
    Words{"exception.shortage", "欠品です。出荷は欠品対応で止まっています", "Short of goods: the shipment waits", "棚を確かめ、店舗に聞いて、受注を変えるか取り消してください", "Look at the shelf, ask the shop, then change or cancel the order"},
    Words{"no_backup_here", "このサーバーでは控え(バックアップ)を作れません", "This server makes no backups", "設定の backup.folder を書くか、PostgreSQL なら pg_dump で作って記録してください", "Set backup.folder, or on PostgreSQL make one with pg_dump and note it"},
    Words{"not_found", "見つかりません", "There is nothing here", "番号とURLを確かめてください", "Check the number and the URL"},
    Words{"method_not_allowed", "このURLでは使えないメソッドです", "This URL does not take that method", "docs/api/openapi.yaml を見てください", "See docs/api/openapi.yaml"},
    Words{"busy", "混み合っていて保存できませんでした", "Busy: it could not be stored in time", "同じ内容をもう一度送ってください。二重にはなりません", "Send the same again; it will not be doubled"},
    Words{"too_many_streams", "ボードの同時表示数の上限です", "Too many boards are open", "使っていないボードを閉じてください", "Close boards that nobody looks at"},
    Words{"too_many_requests", "このキーの呼び出しが多すぎます", "This key calls too often", "Retry-After の秒数だけ待って、同じ内容をもう一度送ってください", "Wait the seconds of Retry-After and send the same again"},
    Words{"nothing_taken", "取り込めたものがありません", "Nothing could be taken in", "reasons を直して、もう一度送ってください。受け付けたものはありません", "Correct what reasons lists and send again; nothing was taken"},
    Words{"too_large", "大きすぎます", "Too large", "分けて送ってください", "Send it in parts"},
    Words{"internal", "サーバー内の問題で処理できませんでした", "The server could not do it", "続くときは管理者がログを見てください", "If it stays, the administrator reads the log"},
    Words{"unknown_table", "この名前の取込はありません", "Nothing of this name can be imported", "items, barcodes, shop_items, locations, stock, workers, totes, stations, shops, closed_days, carriers, orders, waybills のどれかです", "It is one of items, barcodes, shop_items, locations, stock, workers, totes, stations, shops, closed_days, carriers, orders, waybills"},
    Words{"set_aside", "取り込まないと決めた受注です", "Somebody decided that this order is not taken", "取り込むときは、現場の受注の一覧で取り込み直してもらってください", "Ask the warehouse to take it again in its list"},
    Words{"shop_needed", "どの店舗か分かりません", "It does not say which shop", "店舗を選んで、もう一度送ってください(API では ?shop=店舗コード)", "Choose the shop and send it again (over the API: ?shop=CODE)"},
    Words{"unknown_shop", "登録のない店舗です", "This shop is not known", "先に店舗を取り込んでください", "Import the shop first"},
    Words{"empty_file", "中身がありません", "The file is empty", "ファイルを確かめてください", "Check the file"},
    Words{"missing", "必要な項目がありません", "A needed field is missing", "項目を加えてください", "Add the field"},
    Words{"unknown_field", "知らない項目です", "This field is not known", "綴りを確かめるか、項目を外してください", "Check its spelling or leave it out"},
    Words{"wrong_type", "値の種類が違います", "The value has the wrong type", "仕様の型に合わせてください", "Use the type of the description"},
    Words{"not_text", "文字として読めないものが含まれています", "It holds something that is no text", "NUL を除き、UTF-8 で送ってください", "Take NULs out and send it in UTF-8"},
    Words{"too_slow", "本文が時間内に届きませんでした", "The body did not come in time", "もう一度、分けて送ってください", "Send it again, in parts"},
    Words{"too_short", "短すぎます", "The text is too short", "仕様の長さ以上にしてください", "Make it as long as the description asks"},
    Words{"too_long", "長すぎます", "The text is too long", "仕様の長さに収めてください", "Keep to the length of the description"},
    Words{"admin_of_a_shop", "店舗に限ったキーに admin は付けられません", "A key of one shop cannot be an administrator's", "shop を外すか、ほかの権限にしてください", "Leave shop out or choose other scopes"},
    Words{"out_of_range", "値が範囲の外です", "The value is out of range", "仕様の範囲に合わせてください", "Keep to the range of the description"},
    Words{"bad_value", "値が正しくありません", "The value is not right", "値を確かめてください", "Check the value"},
    Words{"unknown_item", "商品マスタにない商品です", "The item is not in the master", "商品を登録すると、待っている受注も流れます", "Register the item; waiting orders then go on"},
    Words{"not_unique", "同じ番号が二度あります", "The same number stands twice", "番号を重ならないようにしてください", "Give each its own number"},
    Words{"does_not_add_up", "合計が合いません", "The sum does not add up", "金額と数量を確かめてください", "Check amounts and quantities"},
    Words{"too_many", "多すぎます", "Too many", "分けて送ってください", "Send it in parts"},
    Words{"card_number", "クレジットカード番号らしいものが書かれています", "It holds what looks like a payment card's number", "番号を消して送り直してください", "Take the number out and send it again"},
    Words{"no_lines", "この届け先の商品がありません", "Nothing is for this addressee", "明細の届け先を確かめてください", "Check whom the lines are for"},
    Words{"no_recipients", "届け先の一覧がありません", "There is no list of recipients", "recipients を加えるか、recipient_no を外してください", "Add recipients or leave recipient_no out"},
    Words{"cancelled", "取り消された受注です", "The order is cancelled", "出荷しません", "It is not shipped"},
    Words{"encoding", "文字として読めない行です", "This record cannot be read as text", "文字コード(CP932かUTF-8)を確かめてください", "Check the character set: CP932 or UTF-8"},
    Words{"columns", "列の数が違う行です", "This record has another number of columns", "ファイルを作り直してください", "Make the file again"},
    Words{"cut_off", "途中で切れています", "The file is cut off here", "ファイルを取り直してください", "Fetch the file again"},
    Words{"number_missing", "送り状番号がありません", "The tracking number is missing", "発行済のデータを取り直してください", "Fetch the issued waybills again"},
    Words{"not_a_number", "送り状番号が壊れています", "The tracking number is damaged", "表計算で開いていないデータを使ってください", "Use the file as it came, not saved from a spreadsheet"},
    Words{"check_digit", "送り状番号のチェックディジットが違います", "The tracking number's check digit is wrong", "番号を確かめてください", "Check the number"},
    Words{"unknown_shipment", "この管理番号の出荷がありません", "No shipment has this management number", "お客様管理番号を確かめてください", "Check the management number"},
    Words{"bound_to_another", "ほかの出荷の送り状番号です", "The number belongs to another shipment", "送り状を発行し直してください", "Issue the waybill again"},
    Words{"second_number", "この出荷には別の送り状番号があります", "The shipment has another number already", "個口を増やすか、どちらかを破棄してください", "Add a piece or void one of them"},
    Words{"not_preissued", "この出荷の送り状は先出しではありません", "The waybill of this shipment is not made beforehand", "店舗の送り状の設定を確かめてください", "Check the shop's waybill setting"},
    Words{"closed", "出荷済か取消の出荷です", "The shipment has left or is cancelled", "送り状を抜き取ってください", "Pull its waybill out"},
    Words{"voided", "破棄した送り状番号です", "This waybill was voided", "送り状を抜き取ってください", "Pull it out"},
    Words{"no_file_profile", "この店舗のファイル形式は登録されていません", "No file format is set for this shop", "店舗マスタの order_profile を見直すか、API で送ってください", "Look at order_profile in the shops' master, or send by the API"},
    Words{"web_page", "受注のファイルではなく、ウェブページが保存されています", "This is a saved web page, no file of orders", "ショップの管理画面にサインインし直して、CSV をダウンロードしてください", "Sign in to the shop's system again and download the CSV"},
    Words{"old_charset", "文字コードが EUC-JP か JIS です", "The character set is EUC-JP or JIS", "ショップの出力設定を UTF-8 か Shift_JIS にして、出し直してください", "Let the shop export it in UTF-8 or Shift_JIS"},
    Words{"workbook", "Excel のファイルは取り込めません", "A workbook is not taken", "CSV で保存し直すか、店舗の画面から CSV を出してください", "Save it as CSV, or export a CSV from the shop"},
    Words{"other_shop", "ほかの店舗の形式のファイルです", "The file has the format of another shop", "店舗とファイルの組み合わせを確かめてください", "Check which shop the file is of"},
    Words{"not_this_format", "この取込の形式のファイルではありません", "The file has not this format", "見出し行と文字コード(UTF-8 か CP932)を確かめてください", "Check the header and the charset (UTF-8 or CP932)"},
    Words{"stock_already_here", "期首在庫はすでに取り込まれています", "The opening stock is here already", "差は在庫調整で直します", "Differences are corrected by an adjustment"},
    Words{"told_twice", "店舗に二度知らせることになります", "The shop would be told twice", "受注システムが知らせる店舗 (tracking_told_by = order_system) では webhook_url を空にしてください", "Leave webhook_url empty where the order system tells the shop (tracking_told_by = order_system)"},
    Words{"nested_set", "セットの中に別のセットがあります", "The set holds another set", "商品マスタの品番だけで組んでください", "Make it of items of the master only"},
    Words{"code_in_table", "このコードは商品対応表 (shop_items.csv) にあります", "This code stands in the table of shop codes (shop_items.csv)", "表を直して取り込んでください", "Change the table and import it"},
    Words{"not_for_this_record", "この記録にはできない操作か、直した内容が一つの受注として読めません", "This cannot be done with this record, or the correction is not read as one order", "何も変わっていません。記録の状態と直した行を確かめてください", "Nothing has changed. Check the state of the record and the corrected lines"},
    Words{"no_bench", "梱包台が登録されていません", "No packing bench is registered", "役割 packer の端末を取り込んでください", "Import a station with the role packer"},
};
// clang-format on

Json to_json(const Reason& reason) {
    const auto words = words_of(reason.reason);
    Json out;
    if (reason.line > 0) out["line"] = reason.line;
    if (!reason.record.empty()) out["record"] = reason.record;
    out["field"] = reason.field;
    out["reason"] = reason.reason;
    out["ja"] = words.ja;
    out["en"] = words.en;
    out["remedy"] = {{"ja", words.remedy_ja}, {"en", words.remedy_en}};
    return out;
}

Json body_of(int status, std::string_view key) {
    const auto words = words_of(key);
    Json out;
    out["type"] = "urn:kenpin:error:" + std::string(key);
    out["title"] = words.en;
    out["status"] = status;
    out["error"] = key;
    out["ja"] = words.ja;
    out["en"] = words.en;
    out["remedy"] = {{"ja", words.remedy_ja}, {"en", words.remedy_en}};
    return out;
}

Answer as_answer(int status, const Json& body) {
    return {.status = status,
            .content_type = "application/problem+json; charset=utf-8",
            .body = body.dump(-1, ' ', false, Json::error_handler_t::replace)};
}

}  // namespace

Words words_of(std::string_view key) {
    const auto found = std::find_if(table.begin(), table.end(), [&](const Words& w) { return w.key == key; });
    return found == table.end() ? Words{key, key, key, "", ""} : *found;
}

std::vector<std::string_view> known_keys() {
    std::vector<std::string_view> keys;
    for (const auto& words : table) keys.push_back(words.key);
    return keys;
}

Answer problem(int status, std::string_view key, const std::vector<Reason>& reasons) {
    auto body = body_of(status, key);
    if (!reasons.empty()) {
        body["reasons"] = Json::array();
        for (const auto& reason : reasons) body["reasons"].push_back(to_json(reason));
    }
    return as_answer(status, body);
}

Answer problem_about_order(int status, std::string_view key, const std::string& order) {
    auto body = body_of(status, key);
    body["order"] = order;
    return as_answer(status, body);
}

Answer unauthorised() {
    auto answer = problem(401, "unauthorised");
    answer.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"kenpin\"");
    return answer;
}

Answer too_many_requests(std::chrono::seconds wait) {
    auto answer = problem(429, "too_many_requests");
    answer.headers.emplace_back("Retry-After", std::to_string(wait.count()));
    return answer;
}

Answer failed(const Error& error) {
    switch (error.kind) {
        case Error::Kind::busy:
        case Error::Kind::full:
            return problem(503, "busy");
        case Error::Kind::not_found:
            return problem(404, "not_found");
        case Error::Kind::refused:
            return problem(422, "not_acceptable");
        case Error::Kind::unreachable:
        case Error::Kind::corrupt:
            return problem(500, "internal");
    }
    return problem(500, "internal");
}

}  // namespace kenpin::web
