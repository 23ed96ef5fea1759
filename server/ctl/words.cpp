#include "server/ctl/words.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace kenpin::ctl {
namespace {

constexpr std::array words{
    Word{WordOf::outcome, "accept", "受入", "accepted"},
    Word{WordOf::outcome, "hold", "保留", "held"},
    Word{WordOf::outcome, "reject", "取込不可", "rejected"},
    Word{WordOf::outcome, "skip", "変更なし・対象外", "Unchanged or no order"},
    Word{WordOf::state, "open", "待っている", "waiting"},
    Word{WordOf::state, "taken", "取込済", "taken"},
    Word{WordOf::state, "closed", "処理済", "Settled"},
    Word{WordOf::state, "replaced", "別の内容に替えた", "Replaced"},
    Word{WordOf::state, "superseded", "理由が新しくなった", "Judged anew"},
    Word{WordOf::done, "accept", "取り込みました", "Taken"},
    Word{WordOf::done, "hold", "まだ保留です", "Still held"},
    Word{WordOf::done, "reject", "まだ取り込めません", "Still not taken"},
    Word{WordOf::done, "skip", "すでに取り込まれていました", "It was here already"},
    Word{WordOf::done, "dropped", "取り込まないことにしました", "It is not taken"},
    Word{WordOf::done, "kept", "今の受注を残しました", "The standing order goes on"},
    Word{WordOf::done, "too_late", "間に合いません。出荷作業が始まっています",
         "Too late: its work has begun"},
    Word{WordOf::done, "released", "保留を解きました", "The hold is released"},
    Word{WordOf::done, "unchanged", "変わりはありません", "Nothing changed"},
    Word{WordOf::reason, "asked_buyer", "お客様に確認した", "asked the buyer"},
    Word{WordOf::reason, "asked_shop", "店舗に確認した", "asked the shop"},
    Word{WordOf::reason, "checked", "内容を確認した", "checked it"},
    Word{WordOf::reason, "duplicate", "重複していた", "it was a duplicate"},
    Word{WordOf::reason, "cancelled", "キャンセルされた", "it was cancelled"},
    Word{WordOf::reason, "not_ours", "当倉庫の受注ではない", "not for this warehouse"},
    Word{WordOf::reason, "other", "その他", "another reason"},
    Word{WordOf::hold, "to_confirm", "確認待ち", "to be confirmed"},
    Word{WordOf::hold, "unpaid", "入金待ち", "not paid yet"},
    Word{WordOf::hold, "ship_date", "出荷日待ち", "its ship date is to come"},
    Word{WordOf::hold, "preorder", "予約商品", "ordered before it is on sale"},
    Word{WordOf::hold, "cancel_requested", "キャンセル依頼", "cancellation asked for"},
    Word{WordOf::hold, "address", "住所の確認待ち", "address to be checked"},
    Word{WordOf::hold, "unknown_item", "知らない商品", "unknown item"},
    Word{WordOf::hold, "shortage", "欠品対応", "short of goods"},
    Word{WordOf::wait, "held", "保留中", "on hold"},
    Word{WordOf::wait, "no_stock", "在庫が足りない", "not enough stock"},
    Word{WordOf::wait, "not_on_pick_shelf", "ピック棚にない", "not on a shelf for picking"},
    Word{WordOf::wait, "waybill_number_missing", "送り状番号がない", "its waybill number is not known"},
    Word{WordOf::wait, "number_range_used_up", "送り状番号の残りがない", "no waybill numbers are left"},
    Word{WordOf::wait, "cooling", "猶予時間中", "in its cooling time"},
    Word{WordOf::wait_remedy, "held",
         "kenpinctl orders --outcome hold --state taken で理由を見て、確かめたら kenpinctl orders release "
         "番号 "
         "--reason checked。入金や日付を待つものは、そろえば自動で動きます",
         "see why with kenpinctl orders --outcome hold --state taken; when it is checked: kenpinctl orders "
         "release NUMBER --reason checked. What waits for money or a date goes on by itself"},
    Word{WordOf::wait_remedy, "no_stock",
         "入荷すると古い受注から出せます。待てないときは店舗に聞き、kenpinctl cancel 店舗:受注番号",
         "with the next delivery the oldest orders go first; if it cannot wait, ask the shop, then kenpinctl "
         "cancel SHOP:ORDER"},
    Word{WordOf::wait_remedy, "not_on_pick_shelf",
         "ピック棚に補充してください。欠品で止めた棚は kenpinctl blocked で見られます",
         "replenish the shelf for picking; kenpinctl blocked lists shelves that were short"},
    Word{WordOf::wait_remedy, "waybill_number_missing",
         "配送会社のソフトで送り状を発行し、kenpinctl import waybills ファイル --shop 店舗",
         "issue the waybills with the carrier's software, then kenpinctl import waybills FILE --shop SHOP"},
    Word{WordOf::wait_remedy, "number_range_used_up",
         "配送会社に新しい番号をもらい、carriers.csv に書いて kenpinctl import carriers carriers.csv",
         "get new numbers from the carrier, write them into carriers.csv, then kenpinctl import carriers "
         "carriers.csv"},
    Word{WordOf::wait_remedy, "cooling", "猶予時間が過ぎてから、もう一度 kenpinctl start",
         "kenpinctl start again when that time is over"},
    Word{WordOf::ship_day, "today", "本日", "today"},
    Word{WordOf::ship_day, "wished_day", "お届け希望日に合わせる", "for the wished day"},
    Word{WordOf::ship_day, "wished_day_too_near", "お届け希望日に間に合わない", "the wished day is too near"},
    Word{WordOf::ship_day, "cooling", "猶予時間のため", "after the cooling time"},
    Word{WordOf::ship_day, "after_cut_off", "締め時刻を過ぎた", "ordered after the cut-off"},
    Word{WordOf::ship_day, "closed_day", "休業日のため", "after a closed day"},
    Word{WordOf::work, "waiting", "出荷待ち", "its work has not begun"},
    Word{WordOf::work, "in_work", "出荷作業中", "in work"},
    Word{WordOf::work, "picked", "ピッキング済", "picked from the shelf"},
    Word{WordOf::work, "sorted", "仕分け済", "sorted by order"},
    Word{WordOf::work, "verified", "検品済", "checked at the bench"},
    Word{WordOf::work, "shipped", "出荷済", "left"},
    Word{WordOf::work, "cancelled", "取消済", "does not leave"},
    Word{WordOf::work, "returned", "返品済", "came back"},
    Word{WordOf::carrier, "yamato", "ヤマト運輸", "Yamato"},
    Word{WordOf::carrier, "sagawa", "佐川急便", "Sagawa"},
    Word{WordOf::carrier, "japanpost", "日本郵便", "Japan Post"},
    Word{WordOf::role, "picker", "ハンディ", "handheld"},
    Word{WordOf::role, "packer", "梱包台", "bench"},
    Word{WordOf::list, "started", "まだだれも取っていない", "nobody has taken it yet"},
    Word{WordOf::list, "open", "ピッキング中", "being picked"},
    Word{WordOf::list, "revoked", "取り戻した", "taken back"},
    Word{WordOf::list, "finished", "ピッキング済", "picked"},
    Word{WordOf::differs, "cod", "代引き", "COD"},
    Word{WordOf::differs, "day", "お届け日", "delivery day"},
    Word{WordOf::differs, "temperature", "温度", "temperature"},
    Word{WordOf::differs, "gift", "ギフト", "gift"},
    Word{WordOf::table, "items", "商品", "items"},
    Word{WordOf::table, "barcodes", "バーコード", "barcodes"},
    Word{WordOf::table, "shop_items", "商品対応表", "shop_items"},
    Word{WordOf::table, "locations", "棚", "locations"},
    Word{WordOf::table, "stock", "在庫", "stock"},
    Word{WordOf::table, "workers", "作業者", "workers"},
    Word{WordOf::table, "totes", "箱", "totes"},
    Word{WordOf::table, "stations", "端末", "stations"},
    Word{WordOf::table, "printers", "プリンタ", "printers"},
    Word{WordOf::table, "shops", "店舗", "shops"},
    Word{WordOf::table, "closed_days", "休業日", "closed_days"},
    Word{WordOf::table, "carriers", "配送会社", "carriers"},
    Word{WordOf::table, "orders", "受注", "orders"},
    Word{WordOf::table, "waybills", "送り状番号", "waybills"},
    Word{WordOf::field, "lines", "明細", "line"},
    Word{WordOf::field, "recipients", "届け先", "recipient"},
    Word{WordOf::field, "buyer", "購入者", "buyer"},
    Word{WordOf::field, "totals", "合計欄", "totals"},
    Word{WordOf::field, "order_no", "受注番号", "order number"},
    Word{WordOf::field, "ordered_at", "受注日時", "time of the order"},
    Word{WordOf::field, "sku", "商品コード", "item code"},
    Word{WordOf::field, "qty", "数量", "quantity"},
    Word{WordOf::field, "name", "名前", "name"},
    Word{WordOf::field, "name_ja", "日本語の名前", "Japanese name"},
    Word{WordOf::field, "address", "住所", "address"},
    Word{WordOf::field, "postcode", "郵便番号", "postcode"},
    Word{WordOf::field, "prefecture", "都道府県", "prefecture"},
    Word{WordOf::field, "city", "市区町村", "city"},
    Word{WordOf::field, "street", "番地", "street"},
    Word{WordOf::field, "building", "建物", "building"},
    Word{WordOf::field, "phone", "電話番号", "telephone number"},
    Word{WordOf::field, "line_no", "明細番号", "line number"},
    Word{WordOf::field, "recipient_no", "届け先番号", "number of the recipient"},
    Word{WordOf::field, "unit_price_yen", "単価", "unit price"},
    Word{WordOf::field, "tax_rate_percent", "税率", "tax rate"},
    Word{WordOf::field, "goods_yen", "商品の合計", "sum of the goods"},
    Word{WordOf::field, "shipping_yen", "送料", "shipping"},
    Word{WordOf::field, "fee_yen", "手数料", "fee"},
    Word{WordOf::field, "discount_yen", "値引き", "discount"},
    Word{WordOf::field, "total_yen", "請求の合計", "total"},
    Word{WordOf::field, "wished_date", "お届け希望日", "wished day"},
    Word{WordOf::field, "slot", "お届け時間帯", "time band"},
    Word{WordOf::field, "gift", "ギフト", "gift"},
    Word{WordOf::field, "remark", "備考", "remark"},
    Word{WordOf::field, "payment", "支払方法", "payment"},
    Word{WordOf::field, "shop", "店舗", "shop"},
    Word{WordOf::field, "reason", "理由", "why"},
    Word{WordOf::field, "note", "したこと", "what was done"},
    Word{WordOf::field, "day", "日付", "date"},
    Word{WordOf::field, "text", "連絡の文", "message"},
    Word{WordOf::field, "items", "商品", "item"},
    Word{WordOf::field, "scopes", "できること", "scope"},
    Word{WordOf::field, "upto", "記録の数", "number of events"},
    Word{WordOf::field, "code", "コード", "code"},
    Word{WordOf::field, "options", "選択肢", "options"},
    Word{WordOf::field, "state", "状態", "state"},
    Word{WordOf::field, "outcome", "結果", "outcome"},
    Word{WordOf::field, "to", "端末", "station"},
    Word{WordOf::problem_remedy, "not_acceptable", "下の項目を直して、もう一度実行してください",
         "Correct what is named below and run it again"},
    Word{WordOf::problem_remedy, "nothing_taken", "下の理由を見てファイルを直し、もう一度取り込んでください",
         "See the reasons below, mend the file and take it in again"},
    Word{WordOf::problem_remedy, "not_found", "番号を確かめてください", "Check the number"},
    Word{WordOf::problem_remedy, "shop_needed", "--shop で店舗を指定してください",
         "Say which shop with --shop"},
    Word{WordOf::problem_remedy, "not_json", "ファイルを UTF-8 の JSON にしてください",
         "Make the file JSON in UTF-8"},
};

std::string with_key(std::string_view word, const std::string& key) {
    return word.empty() || word == key ? key : std::string(word) + " (" + key + ")";
}

const Word* find(WordOf of, std::string_view key) {
    const auto* found = std::find_if(words.begin(), words.end(),
                                     [&](const Word& word) { return word.of == of && word.key == key; });
    return found == words.end() ? nullptr : found;
}

// "lines[2]" is the third line; "buyer" has no number.
std::string part_in_words(const std::string& language, std::string_view part) {
    const auto bracket = std::min(part.find('['), part.size());
    const auto word = word_of(language, WordOf::field, part.substr(0, bracket));
    if (word.empty() || bracket == part.size()) return std::string(word);
    const auto number = std::atoi(std::string(part.substr(bracket + 1)).c_str()) + 1;
    return std::string(word) + (language == "en" ? " " : "") + std::to_string(number);
}

std::string_view cut_at_tab(std::string_view& line) {
    const auto end = std::min(line.find('\t'), line.size());
    const auto cell = line.substr(0, end);
    line.remove_prefix(std::min(end + 1, line.size()));
    return cell;
}

}  // namespace

