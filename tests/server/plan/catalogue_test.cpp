#include "server/plan/catalogue.hpp"

#include <doctest/doctest.h>

using namespace kenpin;
using namespace kenpin::plan;

namespace {

Catalogue known() {
    Catalogue catalogue;
    for (const auto* sku : {"G-1", "G-2", "tea-s", "TEA-S", "mug"}) know_item(catalogue, Sku{sku});
    know_shop_code(catalogue, "gift-box", {}, {Sku{"G-1"}, Qty{2}});
    know_shop_code(catalogue, "gift-box", {}, {Sku{"G-2"}, Qty{1}});
    know_shop_code(catalogue, "ribbon", "カラー:赤 長さ:2m", {Sku{"G-1"}, Qty{1}});
    know_shop_code(catalogue, "ribbon", "カラー:青 長さ:2m", {Sku{"G-2"}, Qty{1}});
    return catalogue;
}

using Parts = std::vector<ItemPart>;

}  // namespace

TEST_CASE("a set is taken apart into its items") {
    CHECK(items_of(known(), "gift-box") == Parts{{Sku{"G-1"}, Qty{2}}, {Sku{"G-2"}, Qty{1}}});
}

TEST_CASE("the options chosen decide which item a shop's code means, in whatever order they are written") {
    CHECK(items_of(known(), "ribbon", "カラー:赤\n長さ:2m") == Parts{{Sku{"G-1"}, Qty{1}}});
    CHECK(items_of(known(), "ribbon", "長さ:2m, カラー:青") == Parts{{Sku{"G-2"}, Qty{1}}});
    CHECK(items_of(known(), "ribbon", "カラー:緑 長さ:2m").empty());
    CHECK(items_of(known(), "ribbon").empty());
}

TEST_CASE("an item's own code means itself, however its letters' case was written") {
    CHECK(items_of(known(), "g-1") == Parts{{Sku{"G-1"}, Qty{1}}});
    CHECK(items_of(known(), " MUG ") == Parts{{Sku{"mug"}, Qty{1}}});
    CHECK(items_of(known(), "G-9").empty());
}

TEST_CASE("a code that fits two items apart from its case means neither, unless it is one exactly") {
    CHECK(items_of(known(), "tea-s") == Parts{{Sku{"tea-s"}, Qty{1}}});
    CHECK(items_of(known(), "Tea-S").empty());
}

TEST_CASE("a set with a part that is no item means nothing, not a part of it; a set in a set is none") {
    auto catalogue = known();
    know_shop_code(catalogue, "half-known", {}, {Sku{"G-1"}, Qty{1}});
    know_shop_code(catalogue, "half-known", {}, {Sku{"NOBODY"}, Qty{1}});
    know_shop_code(catalogue, "nested", {}, {Sku{"gift-box"}, Qty{1}});
    CHECK(items_of(catalogue, "half-known").empty());
    CHECK(items_of(catalogue, "nested").empty());
}

TEST_CASE("what the table says of a code comes before an item of the same code") {
    auto catalogue = known();
    know_shop_code(catalogue, "G-1", {}, {Sku{"G-1"}, Qty{6}});
    CHECK(items_of(catalogue, "g-1") == Parts{{Sku{"G-1"}, Qty{6}}});
}
