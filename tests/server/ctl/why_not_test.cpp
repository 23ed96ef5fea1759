#include "server/ctl/why_not.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace kenpin::ctl;
using nlohmann::json;

namespace {

json record(const std::string& state) {
    return {{"record", 7},       {"order", "HONTEN:H1003"}, {"order_no", "H1003"},     {"state", state},
            {"file_record", 12}, {"file", "orders.csv"},    {"reasons", json::array()}};
}

json with_reason(const std::string& state, const std::string& code) {
    auto it = record(state);
    it["reasons"].push_back({{"code", code}});
    return it;
}

json conflict(const std::string& state) {
    return with_reason(state, "E-DUP-CONFLICT");
}

json held(const std::string& hold) {
    auto it = record("taken");
    it["shipments"].push_back({{"shipment", "S1"}, {"holds", json::array({hold})}});
    return it;
}

bool says(const std::string& verb, const json& detail, const std::string& words) {
    const auto said = why_not("ja", verb, detail.dump());
    INFO(said);
    CHECK(said.find(" → ") != std::string::npos);
    CHECK_FALSE(why_not("en", verb, detail.dump()).empty());
    return said.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("taking an order again that is taken says so, and how it is changed or released") {
    CHECK(says("retake", record("taken"), "もう取り込んであります"));
    CHECK(says("retake", record("taken"), "kenpinctl change HONTEN:H1003"));
}

TEST_CASE("a record that is not read as one order is not the same as one that may not be taken again") {
    CHECK(says("retake", record("open"), "一つの受注として読めません"));
    CHECK(says("retake", record("open"), "kenpinctl orders original 7"));
    auto whole = record("open");
    whole["file_record"] = 0;
    CHECK(says("retake", whole, "ファイル全体"));
    CHECK(says("release", whole, "ファイル全体"));
}

TEST_CASE("releasing what a person cannot release says what it waits for") {
    CHECK(says("release", held("unpaid"), "入金待ち (unpaid)"));
    CHECK(is_still_held(held("unpaid").dump()));
    CHECK(says("release", record("taken"), "保留されていません"));
    CHECK_FALSE(is_still_held(record("taken").dump()));
}

TEST_CASE("releasing what is not taken yet says how it is taken") {
    CHECK(says("release", record("open"), "kenpinctl orders retake 7"));
    CHECK(says("release", conflict("open"), "kenpinctl orders keep 7"));
    CHECK(says("release", held("to_confirm"), "kenpinctl orders --state open --number H1003"));
}

TEST_CASE("an open conflict names both commands that decide it, and how to see its content") {
    for (const char* words : {"keep 7", "replace 7", "original 7"})
        for (const char* language : {"ja", "en"})
            CHECK(to_decide(language, conflict("open").dump()).find(words) != std::string::npos);
    CHECK(to_decide("ja", conflict("closed").dump()).empty());
    CHECK(to_decide("ja", with_reason("open", "E-SKU").dump()).empty());
}

TEST_CASE("setting aside what is taken names how it is cancelled") {
    CHECK(says("drop", record("taken"), "kenpinctl cancel HONTEN:H1003"));
    CHECK(says("drop", record("closed"), "kenpinctl orders retake 7"));
    CHECK(says("drop", conflict("open"), "replace 7"));
}

TEST_CASE("deciding where nothing is to be decided says how the record stands") {
    CHECK(says("keep", record("taken"), "食い違いの記録ではありません"));
    CHECK(says("replace", conflict("closed"), "もう決着しています"));
    CHECK(says("replace", conflict("open"), "そのままでは取り込めません"));
}

TEST_CASE("an order's number where a record's belongs leads to the record") {
    CHECK(no_such_record("999").ja.find("行の先頭") != std::string::npos);
    CHECK(no_such_record("HONTEN:H1003").ja.find("kenpinctl orders --number H1003") != std::string::npos);
    CHECK(no_such_record("H1003").en.find("kenpinctl orders --number H1003") != std::string::npos);
}

TEST_CASE("whoever gives no reason, or a wrong one, reads all that there are") {
    CHECK(is_reason("checked"));
    CHECK_FALSE(is_reason("foo"));
    CHECK_FALSE(is_reason(""));
    CHECK(reasons_to_choose("drop", "").ja.find("理由がありません") != std::string::npos);
    CHECK(reasons_to_choose("drop", "foo").ja.find("「foo」") != std::string::npos);
    CHECK(reasons_to_choose("drop", "foo").ja.find("  not_ours    当倉庫の受注ではない") !=
          std::string::npos);
    CHECK(reasons_to_choose("drop", "foo").en.find("  not_ours    not for this warehouse") !=
          std::string::npos);
}

TEST_CASE("an order's number without its shop is proposed with it, when a shop has it") {
    const std::string page =
        R"({"records":[{"order":"HONTEN:H1003","order_no":"H1003"},{"order":"HONTEN:H1003","order_no":"H1003"},)"
        R"({"order":"HONTEN:H10031","order_no":"H10031"}]})";
    const auto said = nothing_to_cancel("H1003", page);
    CHECK(said.ja.ends_with(":\n  kenpinctl cancel HONTEN:H1003"));
    CHECK(said.en.ends_with(":\n  kenpinctl cancel HONTEN:H1003"));
    CHECK(nothing_to_cancel("RAKUTEN:H1003", page).ja.ends_with(":\n  kenpinctl cancel HONTEN:H1003"));
}

TEST_CASE("a number that no order has is not taken for one") {
    const auto said = nothing_to_cancel("H9", R"({"records":[]})");
    CHECK(said.ja.find("店舗:受注番号") != std::string::npos);
    CHECK(said.ja.find("kenpinctl cancel") == std::string::npos);
    CHECK(nothing_to_cancel("H9", "").en.find("SHOP:ORDER") != std::string::npos);
}
