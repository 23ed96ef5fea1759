#pragma once
// How a shop's order file reads: which columns hold what, and what its own values mean. One profile for each
// format; a format is data, so that a shop's own variant needs no new code.
#include <map>
#include <set>
#include <string>
#include <vector>

namespace kenpin::shops {

using Columns = std::vector<std::string>;  // several columns make one value

struct AddresseeColumns {
    Columns family_and_given_name;  // joined with a space
    Columns postcode;               // joined; parts keep their leading zeros (3 and 4 digits)
    std::string prefecture, city, street;
    std::string building;  // empty: the format has none
    Columns phone;         // joined with hyphens
};

struct ShopProfile {
    std::string name;  // "rakuten"
    char separator = ',';
    std::string order_number;
    std::string addressee_number;  // which addressee of the order
    std::string line_number;       // unique line within the order
    Columns item_code;             // the first that is not empty
    std::string item_name, qty, unit_price;
    std::string ordered_at, wished_day, wished_slot, is_gift, remark, wrapping, payment, status;
    std::string goods_total;
    Columns shipping, fee, discount;  // added up
    std::string total;
    AddresseeColumns buyer, ship_to;
    std::map<std::string, std::string> slots;  // the shop's code -> plan::slot_names; "" for none
    std::map<std::string, std::string>
        payments;                             // the shop's words -> plan::payment_names; others as written
    std::set<std::string> unpaid, cancelled;  // values of `status`
};

/// Rakuten RMS, the order CSV of its standard template (107 columns and more; found by name).
ShopProfile rakuten_profile();

}  // namespace kenpin::shops
