#pragma once
// Pick verification: what one scan means for the list in hand.
// Pure: same input, same answer, on the handheld, on the server and in tests.
//
//   bind a box to every slot ──> for each line in order:  location ──> item (until all are in hand) ──> slot
//   ──> next
//                                                          (skipped where the site does not scan shelves or
//                                                          slots)
// Short pick (ピッキング欠品): at the shelf, while goods are asked for, the picker says that the rest is not
// there. What is in hand stands and is put away; the rest is asked for no more.
#include <optional>
#include <variant>
#include <vector>

#include "core/base/ids.hpp"
#include "core/domain/goods.hpp"

namespace kenpin::domain {

struct PickLine {
    LineNo no;
    ShipmentId shipment;
    SlotNo slot;
    LocationCode location;
    Sku sku;
    Qty wanted;   // >= 1
    Qty in_hand;  // taken from the shelf, not yet in the slot
    Qty in_slot;  // in_hand + in_slot + missing <= wanted
    std::vector<ItemCode> codes;
    bool location_confirmed = false;
    Qty missing{};  // not on the shelf when the picker looked; nobody asks for these any more
};

struct CartSlot {
    SlotNo no;
    ShipmentId shipment;
    std::optional<ToteCode> tote;  // the box that stands in it
    bool stopped = false;          // its shipment was cancelled: nothing more is picked for it
};

/// What a site scans at picking. The bench verifies in any case.
struct PickRules {
    bool scan_location = true;
    bool scan_slot = true;
};

struct PickTask {
    ListId list;
    PickRules rules;
    std::vector<CartSlot> slots;
    std::vector<PickLine> lines;  // in walking order
};

enum class PickStep { bind_tote, location, item, slot, done };

PickStep step_of(const PickTask& task);
/// Pieces that are still to be taken from the shelf.
Qty still_wanted(const PickLine& line);
/// Something of it is still to be put into its slot, and its shipment was not cancelled.
bool is_wanted(const PickTask& task, const PickLine& line);
/// The line being picked, or nothing when all are done.
const PickLine* current_line(const PickTask& task);
/// The slot that waits for a box, or nothing when each has one.
const CartSlot* next_empty_slot(const PickTask& task);
/// What classify() should expect at this step.
Expect expected_at(PickStep step);

struct ToteBound {
    SlotNo slot;
    ToteCode tote;
};
struct ToteInUse {
    SlotNo slot;  // where that box already stands
};
struct LocationRight {
    LineNo line;
};
struct WrongLocation {
    LocationCode wanted;
};
struct ItemRight {
    LineNo line;
    Qty units;
};
struct WrongItem {
    Sku wanted;
};
struct TooMany {
    LineNo line;
    Qty units;  // what the scan would have added
    Qty room;   // what is still wanted
};
struct SlotRight {
    LineNo line;
    Qty units;  // all that was in hand
};
struct WrongSlot {
    SlotNo wanted;
    ToteCode wanted_tote;
};
struct WrongKindOfCode {
    PickStep wanted;
};
struct CodeUnreadable {};
struct ListDone {};

using PickVerdict = std::variant<ToteBound, ToteInUse, LocationRight, WrongLocation, ItemRight, WrongItem,
                                 TooMany, SlotRight, WrongSlot, WrongKindOfCode, CodeUnreadable, ListDone>;

PickVerdict verify_pick(const PickTask& task, const Code& scanned);
/// How many pieces of the current line would be short if the picker said so now; nothing where no goods are
/// asked for: who is not at the shelf cannot know, and with all in hand nothing is missing.
std::optional<Qty> short_now(const PickTask& task);
bool is_accepted(const PickVerdict& verdict);

// The accepted verdicts as changes of the task: each is what one event says happened, and the task is the
// fold of its events. A line or slot that the task does not have changes nothing.
void bind_tote(PickTask& task, SlotNo slot, const ToteCode& tote);
void confirm_location(PickTask& task, LineNo line);
void take_item(PickTask& task, LineNo line, Qty units);
void put_in_slot(PickTask& task, LineNo line, Qty units);
void note_missing(PickTask& task, LineNo line, Qty units);

}  // namespace kenpin::domain
