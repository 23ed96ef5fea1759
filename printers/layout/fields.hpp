#pragma once
// What stands on the papers of a shipment, as plain values. Names, addresses and telephone numbers are
// Private.
#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/private.hpp"
#include "core/base/time.hpp"

namespace kenpin::layout {

/// A person or a shop with its address.
struct Party {
    Private<std::string> postcode;            // "160-0022"
    Private<std::vector<std::string>> lines;  // address, one entry per line as it was given
    Private<std::string> name;                // without 様
    Private<std::string> phone;
};

/// 送り状: one carrier label for one piece.
struct WaybillFields {
    CarrierId carrier;
    std::string carrier_name;  // "かもめ運輸"
    std::string service_name;  // "宅配便", "クール便(冷蔵)"
    TrackingNo tracking;       // 12 digits
    char start_letter = 'A';   // NW-7 start and stop, A-D, as the carrier wants them
    char stop_letter = 'A';

    PieceNo piece{1};
    int pieces = 1;
    int copy_no = 1;  // 2 and above show 再発行

    Party recipient;
    Party sender;  // ご依頼主: the shop, or the giver of a gift

    ShipmentId shipment;
    std::string order_no;                 // as the shop shows it
    std::optional<Day> wished_day;        // お届け希望日
    std::string wished_slot;              // "14-16時", empty: none
    std::optional<Day> ship_day;          // 出荷日
    std::string contents;                 // 品名
    std::vector<std::string> handling;    // 取扱: "ワレモノ", "天地無用"; at most 4
    std::optional<Yen> cash_on_delivery;  // 代引金額
};

struct SlipLine {
    std::string sku;
    std::string name;
    Qty quantity;
    Yen unit_price;
    int tax_percent = 10;  // 8: 軽減税率
};

/// 納品書: the paper in the parcel, a simplified qualified invoice (適格簡易請求書) when `registration_no` is
/// there.
struct SlipFields {
    std::string shop_name;
    std::vector<std::string> shop_lines;  // address, telephone, mail, as they shall stand
    std::string registration_no;          // "T" and 13 digits; empty: none
    std::string order_no;
    std::optional<Day> order_day;
    std::optional<Day> ship_day;
    ShipmentId shipment;
    std::string shipment_code;  // what the slip's Code 128 says; empty: no barcode
    Private<std::string> recipient_name;
    std::vector<SlipLine> lines;  // goods, then shipping, fees, discounts (negative price)
    bool prices_include_tax = true;
    bool is_gift = false;  // no prices at all
    std::string message;   // to the buyer, from the shop
};

}  // namespace kenpin::layout
