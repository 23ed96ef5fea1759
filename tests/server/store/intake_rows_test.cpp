// The list of what came in: narrowed, counted and read in pages, however long it has grown.
#include "server/store/intake_rows.hpp"

#include <functional>

#include "tests/server/store/floor_story.hpp"

using namespace kenpin;
using namespace kenpin::store;

namespace {

struct Came {
    const char* number;
    const char* shop;
    const char* outcome;
    const char* codes;
    const char* state;
    const char* at;
};

struct LongList : FloorStory {
    std::int64_t position = 0;

    void came(const Came& order) {
        position += 3;
        read([&](sqlite::Tx& tx) {
            tx.run(
                "INSERT INTO order_intake (site, owner, position, order_id, shop, number_in_shop, outcome, "
                "codes, "
                "handling, file, record, detail, records_hash, received_file, state, came_ms) VALUES (?, ?, "
                "?, ?, "
                "?, ?, ?, ?, '', 'day.csv', 1, '', '', '', ?, ?)",
                site, owner, position, OrderId{std::string(order.shop) + ":" + order.number},
                ShopId{order.shop}, std::string(order.number), std::string(order.outcome),
                std::string(order.codes), std::string(order.state), *parse_instant(order.at));
            return 0;
        });
    }
    LongList() {
        came({"A-1001", "HONTEN", "accept", "", "taken", "2026-11-23T23:59:59+09:00"});
        came({"A-1002", "HONTEN", "hold", "E-SKU W-REMARK", "open", "2026-11-24T00:00:00+09:00"});
        came({"B-1003", "MALL", "reject", "E-POSTCODE", "open", "2026-11-24T12:00:00+09:00"});
        came({"B_1004", "MALL", "accept", "W-REMARK", "taken", "2026-11-24T23:59:59+09:00"});
        came({"B-1005", "MALL", "hold", "E-SKUS", "closed", "2026-11-25T00:00:00+09:00"});
    }
    std::string numbers(const IntakeFilter& filter) {
        std::string all;
        for (const auto& row : read([&](sqlite::Tx& tx) { return intake_rows(tx, site, filter); }))
            all += (all.empty() ? "" : " ") + row.number_in_shop;
        return all;
    }
    std::string counts(const IntakeFilter& filter) {
        std::string all;
        for (const auto& row : read([&](sqlite::Tx& tx) { return intake_counts(tx, site, filter); }))
            all +=
                (all.empty() ? "" : ", ") + row.outcome + " " + row.state + " " + std::to_string(row.count);
        return all;
    }
    /// How the database goes about it, one step a line.
    std::string way_to(const std::string& sql) {
        return read([&](sqlite::Tx& tx) {
            std::string all;
            for (const auto& [id, parent, idle, detail] :
                 tx.rows<int, int, int, std::string>("EXPLAIN QUERY PLAN " + idle_parameters(sql)))
                all += detail + "\n";
            return all;
        });
    }
    static std::string idle_parameters(std::string sql) {
        for (auto at = sql.find('?'); at != std::string::npos; at = sql.find('?', at))
            sql.replace(at, 1, "'x'");
        return sql;
    }
};

IntakeFilter only(const std::function<void(IntakeFilter&)>& narrow) {
    IntakeFilter filter;
    narrow(filter);
    return filter;
}

const IntakeFilter of_day = only([](auto& f) { f.day = parse_day("2026-11-24"); });
const IntakeFilter of_code = only([](auto& f) { f.code = "E-SKU"; });
const IntakeFilter of_number = only([](auto& f) { f.number = "100"; });
const IntakeFilter of_shop = only([](auto& f) { f.shop = "MALL"; });
const IntakeFilter held = only([](auto& f) { f.outcome = "hold"; });
const IntakeFilter open = only([](auto& f) { f.state = "open"; });
const IntakeFilter on_hold = only([](auto& f) { f.state = held_now; });

}  // namespace

TEST_CASE_FIXTURE(LongList,
                  "the list of what came in is narrowed by each thing one looks for, newest first") {
    CHECK(numbers({}) == "B-1005 B_1004 B-1003 A-1002 A-1001");
    CHECK(numbers(held) == "B-1005 A-1002");
    CHECK(numbers(open) == "B-1003 A-1002");
    CHECK(numbers(of_shop) == "B-1005 B_1004 B-1003");
    CHECK(numbers(on_hold).empty());      // those that are held were never taken
    CHECK(numbers(of_code) == "A-1002");  // not E-SKUS
    CHECK(numbers(of_day) == "B_1004 B-1003 A-1002");
    CHECK(numbers(only([](auto& f) { f.number = "B_1"; })) == "B_1004");  // as it is written
    CHECK(numbers(only([](auto& f) {
              f.number = "100";
              f.shop = "HONTEN";
              f.day = of_day.day;
          })) == "A-1002");
}

