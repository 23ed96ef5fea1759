#include "firmware-bridge/app/repeats.hpp"

#include <algorithm>
#include <utility>

#include "core/base/bridge_limits.hpp"

namespace kenpin::app {

std::optional<protocol::ScanSeq> Repeats::look(Read read, std::chrono::milliseconds dedup) {
    const auto longest = std::max(dedup, limits::seen_elsewhere);
    while (!recent_.empty() && read.at - recent_.front().at > longest) recent_.pop_front();

    const auto own = std::find_if(recent_.rbegin(), recent_.rend(),
                                  [&](const Read& each) { return each.dev == read.dev; });
    const auto other = std::find_if(recent_.rbegin(), recent_.rend(), [&](const Read& each) {
        return each.dev != read.dev && each.bytes == read.bytes &&
               read.at - each.at <= limits::seen_elsewhere;
    });
    std::optional<protocol::ScanSeq> repeated;
    if (own != recent_.rend() && own->bytes == read.bytes && read.at - own->at <= dedup)
        repeated = own->seq;
    else if (other != recent_.rend())
        repeated = other->seq;
    recent_.push_back(std::move(read));
    return repeated;
}

}  // namespace kenpin::app
