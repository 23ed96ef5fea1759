#include "server/app/intake_desk.hpp"

#include <string>

#include <doctest/doctest.h>

#include "core/protocol/base64.hpp"
#include "server/app/views.hpp"
#include "tests/server/app/demo_floor.hpp"

using namespace kenpin;
using namespace kenpin::app;

namespace {

using Kind = web::IntakeAction::Kind;

struct IntakeAtDesk : DemoFloor {
    IntakeAtDesk() { import_masters(); }

    web::IntakePage list(const web::IntakeQuery& query = {}, const web::Scope& scope = {}) {
        return read<web::IntakePage>(
            [&](sqlite::Tx& tx) { return intake_page(tx, SiteId{"TOKYO1"}, &demo_rules(), scope, query); });
    }
    web::IntakeDetail detail(std::int64_t record) {
        return read<web::IntakeDetail>([&](sqlite::Tx& tx) {
            return intake_detail(tx, SiteId{"TOKYO1"}, {floor->parts().key, &demo_rules()}, {}, record)
                .value();
        });
    }
    std::vector<web::OriginalRecord> original(std::int64_t record) {
        const auto opened = floor->open_original({}, record, "K0007");
        if (!opened) FAIL(opened.error().detail);
        return opened.value();
    }
    std::string act(web::IntakeAction action) {
        action.by = "K0007";
        const auto done = floor->act_on_intake({}, action);
        return done ? done.value().outcome : "refused";
    }
    std::set<domain::HoldReason> holds(const char* shipment) {
        return read<web::ShipmentView>([&](sqlite::Tx& tx) {
                   return shipment_view(tx, SiteId{"TOKYO1"}, {}, ShipmentId{shipment});
               })
            .states.holds;
    }
    int events(const std::string& decision) {
        return read<int>([&](sqlite::Tx& tx) {
            return tx
                .value<int>("SELECT count(*) FROM event WHERE kind = 'intake_decided' AND payload LIKE ?",
                            "%\"" + decision + "\"%")
                .value_or(0);
        });
    }
};

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("a refused order is corrected by a person: it is taken, and what came stays byte for byte") {
    IntakeAtDesk desk;
    const auto sent = small_order("H1", "NOT-OURS");
    desk.order(sent);
    const auto open = desk.list({.state = "open"});
    REQUIRE(open.records.size() == 1);
    const auto& record = open.records.front();
    CHECK(record.reasons.front().code == "E-SKU");
    CHECK_FALSE(record.reasons.front().do_ja.empty());
    const auto as_it_came = desk.original(record.record);
    REQUIRE(as_it_came.size() == 1);
    CHECK(protocol::from_base64(as_it_came.front().base64.reveal()) == sent);

    web::IntakeAction correct{.kind = Kind::retake, .record = record.record};
    correct.corrections = {{0, 0, Private<std::string>(replaced(sent, "NOT-OURS", "G-22081"))}};
    CHECK(desk.act(correct) == "accept");
    CHECK(desk.act(correct) == "unchanged");
    CHECK(desk.list({.state = "open"}).records.empty());
    CHECK(desk.list({.state = "taken"}).records.size() == 1);
    CHECK(protocol::from_base64(desk.original(record.record).front().base64.reveal()) == sent);
    CHECK(desk.events("corrected") == 1);
    CHECK(desk.events("opened") == 2);
    CHECK(desk.events("K0007") == 3);
}

TEST_CASE(
    "a record of a shop's file is corrected in its own line; the others of the order stay as they came") {
    IntakeAtDesk desk;
    auto file = demo_file("orders-rakuten.csv");
    const std::string code = "G-22558";  // its last place in the row is the one that says which item
    REQUIRE(file.rfind(code) != std::string::npos);
    file.replace(file.rfind(code), code.size(), "G-99999");
    const auto answer = desk.import(web::Table::orders, file, ShopId{"RAKUTEN"});
    REQUIRE(answer.refused.size() == 1);
    const auto record = desk.list({.state = "open", .code = "E-SKU"}).records.front();
    CHECK(desk.act({.kind = Kind::retake, .record = record.record}) == "hold");  // nothing has changed yet
    CHECK(desk.list({.state = "open"}).records.size() == 1);
    web::IntakeAction correct{.kind = Kind::retake, .record = record.record};
    for (const auto& kept : desk.original(record.record)) {
        CHECK(kept.charset == "cp932");
        if (kept.text.reveal().find("G-99999") != std::string::npos)
            correct.corrections.push_back(
                {kept.part, kept.record,
                 Private<std::string>(replaced(kept.text.reveal(), "G-99999", "G-22558"))});
    }
    REQUIRE(correct.corrections.size() == 1);
    CHECK(desk.act(correct) == "accept");
    CHECK(desk.import(web::Table::orders, demo_file("orders-rakuten.csv"), ShopId{"RAKUTEN"}).unchanged ==
          48);
}

TEST_CASE("a correction that is no order changes nothing") {
    IntakeAtDesk desk;
    desk.order(small_order("H1", "NOT-OURS"));
    const auto record = desk.list().records.front().record;
    web::IntakeAction correct{.kind = Kind::retake, .record = record};
    correct.corrections = {{0, 0, Private<std::string>("{")}};
    CHECK(desk.act(correct) == "refused");
    CHECK(desk.list({.state = "open"}).records.size() == 1);
    CHECK(desk.events("corrected") == 0);
}

TEST_CASE("a correction leaves the order's number as it is: one record becomes one order") {
    IntakeAtDesk desk;
    desk.order(small_order("H2"));
    const auto sent = small_order("H1", "NOT-OURS");
    desk.order(sent);
    const auto record = desk.list({.state = "open"}).records.front().record;
    for (const char* number : {"H2", "H9"}) {
        web::IntakeAction correct{.kind = Kind::retake, .record = record};
        correct.corrections = {
            {0, 0,
             Private<std::string>(replaced(small_order("H1"), "\"H1\"", "\"" + std::string(number) + "\""))}};
        CHECK(desk.act(correct) == "refused");
    }
    CHECK(desk.list({.state = "open"}).records.size() == 1);
    CHECK(desk.list({.state = "taken"}).records.size() == 1);
    CHECK(desk.events("corrected") == 0);
}

TEST_CASE("a person keeps the standing order against another content, and it goes on") {
    IntakeAtDesk desk;
    desk.order(small_order("H1"));
    desk.order(small_order("H1", "G-22081", 3));
    CHECK(desk.holds("S0000001").contains(domain::HoldReason::to_confirm));
    const auto record = desk.list({.code = "E-DUP-CONFLICT"}).records.front().record;
    CHECK(desk.act({.kind = Kind::drop, .record = record, .reason = "other"}) == "refused");
    CHECK(desk.act({.kind = Kind::keep, .record = record}) == "kept");
    CHECK(desk.holds("S0000001").empty());
    CHECK(desk.act({.kind = Kind::keep, .record = record}) == "unchanged");
}

TEST_CASE("what a person kept the standing order against is not asked again when it comes again") {
    IntakeAtDesk desk;
    desk.order(small_order("H1"));
    const auto other = small_order("H1", "G-22081", 3);
    desk.order(other);
    desk.act({.kind = Kind::keep, .record = desk.list({.code = "E-DUP-CONFLICT"}).records.front().record});
    desk.order(other);
    CHECK(desk.holds("S0000001").empty());
    CHECK(desk.list({.state = "open"}).records.empty());
}

TEST_CASE("a person takes another content instead of the standing order as long as nobody works on it") {
    IntakeAtDesk desk;
    desk.order(small_order("H1"));
    const auto other = replaced(small_order("H1", "G-22081", 3), "\"1000001\"", "\"1000002\"");
    desk.order(other);
    const auto record = desk.list({.code = "E-DUP-CONFLICT"}).records.front().record;
    CHECK(desk.act({.kind = Kind::replace, .record = record}) == "accept");
    CHECK(desk.act({.kind = Kind::replace, .record = record}) == "unchanged");
    CHECK(desk.list({.state = "replaced"}).records.size() == 1);
    CHECK(desk.list({.state = "open"}).records.empty());
    const auto order = desk.read<web::OrderView>(
        [&](sqlite::Tx& tx) { return order_view(tx, SiteId{"TOKYO1"}, {}, OrderId{"HONTEN:H1"}); });
    REQUIRE(order.lines.size() == 1);
    CHECK(order.lines.front().qty == Qty{3});
    CHECK(desk.holds("S0000002").empty());
    desk.order(other);
    CHECK(desk.list({.state = "open"}).records.empty());
    const auto texts = desk.read<int>(
        [&](sqlite::Tx& tx) { return tx.value<int>("SELECT count(*) FROM buyer_text").value_or(0); });
    CHECK(texts == 2);  // the new address is not the old one
}

TEST_CASE("it is too late to take another content when the work has begun") {
    IntakeAtDesk desk;
    desk.order(small_order("H1"));
    REQUIRE(desk.start().lists.size() == 1);
    desk.order(small_order("H1", "G-22081", 3));
    const auto record = desk.list({.code = "E-DUP-CONFLICT"}).records.front().record;
    CHECK(desk.act({.kind = Kind::replace, .record = record}) == "too_late");
    CHECK(desk.list({.state = "open"}).records.size() == 1);
    CHECK(desk.act({.kind = Kind::keep, .record = record}) == "kept");
}

TEST_CASE("a record is set aside with a reason and stays in the list") {
    IntakeAtDesk desk;
    desk.order(small_order("H1", "NOT-OURS"));
    const auto record = desk.list().records.front().record;
    CHECK(desk.act({.kind = Kind::drop, .record = record, .reason = "not_ours"}) == "dropped");
    CHECK(desk.act({.kind = Kind::drop, .record = record, .reason = "not_ours"}) == "unchanged");
    CHECK(desk.list({.state = "closed"}).records.size() == 1);
    CHECK(desk.act({.kind = Kind::retake, .record = record}) == "hold");  // its goods are still unknown
    CHECK(desk.list({.state = "open"}).records.empty());
}

namespace {

/// The demo's Rakuten orders, one of them with goods that nobody knows yet.
struct OneUnknown : IntakeAtDesk {
    std::string all_items = demo_file("items.csv");
    int files = 0;

