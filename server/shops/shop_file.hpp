#pragma once
// A shop's order file as orders, judged only as far as reading goes: what cannot be read stops its order,
// never the file. The rules of intake (server/plan/intake.hpp) judge the rest.
#include <string>
#include <string_view>
#include <vector>

#include "core/base/private.hpp"
#include "server/shops/order_reader.hpp"
#include "server/shops/order_rows.hpp"

namespace kenpin::shops {

/// Records of one file exactly as they came, with the header that explains them.
struct KeptPart {
    std::string file;
    std::string header;
    std::vector<std::pair<int, std::string>> records;  // number in the file, bytes
};

enum class Standing {
    order,          // an order of its own
    conflict_copy,  // the same number once more with other content: a person decides
    no_order        // its number cannot be read
};

struct ShopOrder {
    Standing standing = Standing::order;
    std::string file;
    int record = 0;  // the first of its records
    OrderRead read;
    FiledRows rows;  // all it was made of; valid as long as the files
};

/// A record that is no order of its own.
struct OddRecord {
    std::string file;
    int record = 0;
    std::string outcome, code;  // "skip", "E-DUP-SAME"
};

struct ShopFile {
    std::vector<ShopOrder> orders;
    std::vector<OddRecord> odd;
};

/// `pool`: where the lines of a format with two files are looked up.
ShopFile read_shop_file(const ShopProfile& profile, const OpenFile& file, const LinePool& pool);

/// The order's own records byte for byte, for the drawer of what was received; and as files again, to read
/// them once more. Errors: corrupt.
Private<std::string> kept_text(const ShopProfile& profile, const FiledRows& rows);
struct KeptOrder {
    std::string profile;
    std::vector<KeptPart> parts;
};
Result<KeptOrder> read_kept(std::string_view text);
std::string as_file(const KeptPart& part);
/// What a kept text says, whatever the file was called and wherever in it the records stood: the same content
/// again is the same. A text of another kind is its own content.
std::string content_of(std::string_view kept);

}  // namespace kenpin::shops
