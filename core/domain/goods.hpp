#pragma once
// Which goods a code stands for. One JAN may stand on two SKUs and a case holds several pieces: the list in
// hand decides.
#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.hpp"
#include "core/domain/barcode.hpp"

namespace kenpin::domain {

/// A code that stands for `units` pieces of an item: JAN 1, case ITF-14 its content, in-house code 1.
struct ItemCode {
    std::string code;
    Qty units;  // >= 1
    bool operator==(const ItemCode&) const = default;
};

/// Units that `scanned` stands for among `codes`; nothing when it is another item's code. A case whose ITF-14
/// is not in the master is never guessed from the JAN inside it: its content would be unknown.
std::optional<Qty> units_of(const std::vector<ItemCode>& codes, const Code& scanned);

}  // namespace kenpin::domain
