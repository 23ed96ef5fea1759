#include "core/domain/verify_pick.hpp"

#include <doctest/doctest.h>

#include "core/domain/refusal.hpp"
#include "tests/support/property.hpp"

using namespace kenpin;
using namespace kenpin::domain;

namespace {

PickLine line(int no, int slot, const char* location, const char* jan, int wanted) {
    return {.no = LineNo{no},
            .shipment = ShipmentId{"S" + std::to_string(slot)},
            .slot = SlotNo{slot},
            .location = LocationCode{location},
            .sku = Sku{jan},
            .wanted = Qty{wanted},
            .in_hand = Qty{0},
            .in_slot = Qty{0},
            .codes = {{jan, Qty{1}}, {"14901234567891", Qty{6}}}};
}

PickTask two_lines() {
    return {
        .list = ListId{"P1"},
        .rules = {},
        .slots = {{SlotNo{1}, ShipmentId{"S1"}, ToteCode{"T1"}},
                  {SlotNo{2}, ShipmentId{"S2"}, ToteCode{"T2"}}},
        .lines = {line(1, 1, "A-01-01-1", "4901234567894", 2), line(2, 2, "A-01-02-1", "4901234567900", 1)}};
}

PickVerdict scan(const PickTask& task, const std::string& bytes) {
    return verify_pick(task, classify({bytes, Symbology::unknown}, expected_at(step_of(task))));
}

std::string tote(const std::string& body) {
    return *make_own_code(OwnKind::tote, body);
}

template <class T>
bool is(const PickVerdict& verdict) {
    return std::holds_alternative<T>(verdict);
}

}  // namespace

TEST_CASE("a list asks for a box in every slot before the first shelf, and a box stands in one slot only") {
    auto task = two_lines();
    task.slots[0].tote.reset();
    task.slots[1].tote.reset();
    CHECK(step_of(task) == PickStep::bind_tote);

    const auto first = scan(task, tote("T1"));
    REQUIRE(is<ToteBound>(first));
    bind_tote(task, std::get<ToteBound>(first).slot, std::get<ToteBound>(first).tote);
    CHECK(is<ToteInUse>(scan(task, tote("T1"))));
    CHECK(is<WrongKindOfCode>(scan(task, "4901234567894")));
    CHECK(std::get<ToteBound>(scan(task, tote("T2"))).slot == SlotNo{2});
}

TEST_CASE("each line is location, goods, slot, in this order") {
    auto task = two_lines();
    CHECK(step_of(task) == PickStep::location);
    CHECK(is<WrongLocation>(scan(task, "A-01-02-1")));
    CHECK(is<LocationRight>(scan(task, "A-01-01-1")));
    CHECK(is<LocationRight>(scan(task, *make_own_code(OwnKind::location, "A-01-01-1"))));

    confirm_location(task, LineNo{1});
    CHECK(step_of(task) == PickStep::item);
    CHECK(is<WrongItem>(scan(task, "4901234567900")));
    CHECK(is<ItemRight>(scan(task, "4901234567894")));
    take_item(task, LineNo{1}, Qty{2});

    CHECK(step_of(task) == PickStep::slot);
    CHECK(std::get<WrongSlot>(scan(task, tote("T2"))).wanted == SlotNo{1});
    CHECK(std::get<SlotRight>(scan(task, tote("T1"))).units == Qty{2});
    put_in_slot(task, LineNo{1}, Qty{2});
    CHECK(current_line(task)->no == LineNo{2});
}

TEST_CASE("one piece too many is refused, by the piece, by the case and after the last piece") {
    auto task = two_lines();
    confirm_location(task, LineNo{1});
    CHECK(std::get<TooMany>(scan(task, "14901234567891")).units == Qty{6});
    take_item(task, LineNo{1}, Qty{2});
    CHECK(is<TooMany>(scan(task, "4901234567894")));
}

TEST_CASE("a case counts as its content") {
    auto task = two_lines();
    task.lines[0].wanted = Qty{6};
    confirm_location(task, LineNo{1});
    CHECK(std::get<ItemRight>(scan(task, "14901234567891")).units == Qty{6});
}