std::span<const Word> all_words() {
    return words;
}

std::string_view word_of(const std::string& language, WordOf of, std::string_view key) {
    const auto* found = find(of, key);
    if (found == nullptr) return {};
    return language == "en" ? found->en : found->ja;
}

std::string in_words(const std::string& language, WordOf of, const std::string& key) {
    return with_key(word_of(language, of, key), key);
}

std::string field_in_words(const std::string& language, const std::string& field) {
    std::string words;
    for (std::size_t begin = 0; begin <= field.size();) {
        const auto end = std::min(field.find('.', begin), field.size());
        const auto part = part_in_words(language, std::string_view(field).substr(begin, end - begin));
        if (part.empty()) return field;
        const auto* between = language == "en" ? ", " : "の";
        words += (words.empty() ? "" : between) + part;
        begin = end + 1;
    }
    return with_key(words, field);
}

std::string flag_in_words(const std::string& language, std::string_view tsv, const std::string& flag) {
    while (!tsv.empty()) {
        const auto end = std::min(tsv.find('\n'), tsv.size());
        auto line = tsv.substr(0, end);
        tsv.remove_prefix(std::min(end + 1, tsv.size()));
        if (cut_at_tab(line) != flag) continue;
        const auto ja = cut_at_tab(line), en = cut_at_tab(line);
        return with_key(language == "en" ? en : ja, flag);
    }
    return flag;
}

}  // namespace kenpin::ctl
