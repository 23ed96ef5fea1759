#include "server/plan/unknown_codes.hpp"

#include <doctest/doctest.h>

#include "adaptors/charset/charset.hpp"

using namespace kenpin;
using namespace kenpin::plan;

namespace {

ReceivedLine line(const char* code, const char* options = "") {
    ReceivedLine line;
    line.code = code;
    line.options = Private<std::string>(options);
    return line;
}
ReceivedOrder order(std::vector<ReceivedLine> lines) {
    ReceivedOrder order;
    order.lines = std::move(lines);
    return order;
}
Catalogue with_mug() {
    Catalogue catalogue;
    know_item(catalogue, Sku{"MUG-RED"});
    return catalogue;
}
CodeProposals proposals() {
    CodeProposals known([](const std::string& text) { return charset::nfkc(text).value(); });
    known.know_item(Sku{"MUG-RED"});
    known.know_barcode("4901234567894", Sku{"MUG-RED"}, Qty{1});
    known.know_barcode("14901234567891", Sku{"MUG-RED"}, Qty{12});
    return known;
}

}  // namespace

TEST_CASE("of an order each code that nobody knows is asked once, however it is written") {
    const auto unknown = lines_of_unknown_codes(
        order({line("NEW-1"), line("new-1"), line("MUG-RED"), line("NEW-2"), line("")}), with_mug());
    REQUIRE(unknown.size() == 2);
    CHECK(unknown[0].code == "NEW-1");
    CHECK(unknown[1].code == "NEW-2");
}

TEST_CASE("a code is asked for each choice of options, in whatever order they are written") {
    CHECK(compared(line("MUG", "色:赤 大きさ:M")) == compared(line("mug", "大きさ:M,色:赤")));
    CHECK_FALSE(compared(line("MUG", "色:赤 大きさ:M")) == compared(line("MUG", "色:青 大きさ:M")));
    CHECK(lines_of_unknown_codes(order({line("MUG", "色:赤"), line("MUG", "色:青")}), with_mug()).size() ==
          2);
}

TEST_CASE("a code written like an item's code or barcode is proposed, with the units of a case") {
    const auto known = proposals();
    CHECK(known.of("ｍｕｇ＿ｒｅｄ") == std::vector<CodeProposal>{{Sku{"MUG-RED"}, Qty{1}, "sku"}});
    CHECK(known.of("MUG−RED ") == std::vector<CodeProposal>{{Sku{"MUG-RED"}, Qty{1}, "sku"}});
    CHECK(known.of("490-1234-567894") == std::vector<CodeProposal>{{Sku{"MUG-RED"}, Qty{1}, "barcode"}});
    CHECK(known.of("１４９０１２３４５６７８９１") ==
          std::vector<CodeProposal>{{Sku{"MUG-RED"}, Qty{12}, "barcode"}});
}

TEST_CASE("what only resembles a code is not proposed, and of several meanings all are") {
    auto known = proposals();
    for (const char* code : {"MUG-RE", "MUG-REDD", "490123456789", "", "-"}) CHECK(known.of(code).empty());
    known.know_barcode("4901234567894", Sku{"MUG-OLD"}, Qty{1});
    CHECK(known.of("4901234567894").size() == 2);
}

TEST_CASE("a set is made of items: another set in it is refused, and so is what nobody knows") {
    auto catalogue = with_mug();
    know_shop_code(catalogue, "SET-1", "", {Sku{"MUG-RED"}, Qty{2}});
    CHECK(fault_of_part({Sku{"MUG-RED"}, Qty{1}}, catalogue).empty());
    CHECK(fault_of_part({Sku{"SET-1"}, Qty{1}}, catalogue) == "nested_set");
    CHECK(fault_of_part({Sku{"set-1"}, Qty{1}}, catalogue) == "nested_set");
    CHECK(fault_of_part({Sku{"NOBODY"}, Qty{1}}, catalogue) == "unknown_item");
}

TEST_CASE(
    "a code that is an item and stands in the table too means what the table says, and is an item as a "
    "part") {
    auto catalogue = with_mug();
    know_shop_code(catalogue, "MUG-RED", "", {Sku{"MUG-RED"}, Qty{6}});
    CHECK(items_of(catalogue, "MUG-RED") == std::vector<ItemPart>{{Sku{"MUG-RED"}, Qty{6}}});
    CHECK(fault_of_part({Sku{"MUG-RED"}, Qty{1}}, catalogue).empty());
}
