#pragma once
// What came in (受注取込), as the API shows it and as a person acts on it. Only OriginalRecord holds a
// buyer's words; it is opened for the scope `supervisor` alone, and each opening is an event.
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/private.hpp"
#include "core/base/time.hpp"
#include "server/web/views.hpp"

namespace kenpin::web {

/// A code of what was found, in words, and what to do about it (assets/shops/reasons.tsv).
struct IntakeReason {
    std::string code{}, ja{}, en{}, do_ja{}, do_en{};
    bool is_settled = false;  // it was so when the record came; nothing is to be done about it any more
};

struct IntakeView {
    std::int64_t record = 0;  // names it
    OrderId order{};          // empty: its number could not be read
    ShopId shop{};
    std::string number_in_shop{};
    std::string outcome{};  // "accept" | "hold" | "reject"
    std::string state{};    // "taken" | "open" (waits for a person) | "closed" (settled) | "replaced"
    std::vector<IntakeReason> reasons{};
    std::vector<std::string> handling{};  // 個別対応
    std::string file{};                   // "api", or the file's name
    int file_record = 0;                  // 1..; 0: not from a file, or the whole file
    std::string detail{};                 // fields and reason keys, no content
    Instant came_at{};
    bool has_original = false;
    std::set<domain::HoldReason> holds{};  // on its order's shipments now
};
/// A field that a carrier's waybill does not hold; figures, no text.
struct LengthView {
    int recipient = 1;               // 1..
    std::string field{}, carrier{};  // "name" | "address" | "building"
    int characters = 0, takes = 0, lines = 1;
};
struct IntakeDetail {
    IntakeView record{};
    std::vector<ShipmentView> shipments{};  // of its order, also when another record brought it
    std::vector<LengthView> lengths{};
};

/// What became of one record of a file that came in.
struct RecordOutcome {
    int record = 0;                // 1..; 0: the whole file
    std::string number_in_shop{};  // empty: it could not be read, or the record is no order of its own
    std::string outcome{};         // "accept" | "hold" | "reject" | "skip"
    bool is_taken = false;         // an order is held and yet taken when it only waits for its release
    std::vector<IntakeReason> reasons{};
};

struct IntakeCount {
    std::string outcome{}, state{};
    std::int64_t count = 0;
};
struct IntakeQuery {
    std::string outcome{}, state{}, code{}, number{};
    std::optional<ShopId> shop{};
    std::optional<Day> day{};
    std::int64_t before = 0;
    int limit = 100;
};
/// A file of orders that came in; the same content is one file, however often it comes.
struct IntakeFile {
    std::string file{};
    ShopId shop{};  // empty: its header said whose orders they are
    Instant came_at{};
    int taken = 0, unchanged = 0, refused = 0;  // unchanged: here already
    int held = 0;                               // of the refused: waiting for a word or for another file
    int released = 0;                           // of the unchanged: paid now
};
/// What lies in a watched folder and nobody can take, until somebody does something about it.
struct FolderTrouble {
    std::string name{};  // of the file or subfolder; empty: the folder itself
    std::string what{};  // "no_shop_called_so" (a subfolder) | "no_shop_has_it" | "unreadable" | "unmoved" |
                         // "unreachable"
};
struct IntakePage {
    std::vector<IntakeView> records{};     // newest first
    std::vector<IntakeCount> counts{};     // of all that the query's shop, code, number and day leave
    std::int64_t next = 0;                 // `before` of the next page; 0: this was the last
    std::vector<IntakeFile> files{};       // the newest of the query's shop and day; on the first page only
    std::vector<ShopId> shops{};           // all there are, of the scope; on the first page only
    std::vector<FolderTrouble> folders{};  // for who sees every shop; on the first page only
};

/// One record byte for byte: as text where it is text.
struct OriginalRecord {
    int part = 0, record = 0;
    std::string file{};
    Private<std::string> header{}, text{}, base64{};
    std::string charset{};  // "utf-8" | "cp932"; empty: the bytes are no text, `text` shows them as \xNN
};

struct Correction {
    int part = 0, record = 0;
    Private<std::string> text{};
};
struct IntakeAction {
    enum class Kind { retake, drop, keep, replace, release };
    Kind kind = Kind::retake;
    std::int64_t record = 0;
    std::vector<Correction> corrections{};  // of retake; none: as it is
    std::string reason{};                   // of drop and release: one of action_reasons
    std::string by{};
};
/// Why somebody drops a record or releases a hold. A fixed list: no personal data in events.
inline const std::vector<std::string> action_reasons = {"asked_buyer", "asked_shop", "checked", "duplicate",
                                                        "cancelled",   "not_ours",   "other"};

struct IntakeDone {
    std::string outcome{};  // of a retake: as of an import; else "dropped", "kept", "too_late", "released",
                            // "unchanged"
    std::vector<IntakeReason> reasons{};
    OrderId order{};
};

}  // namespace kenpin::web
