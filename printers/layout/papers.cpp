#include "printers/layout/papers.hpp"

#include <algorithm>

#include "core/domain/barcode.hpp"

namespace kenpin::layout {

namespace {

using protocol::PrintDocument;

Party party_of(const protocol::Address& address) {
    return {Private<std::string>(shown_postcode(address.postcode.reveal())),
            Private<std::vector<std::string>>({address.lines.reveal()}), address.name, address.phone};
}

Party party_of(const protocol::Sender& sender) {
    return {Private<std::string>(shown_postcode(sender.postcode)),
            Private<std::vector<std::string>>({sender.address}), Private<std::string>(sender.name),
            Private<std::string>(sender.phone)};
}

void add_fee(SlipFields& slip, const char* name, Yen price) {
    if (price.value != 0) slip.lines.push_back({"", name, {1}, price, 10});
}

std::vector<std::string> shop_lines(const protocol::Sender& sender) {
    std::vector<std::string> out{"〒" + shown_postcode(sender.postcode) + " " + sender.address};
    if (!sender.phone.empty()) out.push_back("TEL " + sender.phone);
    if (!sender.mail.empty()) out.push_back(sender.mail);
    return out;
}

// "AM" and "19-21" are names of slots; drivers read 午前中 and 19〜21時.
std::string slot_on_paper(const std::string& slot) {
    if (slot == "AM") return "午前中";
    const auto dash = slot.find('-');
    if (dash == std::string::npos) return slot;
    return slot.substr(0, dash) + "〜" + slot.substr(dash + 1) + "時";
}

}  // namespace

std::string shown_postcode(const std::string& postcode) {
    const bool digits = postcode.find_first_not_of("0123456789") == std::string::npos;
    return digits && postcode.size() == 7 ? postcode.substr(0, 3) + "-" + postcode.substr(3) : postcode;
}

Result<WaybillFields> waybill_of(const PrintDocument& document, PieceNo piece, int copy_no) {
    const auto part = std::find_if(document.waybills.begin(), document.waybills.end(),
                                   [&](const auto& known) { return known.piece == piece; });
    if (part == document.waybills.end())
        return Error{Error::Kind::not_found, "the document has no such piece"};
    if (!part->tracking) return Error{Error::Kind::refused, "the tracking number is not known yet"};
    WaybillFields out;
    out.carrier_name = document.carrier;
    out.service_name = document.service;
    out.tracking = *part->tracking;
    out.piece = piece;
    out.pieces = part->pieces;
    out.copy_no = copy_no;
    out.recipient = party_of(document.ship_to);
    out.sender = party_of(document.sender);
    out.shipment = document.shipment;
    out.order_no = document.order_shown;
    out.wished_day = parse_day(document.wished_day);
    out.wished_slot = slot_on_paper(document.wished_slot);
    out.ship_day = document.ship_day;
    out.contents = document.contents;
    return out;
}

SlipFields slip_of(const PrintDocument& document) {
    SlipFields out;
    out.shop_name = document.sender.name;
    out.shop_lines = shop_lines(document.sender);
    out.registration_no = document.sender.registration_no;
    out.order_no = document.order_shown;
    out.order_day = parse_day(document.ordered_on);
    out.ship_day = document.ship_day;
    out.shipment = document.shipment;
    out.shipment_code =
        domain::make_own_code(domain::OwnKind::shipment, document.shipment.value).value_or("");
    out.recipient_name = document.is_gift ? document.ship_to.name : document.buyer_name;
    for (const auto& line : document.lines)
        out.lines.push_back({line.sku.value, line.name, line.qty, line.unit_price, line.tax_rate_percent});
    if (!document.is_gift) {
        add_fee(out, "送料", document.shipping);
        add_fee(out, "手数料", document.fee);
        add_fee(out, "値引き", {-document.discount.value});
    }
    out.is_gift = document.is_gift;
    out.message = document.sender.message;
    return out;
}

}  // namespace kenpin::layout