    OneUnknown() {
        auto without_one = all_items;
        const auto line = all_items.find("G-22558,");
        without_one.erase(line, all_items.find('\n', line) + 1 - line);
        import(web::Table::items, without_one);
        CHECK(take_file().taken == 47);
    }
    /// The same orders under another file name, as a browser gives when they are downloaded again.
    web::ImportAnswer take_file(std::optional<ShopId> shop = std::nullopt) {
        const auto again = floor->import_file(
            {.table = web::Table::orders,
             .shop = shop,
             .body = demo_file("orders-rakuten.csv") + std::string(static_cast<std::size_t>(files), '\n'),
             .file_name = "download-" + std::to_string(++files) + ".csv",
             .by = "K0007"});
        if (!again) FAIL(again.error().detail);
        collect();
        return again.value();
    }
    std::vector<web::IntakeView> open() { return list({.state = "open"}).records; }
};

}  // namespace

TEST_CASE("an order waits once, however often its file is downloaded, taken again or asked for in vain") {
    OneUnknown desk;
    REQUIRE(desk.open().size() == 1);
    const auto record = desk.open().front().record;
    desk.take_file();
    CHECK(desk.act({.kind = Kind::retake, .record = record}) == "hold");
    desk.import(web::Table::items, desk.all_items.substr(0, desk.all_items.find('\n') + 1) +
                                       "G-NEW,,新商品,New,雑貨,ambient,10,10,10,10,100,10,0,0,UCI,\n");
    desk.take_file();
    REQUIRE(desk.open().size() == 1);
    CHECK(desk.open().front().record == record);
}

TEST_CASE("what was set aside is not taken when it comes again in another file, until a person takes it") {
    OneUnknown desk;
    const auto record = desk.open().front().record;
    CHECK(desk.act({.kind = Kind::drop, .record = record, .reason = "cancelled"}) == "dropped");
    desk.import(web::Table::items, desk.all_items);  // its goods are known now
    CHECK(desk.take_file().taken == 0);
    CHECK(desk.open().empty());
    const auto told = desk.take_file();
    const auto set_aside = [](const auto& one) {
        return !one.reasons.empty() && one.reasons.front().code == "E-SET-ASIDE";
    };
    CHECK(std::count_if(told.records->begin(), told.records->end(), set_aside) == 1);
    CHECK(desk.act({.kind = Kind::retake, .record = record}) == "accept");
    CHECK(desk.take_file().unchanged == 48);
}

TEST_CASE("where two shops have one format nobody guesses whose file it is") {
    OneUnknown desk;
    auto shops = demo_file("shops.csv");
    const auto row = shops.find("RAKUTEN,");
    REQUIRE(row != std::string::npos);
    const auto second = replaced(shops.substr(row, shops.find('\n', row) + 1 - row), "RAKUTEN,", "RAKU2,");
    shops += replaced(second, "demo-key-rakuten", "demo-key-raku2");
    desk.import(web::Table::shops, shops);
    const auto told = desk.take_file();
    CHECK(told.taken == 0);
    REQUIRE_FALSE(told.refused.empty());
    CHECK(told.refused.front().reason == "shop_needed");
    CHECK(desk.take_file(ShopId{"RAKUTEN"}).unchanged == 47);
    CHECK(desk.take_file(ShopId{"RAKU2"}).taken == 47);  // it is said: other orders, by chance of one number
}

TEST_CASE("a person's word releases what waits for it, and the original of a held order can be read") {
    IntakeAtDesk desk;
    const auto mismatch = replaced(small_order("H1"), "\"1000001\"", "\"9000001\"");
    desk.order(mismatch);
    const auto held = desk.list({.outcome = "hold", .state = "taken"}).records;
    REQUIRE(held.size() == 1);
    CHECK(desk.original(held.front().record).front().text.reveal() == mismatch);
    CHECK_FALSE(desk.holds("S0000001").empty());
    CHECK(desk.act({.kind = Kind::release, .record = held.front().record, .reason = "asked_buyer"}) ==
          "released");
    CHECK(desk.holds("S0000001").empty());
    CHECK(desk.list({.outcome = "hold", .state = "taken"}).records.empty());  // it is like any other now
    CHECK(desk.act({.kind = Kind::release, .record = held.front().record, .reason = "asked_buyer"}) ==
          "unchanged");
}

TEST_CASE("the list is narrowed by number, day and shop, counted, and another shop sees none of it") {
    IntakeAtDesk desk;
    desk.order(small_order("H1"));
    desk.order(small_order("H_2", "NOT-OURS"));
    CHECK(desk.list({.number = "H_"}).records.size() == 1);  // an underscore is one, not any letter
    CHECK(desk.list({.day = parse_day("2026-11-24")}).records.size() == 2);
    CHECK(desk.list({.day = parse_day("2026-11-23")}).records.empty());
    CHECK(desk.list({}, {ShopId{"RAKUTEN"}}).records.empty());
    CHECK(desk.list({}, {ShopId{"RAKUTEN"}}).counts.empty());
    const auto first = desk.list({.limit = 1});
    REQUIRE(first.counts.size() == 2);
    CHECK(first.next == first.records.front().record);
    CHECK(desk.list({.before = first.next, .limit = 1}).records.front().number_in_shop == "H1");
    const auto record = first.records.front().record;
    CHECK_FALSE(desk.floor->open_original({ShopId{"RAKUTEN"}}, record, "K0008"));
    CHECK_FALSE(desk.floor->act_on_intake({ShopId{"RAKUTEN"}},
                                          {.kind = Kind::drop, .record = record, .reason = "other"}));
}

TEST_CASE("an order file needs no shop: its header says whose it is") {
    IntakeAtDesk desk;
    CHECK(desk.import(web::Table::orders, demo_file("orders-rakuten.csv")).taken == 48);
    CHECK(desk.import(web::Table::orders, "a,b\n1,2\n").refused.front().reason == "not_this_format");
    const auto why = [&](const std::string& file) {
        return desk.import(web::Table::orders, file).refused.front().reason;
    };
    CHECK(why("PK\x03\x04 rubbish") == "workbook");
    CHECK(why("\r\n<!DOCTYPE html><html><title>ログイン</title>") == "web_page");
    CHECK(why("\xBC\xF5\xC3\xED\xC8\xD6\xB9\xE6,\xC6\xFC\n1,2\n") == "old_charset");  // 受注番号,日 in EUC-JP
    CHECK(why("\x1B$B<uCm\x1B(B,1\n") == "old_charset");
    CHECK(why("受注,日\n1,2\n") == "not_this_format");
}

TEST_CASE("the answer to an order file names what became of each record, those skipped too") {
    IntakeAtDesk desk;
    const auto first = desk.import(web::Table::orders, demo_file("orders-rakuten.csv"));
    REQUIRE(first.records);
    CHECK(first.records->size() >= 48);
    const auto again = desk.import(web::Table::orders, demo_file("orders-rakuten.csv") + "\r\n");
    CHECK(again.taken == 0);
    CHECK(again.unchanged == 48);
    REQUIRE(again.records);
    for (const auto& record : *again.records) {
        CHECK(record.outcome == "skip");
        if (record.number_in_shop.empty()) continue;
        CHECK(record.record > 0);
        REQUIRE(record.reasons.size() == 1);
        CHECK(record.reasons.front().code == "E-DUP-SAME");
        CHECK_FALSE(record.reasons.front().ja.empty());
    }
}

TEST_CASE("each order file stands in the list with how many of its orders were here already") {
    IntakeAtDesk desk;
    desk.import(web::Table::orders, demo_file("orders-rakuten.csv"));
    desk.import(web::Table::orders, demo_file("orders-rakuten.csv") + "\r\n");
    desk.import(web::Table::orders, demo_file("orders-rakuten.csv"));  // the very same: one file
    const auto files = desk.list().files;
    REQUIRE(files.size() == 2);
    CHECK(files[0].unchanged == 48);
    CHECK(files[0].taken == 0);
    CHECK(files[1].taken == 48);
    CHECK(files[1].shop == ShopId{"RAKUTEN"});
    CHECK(desk.list({.day = parse_day("2026-11-23")}).files.empty());
    CHECK(desk.list({}, {ShopId{"RAKUTEN"}}).files.size() == 2);
    CHECK(desk.list({}, {ShopId{"HONTEN"}}).files.empty());
    CHECK(desk.list({.before = 1}).files.empty());
}

TEST_CASE("of a field that is too long for a carrier the person reads which, how long and how much fits") {
    IntakeAtDesk desk;
    std::string name;
    for (int i = 0; i < 34; ++i) name += "漢";
    for (const auto& [number, sku] : {std::pair{"H1", "G-22081"}, std::pair{"H2", "NOT-OURS"}}) {
        desk.order(replaced(small_order(number, sku), "\"name\":\"", "\"name\":\"" + name));
        const auto record = desk.list().records.front();
        CHECK(record.number_in_shop == number);
        const auto detail = desk.detail(record.record);
        REQUIRE_FALSE(detail.lengths.empty());
        const auto& first = detail.lengths.front();
        CHECK(first.field == "name");
        CHECK(first.carrier == "yamato");
        CHECK(first.characters >= 34);
        CHECK(first.takes == 16);
    }
    desk.order(small_order("H3"));
    CHECK(desk.detail(desk.list().records.front().record).lengths.empty());
}

TEST_CASE(
    "an order that comes again with another line more, or with the other line alone, stops until a person "
    "decides") {
    const std::string line =
        R"({"line_no":1,"sku":"G-22081","name":"リボン","qty":2,"unit_price_yen":310,"tax_rate_percent":10})";
    const std::string other =
        R"({"line_no":2,"sku":"G-22139","name":"皿","qty":1,"unit_price_yen":940,"tax_rate_percent":10})";
    for (const auto& [lines, goods] : {std::pair{line + "," + other, "1560"}, std::pair{other, "940"}}) {
        IntakeAtDesk desk;
        desk.order(small_order("H1"));
        CHECK(desk.holds("S0000001").empty());
        auto again = replaced(small_order("H1"), line, lines);
        again = replaced(again, "\"goods_yen\":620", "\"goods_yen\":" + std::string(goods));
        again = replaced(again, "\"total_yen\":620", "\"total_yen\":" + std::string(goods));
        CHECK(std::holds_alternative<web::OrderConflicts>(desk.order(again)));
        CHECK(desk.holds("S0000001") == std::set{domain::HoldReason::to_confirm});
        CHECK(desk.list({.state = "open"}).records.front().reasons.front().code == "E-DUP-CONFLICT");
    }
}
