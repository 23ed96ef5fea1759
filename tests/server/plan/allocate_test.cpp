#include "server/plan/allocate.hpp"

#include <algorithm>
#include <numeric>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace kenpin;
using namespace kenpin::plan;

namespace {

const Day today = *parse_day("2026-11-24");

WantsStock wants(const std::string& shipment, int ordered_at_ms, std::vector<WantedLine> lines) {
    return {ShipmentId{shipment}, from_ms(ordered_at_ms), std::move(lines)};
}
WantedLine line(int no, const std::string& sku, int wanted, int reserved = 0) {
    return {LineNo{no}, Sku{sku}, Qty{wanted}, Qty{reserved}};
}
ShelfStock shelf(const std::string& location, const std::string& sku, int free,
                 const char* expiry = nullptr) {
    return {LocationCode{location},
            true,
            Sku{sku},
            LotNo{},
            expiry ? parse_day(expiry) : std::nullopt,
            Qty{free}};
}
std::vector<ShelfPick> picks(const std::vector<WantedLine>& lines, std::vector<ShelfStock> shelves) {
    const auto chosen = choose_shelves(lines, shelves, today);
    return std::get<std::vector<ShelfPick>>(chosen);
}

}  // namespace

TEST_CASE("the oldest order gets the stock, whatever the order in which they are handed over") {
    const auto events = allocate({wants("S2", 200, {line(1, "A", 3)}), wants("S1", 100, {line(1, "A", 3)})},
                                 {{Sku{"A"}, Qty{4}}});
    REQUIRE(events.size() == 2);
    CHECK(events[0].shipment == ShipmentId{"S1"});
    CHECK(events[0].stock == domain::StockState::allocated);
    CHECK(events[1].stock == domain::StockState::partial);
    CHECK(events[1].lines[0].qty == Qty{1});
}

TEST_CASE("a shipment with one line out of stock keeps the others and is partial") {
    const auto events = allocate({wants("S1", 1, {line(1, "A", 1), line(2, "B", 1)})}, {{Sku{"A"}, Qty{9}}});
    REQUIRE(events.size() == 1);
    CHECK(events[0].stock == domain::StockState::partial);
    CHECK(events[0].lines[0].qty == Qty{1});
    CHECK(events[0].lines[1].qty == Qty{0});
}

TEST_CASE("nothing there, nothing said") {
    CHECK(allocate({wants("S1", 1, {line(1, "A", 1)})}, {}).empty());
}

TEST_CASE("goods that came in later complete what was partial") {
    const auto events = allocate({wants("S1", 1, {line(1, "A", 5, 2)})}, {{Sku{"A"}, Qty{3}}});
    REQUIRE(events.size() == 1);
    CHECK(events[0].stock == domain::StockState::allocated);
    CHECK(events[0].lines[0].qty == Qty{5});
}

TEST_CASE("never more is reserved than is free, and nothing that could be reserved is left") {
    CHECK(rc::check([] {
        const auto skus = std::vector<std::string>{"A", "B", "C"};
        std::vector<WantsStock> shipments;
        std::map<Sku, int> wanted;
        const int count = *rc::gen::inRange(0, 12);
        for (int s = 0; s < count; ++s) {
            std::vector<WantedLine> lines;
            const int lines_count = *rc::gen::inRange(1, 4);
            for (int l = 1; l <= lines_count; ++l) {
                lines.push_back(line(l, *rc::gen::elementOf(skus), *rc::gen::inRange(1, 9)));
                wanted[lines.back().sku] += lines.back().wanted.value;
            }
            shipments.push_back(wants("S" + std::to_string(s), *rc::gen::inRange(0, 5), lines));
        }
        std::map<Sku, Qty> free;
        for (const auto& sku : skus) free[Sku{sku}] = Qty{*rc::gen::inRange(0, 20)};
        std::map<Sku, int> reserved;
        for (const auto& event : allocate(shipments, free))
            for (const auto& one : event.lines) reserved[one.sku] += one.qty.value;
        for (const auto& [sku, qty] : free) RC_ASSERT(reserved[sku] == std::min(qty.value, wanted[sku]));
    }));
}

