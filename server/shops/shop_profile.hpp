#pragma once
// How a shop's order file reads: which columns hold what, and what its own values mean. A format is data
// (assets/shops/*.toml), so that a new one needs no code unless its structure is new. Column names are
// compared as column_name() writes them (record_file.hpp).
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "server/plan/received_order.hpp"

namespace kenpin::shops {

using Columns = std::vector<std::string>;  // several columns make one value
/// What a shop writes -> what we call it; the first that fits counts.
using Meanings = std::vector<std::pair<std::string, std::string>>;

struct AddresseeColumns {
    Columns name;          // joined with a space: family and given name
    Columns postcode;      // joined; parts keep their leading zeros (3 and 4 digits)
    Columns prefecture;    // the first that names one; empty: the address begins with it
    Columns city, street;  // joined with a space
    Columns building;      // joined with a space; empty: the format has none
    Columns phone;         // joined with hyphens
};

/// "This is so" when the column's value is one of `is`, or holds one of `holds`; both empty: when it is not
/// empty.
struct Condition {
    std::string column;
    std::vector<std::string> is, holds;
    std::vector<std::string> unless_payment;  // names of plan::payment_names for which it does not count
};

/// A text column, and what is pulled out of it. `labels` name the parts that we understand: a part is
/// "[label:]" alone on its line with the text below it, or "label: text".
struct TextColumn {
    std::string column;
    plan::Voice voice = plan::Voice::buyer;
    bool is_remark =
        false;  // the buyer's words: what stands under the label that means "remark", or all of it
    Meanings
        labels;  // -> "remark" | "day" | "slot" | "when" | "noshi" | "noshi_name" | "message" | "wrapping"
};

struct LineColumns {
    std::string number;  // unique line within the order; empty: the format has none
    Columns item_code;   // the first that is not empty
    std::string name, qty, options, tax_rate;
    std::string price;
    bool price_is_of_line = false;  // for all its pieces together (Amazon), not for one
};

struct ShopProfile {
    std::string name;        // "rakuten"
    std::string title;       // for people
    Columns marks;           // the header has all of them: this format
    bool has_quotes = true;  // false: quotes are content (Amazon's report)
    /// The order's own columns stand on its first row only, further rows are lines (Shopify).
    bool head_on_first_row = false;
    /// Lines stand in a file of their own that has these columns and `lines_order_number` (Yahoo!).
    Columns lines_marks;
    std::string lines_order_number;
    std::optional<Condition> line_is_goods;  // rows of shipping, fees, discounts are no goods (EC-CUBE)

    std::string order_number;
    std::string addressee_number;  // which addressee of the order; empty: one addressee
    Columns ordered_at;            // joined with a space
    std::string wished_day, wished_slot, shipping_method, temperature, delivery_place, payment, cod_amount;
    std::string noshi, noshi_name, wrapping, message;
    std::string wants_slip;  // "true"/"1", "false"/"0"
    std::vector<TextColumn> texts;
    std::vector<Condition> gift, unpaid, cancelled;
    std::string goods_total, total;
    Columns shipping, fee, discount;  // added up
    bool amounts_per_line = false;    // those stand on each line for itself (Amazon), not for the order
    bool goods_total_is_discounted = false;  // goods_total = goods - discount (Shopify)
    bool total_adds_up = false;              // total = goods + shipping + fee - discount, always
    bool may_lack_payment = false;           // a file without that column, or a row without its word, is paid
    LineColumns line;
    AddresseeColumns buyer, ship_to;
    Meanings slots;     // -> plan::slot_names, "" for none
    Meanings payments;  // -> plan::payment_names; others are "other"
};

/// Recognised by the header, not by the file's name: all marks are there, and of several such formats the one
/// with most marks. `is_lines`: it is the file of lines of a format with two.
struct Recognised {
    const ShopProfile* profile = nullptr;
    bool is_lines = false;
};
std::optional<Recognised> recognise(const std::vector<ShopProfile>& profiles,
                                    const std::vector<std::string>& header);

}  // namespace kenpin::shops
