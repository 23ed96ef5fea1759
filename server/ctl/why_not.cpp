#include "server/ctl/why_not.hpp"

#include <algorithm>
#include <set>

#include <nlohmann/json.hpp>

#include "server/ctl/json_text.hpp"
#include "server/ctl/words.hpp"
#include "server/web/intake.hpp"

namespace kenpin::ctl {
namespace {

// The record, as sentences name it.
struct Named {
    std::string record{}, order{}, number{}, state{};
    bool is_conflict = false, is_whole_file = false;
    std::set<std::string> holds{};
};

Named named(const Json& detail) {
    Named it;
    it.record = std::to_string(detail.value("record", std::int64_t{0}));
    it.order = text_of(detail, "order");
    it.number = text_of(detail, "order_no");
    it.state = text_of(detail, "state");
    for (const auto& reason : detail.value("reasons", Json::array()))
        it.is_conflict = it.is_conflict || text_of(reason, "code") == "E-DUP-CONFLICT";
    it.is_whole_file = detail.value("file_record", 0) == 0 && text_of(detail, "file") != "api";
    for (const auto& shipment : detail.value("shipments", Json::array()))
        for (const auto& hold : shipment.value("holds", Json::array()))
            it.holds.insert(hold.get<std::string>());
    return it;
}

bool is_settled(const Named& it) {
    return it.state == "closed" || it.state == "replaced";
}

Sentence decide(const Named& it) {
    return {
        "同じ受注番号で内容の違う受注があります → どちらが正しいか決めてください: kenpinctl orders keep " +
            it.record + "(今の受注)または replace " + it.record + "(こちらの内容)",
        "another order has this number with other content → decide which is right: kenpinctl orders keep " +
            it.record + " (the standing one) or replace " + it.record + " (this one)"};
}

Sentence settled(const Named& it) {
    const auto ja = std::string(word_of("ja", WordOf::state, it.state)),
               en = std::string(word_of("en", WordOf::state, it.state));
    return {"この記録はもう決着しています(" + ja + ") → 今の受注は kenpinctl orders --number " + it.number,
            "this record is settled already (" + en +
                ") → the order as it stands: kenpinctl orders --number " + it.number};
}

Sentence whole_file() {
    return {
        "ファイル全体についての記録です → ファイルを直して kenpinctl import orders ファイル --shop 店舗",
        "this record is about a whole file → mend the file, then kenpinctl import orders FILE --shop SHOP"};
}

Sentence not_retaken(const Named& it) {
    if (it.state == "taken")
        return {"もう取り込んであります → 内容を変えるなら kenpinctl change " + it.order +
                    " ファイル、保留を解くなら kenpinctl orders release " + it.record,
                "it is taken already → to change it: kenpinctl change " + it.order +
                    " FILE; to release its hold: kenpinctl orders release " + it.record};
    if (it.is_whole_file) return whole_file();
    if (is_settled(it)) return settled(it);
    return {"このままでは一つの受注として読めません → kenpinctl orders original " + it.record +
                " で見て、画面 /orders の「直して取り込む」で直してください",
            "as it is it cannot be read as one order → look at it with kenpinctl orders original " +
                it.record + ", and correct it on the page /orders"};
}

std::string in_words(const std::string& language, const std::set<std::string>& holds) {
    std::string words;
    for (const auto& hold : holds)
        words += (words.empty()      ? ""
                  : language == "en" ? ", "
                                     : "、") +
                 in_words(language, WordOf::hold, hold);
    return words;
}

Sentence not_released(const Named& it) {
    if (it.is_whole_file) return whole_file();
    if (it.state == "open" && it.is_conflict) return decide(it);
    if (it.state == "open")
        return {"まだ取り込まれていないので、解く保留がありません → 直してから kenpinctl orders retake " +
                    it.record + "、取り込まないなら kenpinctl orders drop " + it.record + " --reason 理由",
                "it is not taken yet, so no shipment is held → mend what is named, then kenpinctl orders "
                "retake " +
                    it.record + "; or kenpinctl orders drop " + it.record + " --reason WHY"};
    if (is_settled(it)) return settled(it);
    if (it.holds.count("to_confirm") + it.holds.count("address") > 0)
        return {
            "同じ受注番号で内容の違う受注が待っています → 先にそちらを決めてください: kenpinctl orders "
            "--state open --number " +
                it.number,
            "another order with this number waits → decide that one first: kenpinctl orders --state open "
            "--number " +
                it.number};
    if (it.holds.empty())
        return {"保留されていません → することはありません", "nothing of it is held → nothing is left to do"};
    return {"人が解く保留ではありません: " + in_words("ja", it.holds) +
                " → 入金、日付、商品がそろうと自動で動きます",
            "this hold is not released by hand: " + in_words("en", it.holds) +
                " → it goes on by itself with the payment, the day or the goods"};
}

Sentence not_dropped(const Named& it) {
    if (it.state == "taken")
        return {"もう取り込んであります → 出荷を止めるなら kenpinctl cancel " + it.order,
                "it is taken already → so that it does not leave: kenpinctl cancel " + it.order};
    if (it.state == "open") return decide(it);  // a conflict: nothing else of these is refused
    if (it.state == "closed" && !it.is_conflict)
        return {
            "もう取り込まないことになっています → やはり取り込むなら kenpinctl orders retake " + it.record,
            "it was set aside already → to take it after all: kenpinctl orders retake " + it.record};
    return settled(it);
}

Sentence not_decided(const Named& it) {
    if (is_settled(it)) return settled(it);
    if (it.is_conflict)
        return {"こちらの内容は、そのままでは取り込めません → kenpinctl orders original " + it.record +
                    " で見て、画面 /orders の「直して取り込む」で直してください",
                "this content cannot be taken as it is → look at it with kenpinctl orders original " +
                    it.record + ", and correct it on the page /orders"};
    return {"食い違いの記録ではありません → 今の状態は kenpinctl orders show " + it.record,
            "nothing contradicts this record → see how it stands: kenpinctl orders show " + it.record};
}

std::string all_reasons(const std::string& language) {
    std::string words;
    for (const auto& reason : web::action_reasons) {
        const auto word = word_of(language, WordOf::reason, reason);
        words += "\n  " + reason + std::string(reason.size() < 12 ? 12 - reason.size() : 1, ' ') +
                 std::string(word);
    }
    return words;
}

}  // namespace

std::string why_not(const std::string& language, const std::string& verb, const std::string& detail) {
    const auto it = named(Json::parse(detail, nullptr, false));
    const auto why = verb == "retake"    ? not_retaken(it)
                     : verb == "release" ? not_released(it)
                     : verb == "drop"    ? not_dropped(it)
                                         : not_decided(it);
    return language == "en" ? why.en : why.ja;
}

std::string to_decide(const std::string& language, const std::string& detail) {
    const auto it = named(Json::parse(detail, nullptr, false));
    if (it.state != "open" || !it.is_conflict) return {};
    const Sentence what{
        decide(it).ja + "。こちらの内容は kenpinctl orders original " + it.record + "、下は今の受注です",
        decide(it).en + "; this content: kenpinctl orders original " + it.record +
            "; below stands the order as it is"};
    return language == "en" ? what.en : what.ja;
}

bool is_still_held(const std::string& detail) {
    return !named(Json::parse(detail, nullptr, false)).holds.empty();
}

Sentence no_such_record(const std::string& record) {
    const bool is_number = !record.empty() && record.find_first_not_of("0123456789") == std::string::npos;
    if (is_number)
        return {
            "記録 " + record + " はありません → 記録の番号は kenpinctl orders の行の先頭にあります",
            "there is no record " + record + " → its number stands first in each row of kenpinctl orders"};
    const auto number = record.substr(record.find(':') == std::string::npos ? 0 : record.find(':') + 1);
    return {record + " は記録の番号ではありません → 受注番号から探すには kenpinctl orders --number " + number,
            record + " is no number of a record → to find it by the order's: kenpinctl orders --number " +
                number};
}

bool is_reason(const std::string& reason) {
    return std::find(web::action_reasons.begin(), web::action_reasons.end(), reason) !=
           web::action_reasons.end();
}

Sentence reasons_to_choose(const std::string& verb, const std::string& given) {
    const auto ja = given.empty() ? "理由がありません" : "「" + given + "」という理由はありません";
    const auto en =
        given.empty() ? std::string("the reason is missing") : "there is no reason \"" + given + "\"";
    return {verb + ": " + ja + " → --reason に次のどれかを書いてください:" + all_reasons("ja"),
            verb + ": " + en + " → give one of these with --reason:" + all_reasons("en")};
}

Sentence nothing_to_cancel(const std::string& what, const std::string& page) {
    const auto colon = what.find(':');
    const auto number = colon == std::string::npos ? what : what.substr(colon + 1);
    std::set<std::string> orders;
    const auto json = Json::parse(page, nullptr, false);
    if (json.is_object())
        for (const auto& record : json.value("records", Json::array()))
            if (text_of(record, "order_no") == number && !text_of(record, "order").empty())
                orders.insert(text_of(record, "order"));
    if (orders.empty())
        return {what +
                    " という出荷も受注もありません → 受注は 店舗:受注番号 で指定します。探すには kenpinctl "
                    "orders --number 番号の一部",
                "there is no shipment and no order " + what +
                    " → an order is named SHOP:ORDER; to find it: kenpinctl orders --number PART"};
    std::string proposals;
    for (const auto& order : orders) proposals += "\n  kenpinctl cancel " + order;
    return {what + " という出荷も受注もありません → 受注は 店舗:受注番号 で指定します。この番号の受注は:" +
                proposals,
            "there is no shipment and no order " + what +
                " → an order is named SHOP:ORDER; with this number:" + proposals};
}

}  // namespace kenpin::ctl
