#include "printers/layout/papers.hpp"

#include <doctest/doctest.h>

using namespace kenpin;
using namespace kenpin::layout;

namespace {

protocol::PrintDocument document() {
    protocol::PrintDocument out;
    out.shipment = {"S26112400017"};
    out.order_shown = "412345-1";
    out.ship_day = *parse_day("2026-11-24");
    out.ordered_on = "2026-11-23";
    out.wished_day = "2026-11-26";
    out.carrier = "かもめ運輸";
    out.ship_to = {Private<std::string>("1600022"), Private<std::string>("東京都新宿区新宿三丁目99番99号"),
                   Private<std::string>("髙﨑 𠮷之介"), Private<std::string>("090-0000-0000")};
    out.buyer_name = Private<std::string>("山田 試験子");
    out.sender.name = "あおぞら雑貨店";
    out.sender.postcode = "5300001";
    out.sender.address = "大阪府大阪市北区梅田九丁目99-9";
    out.waybills = {{{1}, 2, TrackingNo{"491234567894"}}, {{2}, 2, std::nullopt}};
    out.lines = {{"マグカップ", {"MUG-01"}, {2}, {1'100}, 10}};
    out.shipping = {550};
    out.discount = {100};
    return out;
}

}  // namespace

TEST_CASE("the waybill of a piece takes its number and the addressee; an unknown number has no paper yet") {
    const auto waybill = waybill_of(document(), {1}, 3);
    REQUIRE(waybill);
    CHECK(waybill.value().tracking.value == "491234567894");
    CHECK(waybill.value().recipient.postcode.reveal() == "160-0022");
    CHECK(waybill.value().copy_no == 3);
    CHECK(waybill.value().pieces == 2);
    CHECK(waybill.value().wished_day == parse_day("2026-11-26"));
    CHECK(waybill_of(document(), {2}, 1).error().kind == Error::Kind::refused);
    CHECK(waybill_of(document(), {3}, 1).error().kind == Error::Kind::not_found);
}

TEST_CASE("the slip names the buyer and the fees; a gift names the one who gets it and no money") {
    const auto slip = slip_of(document());
    CHECK(slip.recipient_name.reveal() == "山田 試験子");
    REQUIRE(slip.lines.size() == 3);
    CHECK(slip.lines[1].name == "送料");
    CHECK(slip.lines[2].unit_price.value == -100);
    CHECK(slip.shipment_code.starts_with("KS"));
    auto gift = document();
    gift.is_gift = true;
    CHECK(slip_of(gift).recipient_name.reveal() == "髙﨑 𠮷之介");
    CHECK(slip_of(gift).lines.size() == 1);
}
