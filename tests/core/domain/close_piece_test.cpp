#include "core/domain/close_piece.hpp"

#include <doctest/doctest.h>

#include "core/domain/refusal.hpp"
#include "tests/support/property.hpp"

using namespace kenpin;
using namespace kenpin::domain;

namespace {

const std::string right_number = "000010000034";
const std::string other_number = "000010000060";

PackTask one_piece(int wanted, int verified) {
    return {.shipment = ShipmentId{"S1"},
            .lines = {{LineNo{1}, Sku{"A"}, Qty{wanted}, Qty{verified}, {{"4901234567894", Qty{1}}}}},
            .pieces = {{.no = PieceNo{1},
                        .live = TrackingNo{right_number},
                        .voided = {},
                        .waybill = WaybillState::issued}}};
}

WaybillVerdict match(const PackTask& task, const std::string& bytes, const KnownWaybills& known = {}) {
    return match_waybill(task, classify({bytes, Symbology::codabar}, Expect::waybill), known);
}

CloseVerdict close(const PackTask& task, const std::string& bytes) {
    return may_close_piece(task, match(task, bytes));
}

template <class T>
bool is(const auto& verdict) {
    return std::holds_alternative<T>(verdict);
}

}  // namespace

TEST_CASE("a piece is closed by its own living waybill once all goods are verified") {
    const auto verdict = close(one_piece(2, 2), "A" + right_number + "A");
    REQUIRE(is<MayClose>(verdict));
    CHECK(std::get<MayClose>(verdict).piece == PieceNo{1});
}

TEST_CASE("a piece is never closed without a waybill scan") {
    CHECK(is<WaybillNotMatched>(may_close_piece(one_piece(2, 2), std::nullopt)));
}

TEST_CASE("a piece is never closed by another shipment's waybill") {
    const auto task = one_piece(1, 1);
    const auto known = match(task, other_number, {{TrackingNo{other_number}, ShipmentId{"S2"}}});
    REQUIRE(is<AnotherShipmentsWaybill>(known));
    CHECK(std::get<AnotherShipmentsWaybill>(known).shipment == ShipmentId{"S2"});
    CHECK(is<WaybillNotMatched>(may_close_piece(task, known)));
    CHECK(is<WaybillNotMatched>(close(task, other_number)));
    CHECK(refusal_of(close(task, other_number)) == Refusal::another_waybill);
}

TEST_CASE("a piece is not closed while goods are missing, even by the right waybill") {
    const auto verdict = close(one_piece(3, 1), right_number);
    REQUIRE(is<GoodsMissing>(verdict));
    CHECK(std::get<GoodsMissing>(verdict).pieces == Qty{2});
}

TEST_CASE(
    "goods counted once too often, by a bench whose disk was put back, stand in for no others and are in "
    "nobody's way") {
    auto task = one_piece(2, 3);
    CHECK(is<MayClose>(close(task, right_number)));
    task.lines.push_back({LineNo{2}, Sku{"B"}, Qty{1}, Qty{0}, {{"4901234567900", Qty{1}}}});
    CHECK(goods_missing(task) == Qty{1});
    CHECK(is<GoodsMissing>(close(task, right_number)));
}

TEST_CASE("nothing of a shipment that was stopped meanwhile is closed") {
    auto task = one_piece(1, 1);
    task.stopped = true;
    CHECK(is<ShipmentStopped>(close(task, right_number)));
    CHECK_FALSE(may_ship(task));
    task.is_short = true;
    CHECK(refusal_of(close(task, right_number)) == Refusal::short_of_goods);
}

TEST_CASE("a voided label, a label that already closed its box, and a number not issued yet are named") {
    auto task = one_piece(1, 1);
    task.pieces[0].voided = {TrackingNo{other_number}};
    CHECK(is<VoidedWaybill>(match(task, other_number)));
    close_piece(task, PieceNo{1});
    CHECK(is<WaybillAlreadyOn>(match(task, right_number)));
    CHECK(may_ship(task));

    auto not_issued = one_piece(1, 1);
    not_issued.pieces[0].live.reset();
    CHECK(is<WaybillNotIssued>(match(not_issued, right_number)));
    issue_waybill(not_issued, PieceNo{1}, TrackingNo{right_number});
    CHECK(is<MayClose>(close(not_issued, right_number)));
}

TEST_CASE(
    "a number that covers all pieces closes them one after the other, one that covers one piece does not") {
    auto task = one_piece(1, 1);
    task.covers = TrackingCovers::all_pieces;
    task.pieces.push_back(task.pieces[0]);
    task.pieces[1].no = PieceNo{2};
    CHECK(std::get<MayClose>(close(task, right_number)).piece == PieceNo{1});
    close_piece(task, PieceNo{1});
    CHECK_FALSE(may_ship(task));
    CHECK(std::get<MayClose>(close(task, right_number)).piece == PieceNo{2});

    task.pieces[1].live = TrackingNo{other_number};
    CHECK(is<WaybillAlreadyOn>(match(task, right_number)));
    CHECK(std::get<MayClose>(close(task, other_number)).piece == PieceNo{2});
}

TEST_CASE("an item is not a waybill") {
    CHECK(is<NotAWaybill>(match_waybill(one_piece(1, 1), GoodsCode{"4901234567894"}, {})));
    CHECK(refusal_of(may_close_piece(one_piece(1, 1), WaybillVerdict{NotAWaybill{}})) == Refusal::wrong_kind);
}

TEST_CASE("whatever is scanned, a piece that may close has all its goods and its own label") {
    test::holds("closing is safe", [] {
        const int wanted = *rc::gen::inRange(1, 5);
        auto task = one_piece(wanted, *rc::gen::inRange(0, wanted + 1));
        task.stopped = *rc::gen::arbitrary<bool>();
        const auto number =
            *rc::gen::elementOf(std::vector<std::string>{right_number, other_number, "4901234567894"});
        const auto verdict = may_close_piece(task, match(task, number));
        if (is<MayClose>(verdict)) {
            RC_ASSERT(goods_missing(task) == Qty{0});
            RC_ASSERT(number == right_number);
            RC_ASSERT(!task.stopped);
        }
    });
}
