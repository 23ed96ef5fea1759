#include "server/ctl/start_report.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "server/web/show.hpp"

using namespace kenpin;
using namespace kenpin::ctl;

namespace {

web::StartAnswer left(const std::string& reason, int shipments) {
    web::StartAnswer answer;
    for (int i = 0; i < shipments; ++i)
        answer.waiting.push_back({ShipmentId{reason + std::to_string(i)}, reason});
    return answer;
}

web::StartAnswer with_lists(web::StartAnswer answer, int lists) {
    for (int i = 0; i < lists; ++i)
        answer.lists.push_back({ListId{"L" + std::to_string(i)}, DeviceId{"B1"}, 8, 21});
    return answer;
}

Report said(const std::string& language, const web::StartAnswer& answer, const LeftByShipment& known = {},
            ListsOfStart lists = ListsOfStart::short_ones) {
    return start_report(language, web::show(answer), known, lists);
}

std::size_t rows(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

TEST_CASE("a start says first how much was started and how much was left behind") {
    const auto answer = with_lists(left("held", 3), 2);
    CHECK(said("ja", answer).text.starts_with("始めた出荷 16件(リスト 2枚)、始められなかった出荷 3件\n"));
    CHECK(said("en", answer).text.starts_with("shipments started: 16 on lists: 2; left behind: 3\n"));
}

TEST_CASE("what is left behind stands under its reason with the remedy, by shop and order number") {
    const auto text =
        said("ja", left("held", 1), {{"held0", {"HONTEN:H1003", {"to_confirm", "unpaid"}}}}).text;
    CHECK(text.find("  保留中 (held): 1件 → kenpinctl orders --outcome hold") != std::string::npos);
    CHECK(text.find("    held0  HONTEN:H1003  確認待ち (to_confirm)  入金待ち (unpaid)\n") !=
          std::string::npos);
    const auto english = said("en", left("no_stock", 1), {{"no_stock0", {"HONTEN:H1004", {}}}}).text;
    CHECK(english.find("  not enough stock (no_stock): 1 → with the next delivery") != std::string::npos);
    CHECK(english.find("    no_stock0  HONTEN:H1004\n") != std::string::npos);
}

TEST_CASE("of hundreds that are left behind twenty are shown, and how to see the rest") {
    const auto answer = left("no_stock", 300);
    const auto text = said("ja", answer).text;
    CHECK(rows(text) == 1 + 1 + 1 + 20 + 1);
    CHECK(text.ends_with("  ほか 280件: kenpinctl start --all\n"));
    CHECK(said("en", answer).text.ends_with("  and 280 more: kenpinctl start --all\n"));
    CHECK(rows(said("ja", answer, {}, ListsOfStart::whole).text) == 1 + 1 + 1 + 300);
    CHECK(shown_left(web::show(answer), ListsOfStart::short_ones).size() == 20);
    CHECK(shown_left(web::show(answer), ListsOfStart::whole).size() == 300);
}

TEST_CASE("a reason with few shipments is not hidden behind one with many") {
    auto answer = left("no_stock", 300);
    answer.waiting.push_back({ShipmentId{"S7"}, "cooling"});
    CHECK(said("ja", answer).text.find("    S7\n") != std::string::npos);
    CHECK(shown_left(web::show(answer), ListsOfStart::short_ones).size() == 20);
}

TEST_CASE("of many lists twenty are shown") {
    const auto text = said("ja", with_lists({}, 30)).text;
    CHECK(rows(text) == 1 + 20 + 1);
    CHECK(text.ends_with("  ほか 10件: kenpinctl lists\n"));
}

TEST_CASE("a start that started nothing although something was due ends with 1") {
    CHECK(said("ja", left("held", 1)).exit_code == 1);
    CHECK(said("ja", with_lists(left("held", 1), 1)).exit_code == 0);
    CHECK(said("ja", {}).exit_code == 0);
    CHECK(said("ja", {}).text == "今日までに出荷するもので、これから始めるものはありません\n");
}
