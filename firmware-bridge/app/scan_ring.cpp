#include "firmware-bridge/app/scan_ring.hpp"

#include <algorithm>
#include <utility>

#include "core/base/limits.hpp"

namespace kenpin::app {

using protocol::BridgeScan;
using protocol::ScanSeq;

bool ScanRing::is_full() const {
    return scans_.size() >= limits::bridge_ring;
}

void ScanRing::add(BridgeScan scan) {
    KENPIN_CHECK(!is_full());
    scan.seq = last_ = next_seq();
    scans_.push_back(std::move(scan));
}

void ScanRing::acknowledge(ScanSeq seq) {
    const auto found =
        std::find_if(scans_.begin(), scans_.end(), [&](const auto& scan) { return scan.seq == seq; });
    if (found != scans_.end()) scans_.erase(found);
}

const BridgeScan* ScanRing::next_to_send() const {
    const auto next = std::upper_bound(scans_.begin(), scans_.end(), sent_upto_,
                                       [](ScanSeq sent, const auto& scan) { return sent < scan.seq; });
    return next == scans_.end() ? nullptr : &*next;
}

}  // namespace kenpin::app
