#include "firmware-bridge/device/recovery.hpp"

namespace kenpin::device {

Remedy Recovery::on(Trouble trouble) {
    if (trouble == Trouble::gone) return LetGo{};
    if (trouble == Trouble::stall && ++stalls_ <= stalls_in_a_row) return ClearHalt{};
    return next_step();
}

Remedy Recovery::next_step() {
    if (tries_ < pauses.size()) return ListenAgain{pauses[tries_++]};
    if (was_reopened_) return GiveUp{};
    *this = {};
    was_reopened_ = true;
    return Reopen{reopen_after};
}

}  // namespace kenpin::device