TEST_CASE("a site that scans neither shelves nor slots picks by goods alone") {
    auto task = two_lines();
    task.rules = {.scan_location = false, .scan_slot = false};
    CHECK(step_of(task) == PickStep::item);
    take_item(task, LineNo{1}, Qty{1});
    take_item(task, LineNo{1}, Qty{1});
    CHECK(current_line(task)->no == LineNo{2});
    take_item(task, LineNo{2}, Qty{1});
    CHECK(step_of(task) == PickStep::done);
    CHECK(is<ListDone>(scan(task, "4901234567894")));
}

TEST_CASE("nothing more is picked into a slot that was stopped; when all are, the list is done") {
    auto task = two_lines();
    const auto first = task.lines[0].slot;
    for (auto& slot : task.slots) {
        slot.tote.reset();
        slot.stopped = slot.no == first;
    }
    take_item(task, LineNo{1}, Qty{1});
    for (const auto& line : task.lines)
        if (line.slot != first) CHECK(current_line(task)->no == line.no);
    CHECK(next_empty_slot(task)->no != first);
    for (auto& slot : task.slots) slot.stopped = true;
    CHECK(step_of(task) == PickStep::done);
    CHECK_FALSE(next_empty_slot(task));
}

TEST_CASE("every refusal at picking has a name, every acceptance has none") {
    auto task = two_lines();
    CHECK(refusal_of(scan(task, "A-09-09-9")) == Refusal::wrong_location);
    CHECK(refusal_of(scan(task, "A-01-01-1")) == std::nullopt);
    CHECK(refusal_of(scan(task, "4901234567895")) == Refusal::unreadable);
}

TEST_CASE("whatever is scanned, no line ever holds more than it wants") {
    test::holds("pick never exceeds", [] {
        const std::vector<std::string> codes{"A-01-01-1",      "A-01-02-1", "4901234567894", "4901234567900",
                                             "14901234567891", tote("T1"),  tote("T2"),      "junk"};
        auto task = two_lines();
        task.lines[0].wanted = Qty{*rc::gen::inRange(1, 14)};
        for (const auto& bytes : *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(codes))) {
            const auto verdict = scan(task, bytes);
            if (const auto* v = std::get_if<LocationRight>(&verdict)) confirm_location(task, v->line);
            if (const auto* v = std::get_if<ItemRight>(&verdict)) take_item(task, v->line, v->units);
            if (const auto* v = std::get_if<SlotRight>(&verdict)) put_in_slot(task, v->line, v->units);
            for (const auto& l : task.lines) RC_ASSERT(l.in_hand.value + l.in_slot.value <= l.wanted.value);
        }
    });
}

TEST_CASE("what is not on the shelf is asked for no more, and what is in hand is put away") {
    auto task = two_lines();
    CHECK_FALSE(short_now(task));  // nobody looked at the shelf yet
    confirm_location(task, LineNo{1});
    CHECK(short_now(task) == Qty{2});
    take_item(task, LineNo{1}, Qty{1});
    CHECK(short_now(task) == Qty{1});

    note_missing(task, LineNo{1}, Qty{1});
    CHECK(step_of(task) == PickStep::slot);
    CHECK_FALSE(short_now(task));  // all that was found is in hand
    CHECK(is<TooMany>(scan(task, "4901234567894")));
    put_in_slot(task, LineNo{1}, Qty{1});
    CHECK(current_line(task)->no == LineNo{2});
}

TEST_CASE("a line of which nothing is there is over at once, and a list of which nothing is there too") {
    auto task = two_lines();
    confirm_location(task, LineNo{1});
    note_missing(task, LineNo{1}, *short_now(task));
    CHECK(current_line(task)->no == LineNo{2});
    confirm_location(task, LineNo{2});
    note_missing(task, LineNo{2}, *short_now(task));
    CHECK(step_of(task) == PickStep::done);
}

TEST_CASE("where slots are not scanned, what is in hand counts as put away when the rest is short") {
    auto task = two_lines();
    task.rules.scan_slot = false;
    confirm_location(task, LineNo{1});
    take_item(task, LineNo{1}, Qty{1});
    note_missing(task, LineNo{1}, Qty{1});
    CHECK(task.lines[0].in_slot == Qty{1});
    CHECK(current_line(task)->no == LineNo{2});
}
