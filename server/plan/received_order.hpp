#pragma once
// An order as a shop's file or call yields it: read, but not yet judged. Every shop format ends here, so the
// rules of intake (intake.hpp) are written once. Personal data is Private and goes nowhere but into
// BuyerText, which is sealed on the server (DESIGN §4).
#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/private.hpp"
#include "core/base/time.hpp"

namespace kenpin::plan {

/// Free text as somebody wrote it, or a value as the shop's file says it: a damaged file may hold a name
/// there.
using Written = Private<std::string>;

/// Who bought, or who gets it. Each part as the shop wrote it; `postcode` may hold a hyphen until judged.
struct Addressee {
    Private<std::string> name, postcode, prefecture, city, street, building, phone;
};

struct ReceivedLine {
    int no = 0;                 // 1.. within the order, unique
    std::string number;         // the shop's own id of the line (商品明細ID); may be empty
    std::string code;           // the goods as the shop calls them; the catalogue knows the item
    std::string name;           // as the buyer read it
    int qty = 0;                // as written: judged later
    Yen unit_price;             // with tax
    int tax_rate_percent = 10;  // 8 or 10; 0: the shop does not say, the item master decides
    int ship_to = 1;            // 1.. into ReceivedOrder::ship_to
    Written options{};  // 項目・選択肢 as chosen, e.g. "カラー:赤"; a name to engrave may be among them
    bool operator==(const ReceivedLine&) const = default;
};

struct ReceivedTotals {
    Yen goods, shipping, fee, discount, total;
    bool operator==(const ReceivedTotals&) const = default;
};

/// Who speaks in a text: the buyer's words, a note of the shop's staff, or a field that a form filled in.
enum class Voice { buyer, shop, form };

/// One text that stands with the order. Rules of individual handling (個別対応) read every one of them.
struct OrderText {
    std::string source;  // the column's name in the file, e.g. "コメント"; with its section: "コメント[備考]"
    Voice voice = Voice::buyer;
    Written text;
};

/// のし as the shop has it. Empty texts: not asked for.
struct ReceivedNoshi {
    Written kind;  // 表書き: "内祝", "御歳暮", "無地のし"
    Written name;  // 名入れ: "竹内・柳田"
};

/// The wishes as they stand in the file; what we understood of them is beside them in ReceivedOrder.
struct ReceivedWritten {
    Written shipping_method;  // 配送方法: "宅配便", "メール便", "クール便"
    Written temperature;      // 配送区分: "冷蔵", "冷凍", where a column of its own says it
    Written delivery_place;   // 置き配・宅配ボックス, where a column of its own says it
    Written payment;          // "代金引換"
    Written day, slot;        // お届け日指定, お届け時間帯
};

struct ReceivedOrder {
    std::string number_in_shop;
    Instant ordered_at;
    Addressee buyer;
    std::vector<Addressee> ship_to;  // at least one
    std::vector<ReceivedLine> lines;
    std::optional<Day> wished_day;
    std::string wished_slot;  // empty, or one of slot_names
    bool is_gift = false;     // no prices on the papers in the parcel
    bool is_paid = true;      // false: waits for the money (入金待ち)
    bool is_cancelled = false;
    std::optional<bool> wants_slip;  // 納品書, where a column of its own says it
    Private<std::string> remark;     // the buyer's words, exactly; it stands among `texts` too
    ReceivedNoshi noshi;
    Private<std::string> wrapping;  // ラッピング, as the shop wrote it
    Private<std::string> message;   // of the card (メッセージカード)
    std::vector<OrderText> texts;   // every text that is not empty, in the order of the profile
    ReceivedWritten written;
    std::string payment;  // "card", "cod", ...; see payment_names
    Yen cod;              // to be collected (代引金額); 0 unless payment is "cod"
    ReceivedTotals totals;
    std::vector<int> records;  // where in the file it stood, 1-based data records; empty for the API
};

/// Time bands that we know; a carrier's table maps them to its own codes. What is not here stops the order.
inline const std::vector<std::string> slot_names = {"AM", "12-14", "14-16", "16-18", "18-20", "19-21"};
inline const std::vector<std::string> payment_names = {"card", "paypay", "bank", "cvs", "atobarai", "cod"};

/// What is sealed for an order, and opened again only to draw papers or at the claim desk by role.
struct BuyerText {
    Addressee buyer;
    std::vector<Addressee> ship_to;
    Private<std::string> remark;
    Private<std::string> wrapping;  // work text for the bench: のし, 名入れ, wrapping and card, a line each
};
BuyerText buyer_text_of(const ReceivedOrder& order);

/// The whole order as one text in which nothing can run into its neighbour: what the content hash is made of.
/// The order of lines and records does not count: the same order in another file is the same. Holds personal
/// data: hash it at once (keyed), keep it nowhere.
Private<std::string> canonical_text(const ReceivedOrder& order);

}  // namespace kenpin::plan
