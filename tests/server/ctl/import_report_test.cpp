#include "server/ctl/import_report.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "server/web/problem.hpp"
#include "server/web/show.hpp"

using namespace kenpin;
using namespace kenpin::ctl;

namespace {

web::IntakeReason unknown_code() {
    return {"E-SKU", "知らない商品コードです", "Nobody knows this item code", "商品対応表に登録してください",
            "Put it in the table"};
}

web::ImportAnswer orders_of(int accepted, int held) {
    web::ImportAnswer answer{.taken = accepted};
    answer.records.emplace();
    for (int i = 0; i < accepted; ++i) answer.records->push_back({i + 1, "A", "accept", true, {}});
    for (int i = 0; i < held; ++i) {
        const auto number = "H" + std::to_string(i);
        answer.records->push_back({accepted + i + 1, number, "hold", false, {unknown_code()}});
        answer.refused.push_back({.field = "lines[0].sku", .reason = "unknown_item", .record = number});
    }
    return answer;
}

std::size_t rows(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

TEST_CASE(
    "whoever imports orders reads how many ended how, each reason once with its remedy, and which orders") {
    const auto report = import_report("ja", "orders", {200, web::show(orders_of(3, 2))});
    CHECK(report.text ==
          "受注 (orders): 受入 3、保留 2、取込不可 0、変更なし・対象外 0\n"
          "すること:\n"
          "  E-SKU 知らない商品コードです(2件) → 商品対応表に登録してください\n"
          "どの受注か(kenpinctl orders で1件ずつ見られます):\n"
          "  4件目 H0  保留 (hold)  E-SKU\n"
          "  5件目 H1  保留 (hold)  E-SKU\n");
    CHECK(report.exit_code == 1);
    const auto english = import_report("en", "orders", {200, web::show(orders_of(3, 2))});
    CHECK(english.text.find("E-SKU Nobody knows this item code (2) → Put it in the table\n") !=
          std::string::npos);
    CHECK(english.text.find("  record 4 H0  held (hold)  E-SKU\n") != std::string::npos);
}

TEST_CASE("orders that were all taken need one line") {
    const auto report = import_report("ja", "orders", {200, web::show(orders_of(48, 0))});
    CHECK(rows(report.text) == 1);
    CHECK(report.exit_code == 0);
}

TEST_CASE("a file without orders says so, and orders that are paid now are told") {
    web::ImportAnswer answer{.unchanged = 1, .released = 1};
    answer.records = {
        {0, "", "skip", false, {{"W-NO-ORDERS", "受注なし", "no orders", "確かめる", "check"}}}};
    const auto report = import_report("ja", "orders", {200, web::show(answer)});
    CHECK(report.text.find("  W-NO-ORDERS 受注なし → 確かめる\n") != std::string::npos);
    CHECK(report.text.find("動き出した受注: 1件") != std::string::npos);
    CHECK(report.exit_code == 0);
}

TEST_CASE("of many held orders twenty are named and the rest counted, with where to see them") {
    const auto report = import_report("ja", "orders", {200, web::show(orders_of(0, 50))});
    CHECK(rows(report.text) == 25);
    CHECK(report.text.find("ほか 30件: kenpinctl orders --outcome hold") != std::string::npos);
    CHECK(import_report("en", "orders", {200, web::show(orders_of(0, 50))}).text.find("and 30 more: ") !=
          std::string::npos);
}

TEST_CASE("also of a file of which nothing could be taken the reasons are told in words") {
    auto body = web::show(orders_of(0, 1));
    body.replace(body.find("\"refused\""), 9, "\"reasons\"");
    body.replace(0, 1, R"({"error":"nothing_taken","ja":"取り込めたものがありません",)");
    const auto report = import_report("ja", "orders", {422, body});
    CHECK(report.text.find("1件目 H0  保留 (hold)  E-SKU") != std::string::npos);
    CHECK(report.text.find("lines[0]") == std::string::npos);
    CHECK(report.exit_code == 1);
}

TEST_CASE("a file that was refused whole is one sentence on standard error") {
    const auto answer = web::problem(422, "no_file_profile", {{.reason = "no_file_profile"}});
    const auto report = import_report("ja", "orders", {answer.status, answer.body});
    CHECK(report.text.empty());
    CHECK(report.complaint.starts_with("受注 (orders): この店舗のファイル形式は登録されていません → "));
    CHECK(rows(report.complaint) == 0);
    CHECK(report.exit_code == 1);
}

TEST_CASE("of a master each row that was refused is named by line and column") {
    web::ImportAnswer answer{.taken = 2, .unchanged = 1};
    answer.refused.push_back({.field = "sku", .reason = "missing", .line = 3});
    const auto report = import_report("ja", "items", {200, web::show(answer)});
    CHECK(report.text ==
          "商品 (items): 取込 2、変更なし 1、受付不可 1\n"
          "  3行目 商品コード (sku): 必要な項目がありません → 項目を加えてください\n");
    CHECK(report.exit_code == 1);
}
