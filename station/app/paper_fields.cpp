#include "station/app/paper_fields.hpp"

#include <algorithm>

#include "core/domain/barcode.hpp"

namespace kenpin::app {
namespace {

std::string with_hyphen(const std::string& postcode) {
    return postcode.size() == 7 ? postcode.substr(0, 3) + "-" + postcode.substr(3) : postcode;
}

layout::Party party(const protocol::Address& address) {
    return {.postcode = Private<std::string>(with_hyphen(address.postcode.reveal())),
            .lines = Private<std::vector<std::string>>({address.lines.reveal()}),
            .name = address.name,
            .phone = address.phone};
}

layout::Party party(const protocol::Sender& sender) {
    return {.postcode = Private<std::string>(with_hyphen(sender.postcode)),
            .lines = Private<std::vector<std::string>>({sender.address}),
            .name = Private<std::string>(sender.name),
            .phone = Private<std::string>(sender.phone)};
}

void add_amount(std::vector<layout::SlipLine>& lines, const char* name, Yen amount) {
    if (amount == Yen{0}) return;
    lines.push_back({.sku = {}, .name = name, .quantity = Qty{1}, .unit_price = amount, .tax_percent = 10});
}

std::vector<layout::SlipLine> slip_lines(const protocol::PrintDocument& document) {
    std::vector<layout::SlipLine> lines;
    for (const auto& line : document.lines)
        lines.push_back({.sku = line.sku.value,
                         .name = line.name,
                         .quantity = line.qty,
                         .unit_price = line.unit_price,
                         .tax_percent = line.tax_rate_percent});
    add_amount(lines, "送料", document.shipping);
    add_amount(lines, "手数料", document.fee);
    add_amount(lines, "値引", Yen{-document.discount.value});
    return lines;
}

std::vector<std::string> shop_lines(const protocol::Sender& sender) {
    std::vector<std::string> lines;
    if (!sender.postcode.empty()) lines.push_back("〒" + with_hyphen(sender.postcode));
    for (const auto* text : {&sender.address, &sender.phone, &sender.mail})
        if (!text->empty()) lines.push_back(*text);
    return lines;
}

}  // namespace

Result<layout::WaybillFields> waybill_fields(const protocol::PrintDocument& document, PieceNo piece,
                                             int copy) {
    const auto part = std::find_if(document.waybills.begin(), document.waybills.end(),
                                   [&](const auto& waybill) { return waybill.piece == piece; });
    if (part == document.waybills.end() || !part->tracking)
        return Error{Error::Kind::not_found, "the piece has no tracking number yet"};
    layout::WaybillFields fields;
    fields.carrier_name = document.carrier;
    fields.service_name = document.service;
    fields.tracking = *part->tracking;
    fields.piece = piece;
    fields.pieces = part->pieces;
    fields.copy_no = copy;
    fields.recipient = party(document.ship_to);
    fields.sender = party(document.sender);
    fields.shipment = document.shipment;
    fields.order_no = document.order_shown;
    fields.wished_day = parse_day(document.wished_day);
    fields.wished_slot = document.wished_slot;
    fields.ship_day = document.ship_day;
    fields.contents = document.contents;
    return fields;
}

layout::SlipFields slip_fields(const protocol::PrintDocument& document) {
    const auto& shipment = document.shipment;
    return {.shop_name = document.sender.name,
            .shop_lines = shop_lines(document.sender),
            .registration_no = document.sender.registration_no,
            .order_no = document.order_shown,
            .order_day = parse_day(document.ordered_on),
            .ship_day = document.ship_day,
            .shipment = shipment,
            .shipment_code =
                domain::make_own_code(domain::OwnKind::shipment, shipment.value).value_or(std::string{}),
            .recipient_name = document.ship_to.name,
            .lines = slip_lines(document),
            .prices_include_tax = true,
            .is_gift = document.is_gift,
            .message = document.sender.message};
}

}  // namespace kenpin::app