TEST_CASE("the lot that expires first is taken first, goods without a date last") {
    const auto taken = picks({line(1, "A", 3)}, {shelf("X-1", "A", 5), shelf("X-2", "A", 2, "2027-05-01"),
                                                 shelf("X-3", "A", 2, "2027-01-31")});
    REQUIRE(taken.size() == 2);
    CHECK(taken[0].location == LocationCode{"X-3"});
    CHECK(taken[0].qty == Qty{2});
    CHECK(taken[1].location == LocationCode{"X-2"});
    CHECK(taken[1].qty == Qty{1});
}

TEST_CASE("expired goods are never taken") {
    std::vector<ShelfStock> shelves{shelf("X-1", "A", 5, "2026-11-23")};
    CHECK(std::holds_alternative<NotOnShelf>(choose_shelves({line(1, "A", 1)}, shelves, today)));
}

TEST_CASE("one shelf that holds all is better than two, and the smaller of two such shelves is emptied") {
    const auto taken =
        picks({line(1, "A", 4)}, {shelf("X-1", "A", 3), shelf("X-2", "A", 50), shelf("X-3", "A", 4)});
    REQUIRE(taken.size() == 1);
    CHECK(taken[0].location == LocationCode{"X-3"});
}

TEST_CASE("a line larger than any shelf is picked from as few shelves as possible") {
    const auto taken =
        picks({line(1, "A", 8)}, {shelf("X-1", "A", 1), shelf("X-2", "A", 6), shelf("X-3", "A", 2)});
    REQUIRE(taken.size() == 2);
    CHECK(taken[0].location == LocationCode{"X-2"});
    CHECK(taken[1].location == LocationCode{"X-3"});
}

TEST_CASE("a shipment that cannot be picked whole takes nothing off any shelf") {
    std::vector<ShelfStock> shelves{shelf("X-1", "A", 5), shelf("X-2", "B", 1)};
    const auto chosen = choose_shelves({line(1, "A", 5), line(2, "B", 2)}, shelves, today);
    REQUIRE(std::holds_alternative<NotOnShelf>(chosen));
    CHECK(std::get<NotOnShelf>(chosen).line == LineNo{2});
    CHECK(std::get<NotOnShelf>(chosen).missing == Qty{1});
    CHECK(shelves[0].free == Qty{5});
    CHECK(shelves[1].free == Qty{1});
}

TEST_CASE("reserve shelves are not picked from") {
    std::vector<ShelfStock> shelves{shelf("R-1", "A", 5)};
    shelves[0].is_pick_shelf = false;
    CHECK(std::holds_alternative<NotOnShelf>(choose_shelves({line(1, "A", 1)}, shelves, today)));
}

TEST_CASE("what is picked is exactly what was wanted, and exactly that has left the shelves") {
    CHECK(rc::check([] {
        std::vector<ShelfStock> shelves;
        const int count = *rc::gen::inRange(1, 8);
        for (int i = 0; i < count; ++i)
            shelves.push_back(shelf("X-" + std::to_string(i),
                                    *rc::gen::elementOf(std::vector<std::string>{"A", "B"}),
                                    *rc::gen::inRange(0, 6)));
        const std::vector<WantedLine> lines{line(1, "A", *rc::gen::inRange(1, 10)),
                                            line(2, "B", *rc::gen::inRange(1, 10)),
                                            line(3, "A", *rc::gen::inRange(1, 4))};
        const auto sum = [](const auto& all) {
            return std::accumulate(all.begin(), all.end(), 0,
                                   [](int n, const auto& s) { return n + s.free.value; });
        };
        const int before = sum(shelves);
        const auto chosen = choose_shelves(lines, shelves, today);
        const auto* taken = std::get_if<std::vector<ShelfPick>>(&chosen);
        int picked = 0;
        std::map<LineNo, int> by_line;
        if (taken)
            for (const auto& pick : *taken) {
                RC_ASSERT(pick.qty >= Qty{1});
                picked += pick.qty.value;
                by_line[pick.shipment_line] += pick.qty.value;
            }
        for (const auto& shelf_now : shelves) RC_ASSERT(shelf_now.free >= Qty{0});
        RC_ASSERT(sum(shelves) == before - picked);
        if (taken)
            for (const auto& wanted : lines) RC_ASSERT(by_line[wanted.line] == wanted.wanted.value);
    }));
}