TEST_CASE_FIXTURE(LongList, "a page begins behind the last record of the page before") {
    auto page = of_number;
    page.limit = 2;
    CHECK(numbers(page) == "B-1005 B_1004");
    page.before_position = 12;
    CHECK(numbers(page) == "B-1003 A-1002");
    page.before_position = 6;
    CHECK(numbers(page) == "A-1001");
}

TEST_CASE_FIXTURE(LongList, "the list is counted by outcome and state, whatever of them is shown") {
    CHECK(counts({}) == "accept taken 2, hold closed 1, hold open 1, reject open 1");
    CHECK(counts(held) == counts({}));
    CHECK(counts(of_shop) == "accept taken 1, hold closed 1, reject open 1");
    CHECK(counts(of_code) == "hold open 1");
    CHECK(counts(of_number) == counts({}));
    CHECK(counts(of_day) == "accept taken 1, hold open 1, reject open 1");
}

TEST_CASE_FIXTURE(LongList, "no page of a long list reads or sorts the whole of it") {
    if (!fresh.url().starts_with("sqlite:"))
        return;  // how PostgreSQL goes about it depends on what lies there
    for (const auto& filter : {IntakeFilter{}, of_code, of_shop, held, open}) {
        const auto way = way_to(intake_page_sql(filter));
        INFO(way);
        CHECK(way.find("position<?") != std::string::npos);
        CHECK(way.find("TEMP B-TREE") == std::string::npos);
    }
    CHECK(way_to(intake_page_sql(on_hold)).find("order_intake_of_order") !=
          std::string::npos);                         // the holds lead to it
    for (const auto& filter : {of_day, of_number}) {  // few are found, and those are sorted
        const auto way = way_to(intake_page_sql(filter));
        INFO(way);
        CHECK((way.find("came_ms>?") != std::string::npos || way.find("position=?") != std::string::npos));
    }
    for (const auto& filter : {IntakeFilter{}, of_code, of_number, of_shop, held, open, of_day}) {
        const auto way = way_to(intake_counts_sql(filter));
        INFO(way);
        CHECK(way.find("SCAN") == std::string::npos);
        CHECK(way.find("order_intake USING INDEX") ==
              std::string::npos);  // from the index alone, no record is read
    }
}

TEST_CASE_FIXTURE(LongList,
                  "an order's own records are found without those of the others that wait beside it") {
    if (!fresh.url().starts_with("sqlite:")) return;
    CHECK(way_to(intake_of_order_sql()).find("order_id=?") != std::string::npos);
    CHECK(way_to(refused_before_sql()).find("records_hash=?") != std::string::npos);
    for (const auto& sql : {intake_of_order_sql(), refused_before_sql()})
        CHECK(way_to(sql).find("TEMP B-TREE") == std::string::npos);
}

TEST_CASE_FIXTURE(FloorStory,
                  "orders of one person stand together until their work begins or something holds them") {
    const auto waiting = [&] {
        return read([&](sqlite::Tx& tx) { return orders_to_consolidate(tx, site, owner); });
    };
    stock_arrives(10, 10);
    order_arrives();
    shipment_is_planned();
    stock_is_allocated();
    CHECK(waiting().empty());  // nobody knows yet whose it is
    read([&](sqlite::Tx& tx) {
        put_addressee(tx, site, owner, BuyerTextId{"bt-1"}, {.name = "n", .address = "a", .phone = "p"});
        tx.run(
            "INSERT INTO order_intake (site, owner, position, order_id, shop, number_in_shop, outcome, "
            "codes, "
            "handling, file, record, detail, records_hash, received_file, state, came_ms) VALUES (?, ?, 1, "
            "?, ?, "
            "'1', 'accept', '', 'COD', '', 0, '', '', '', 'taken', 0)",
            site, owner, order_id(), shop);
        return 0;
    });
    REQUIRE(waiting().size() == 1);
    CHECK(waiting()[0].is_cod);
    CHECK(waiting()[0].temperature == "ambient");
    CHECK(waiting()[0].addressee.phone == "p");
    waybill_is_issued();
    list_is_started();
    CHECK(waiting().empty());
}
