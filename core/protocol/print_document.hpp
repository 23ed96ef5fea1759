#pragma once
// What a bench needs to draw the papers of one shipment. It holds the addressee, so it never travels by
// topic: the station pulls it over HTTPS, sealed with the device's document key, and erases it at the waybill
// match.
#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/private.hpp"
#include "core/base/result.hpp"
#include "core/base/time.hpp"

namespace kenpin::protocol {

struct Address {
    Private<std::string> postcode;  // 7 digits
    Private<std::string> lines;     // prefecture, city, street and building in one; wraps on paper
    Private<std::string> name;
    Private<std::string> phone;
};
struct Sender {  // the shop's own block: public
    std::string name, postcode, address, phone, mail, registration_no, message;
};
struct SlipLine {
    std::string name;
    Sku sku;
    Qty qty;
    Yen unit_price;
    int tax_rate_percent = 10;
};
struct WaybillPart {
    PieceNo piece;
    int pieces = 1;
    std::optional<TrackingNo> tracking;
};
struct PrintDocument {
    std::string template_id = "standard";
    int template_version = 1;
    ShipmentId shipment;
    std::string order_shown;
    Day ship_day;
    std::string ordered_on;   // "2026-11-23"
    std::string carrier;      // "ヤマト運輸"
    std::string service;      // "宅急便"
    std::string wished_day;   // empty: none
    std::string wished_slot;  // empty: none
    std::string contents;     // 品名
    bool is_gift = false;     // the slip shows no prices
    Address ship_to;
    Private<std::string> buyer_name;
    Sender sender;
    std::vector<WaybillPart> waybills;
    std::vector<SlipLine> lines;
    Yen shipping, fee, discount, total;
};

/// What a sealed print document is bound to (crypto::seal's context), so that one never opens as another's.
inline std::string sealing_context(const ShipmentId& shipment) {
    return "print_document:" + shipment.value;
}

std::string to_json(const PrintDocument& document);  // with the personal data: seal it at once
Result<PrintDocument> print_document_from_json(std::string_view json);

}  // namespace kenpin::protocol
