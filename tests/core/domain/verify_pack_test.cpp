#include "core/domain/verify_pack.hpp"

#include <doctest/doctest.h>

#include "core/domain/refusal.hpp"

using namespace kenpin;
using namespace kenpin::domain;

namespace {

PackTask shipment() {
    return {
        .shipment = ShipmentId{"S1"},
        .lines =
            {{LineNo{1}, Sku{"A"}, Qty{1}, Qty{0}, {{"4901234567894", Qty{1}}, {"14901234567891", Qty{6}}}},
             {LineNo{2}, Sku{"B"}, Qty{2}, Qty{0}, {{"4901234567894", Qty{1}}, {"INHOUSE-7", Qty{1}}}}},
        .pieces = {{.no = PieceNo{1}, .live = std::nullopt, .voided = {}}}};
}

PackVerdict scan(const PackTask& task, const char* bytes) {
    return verify_pack(task, classify({bytes, Symbology::unknown}, Expect::goods));
}

}  // namespace

TEST_CASE("goods are counted on the first line that has room; one JAN may stand on two items") {
    auto task = shipment();
    CHECK(std::get<GoodsRight>(scan(task, "4901234567894")).line == LineNo{1});
    count_goods(task, LineNo{1}, Qty{1});
    CHECK(std::get<GoodsRight>(scan(task, "4901234567894")).line == LineNo{2});
    count_goods(task, LineNo{2}, Qty{2});
    CHECK(std::holds_alternative<TooManyGoods>(scan(task, "4901234567894")));
    CHECK(goods_missing(task) == Qty{0});
}

TEST_CASE(
    "goods of another shipment, a case that is too much, and codes that are no goods are refused by name") {
    const auto task = shipment();
    CHECK(refusal_of(scan(task, "4901234567900")) == Refusal::wrong_item);
    CHECK(refusal_of(scan(task, "14901234567891")) == Refusal::too_many);
    CHECK(refusal_of(scan(task, "A000010000034A")) == Refusal::wrong_kind);
    CHECK(refusal_of(scan(task, "4901234567895")) == Refusal::unreadable);
    CHECK(refusal_of(scan(task, "INHOUSE-7")) == std::nullopt);
}
