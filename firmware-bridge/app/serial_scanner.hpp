#pragma once
// One serial scanner that comes and goes.
//
//   Away ── opened ──> There        looked for again after 50 ms, doubling to 2 s
//   There ── read fails ──> Away    half a scan that was begun is dropped
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/protocol/bridge.hpp"
#include "firmware-bridge/app/options.hpp"
#include "firmware-bridge/decode/framing.hpp"
#include "firmware-bridge/device/serial.hpp"

namespace kenpin::app {

using Mono = std::chrono::steady_clock::time_point;  // CLOCK_MONOTONIC

struct ScannerNews {
    std::vector<protocol::BridgeDevice> changes;  // add, remove, fault, in order
    std::vector<protocol::BridgeScan> scans;      // without their number
    std::string note;  // for the journal: why it cannot be opened, when that changes
};

class SerialScanner {
public:
    explicit SerialScanner(SerialScannerOptions options);

    const protocol::ScannerId& id() const { return options_.id; }
    bool is_there() const { return port_.has_value(); }
    int fd() const { return port_ ? port_->fd() : -1; }
    /// When on_time() wants to be called; Mono::max(): not before something is readable.
    Mono next_wake() const;

    /// Reads at most `room` bytes, so at most `room` scans come of it.
    ScannerNews on_readable(Mono now, std::size_t room);
    /// Looks for the device, or drops half a scan when nothing more has come.
    ScannerNews on_time(Mono now, std::size_t room);
    void beep(protocol::Beep beep);

    protocol::BridgeDevice news(protocol::DeviceChange change, std::string reason = {}) const;

private:
    void look_for_it(Mono now, ScannerNews& news_out);
    void take(const std::string& bytes, Mono now, ScannerNews& news_out);
    void lose_it(Mono now, ScannerNews& news_out);

    SerialScannerOptions options_;
    std::optional<device::SerialPort> port_;
    decode::Framer framer_;
    Mono last_byte_{};
    Mono look_at_{};  // while away
    std::chrono::milliseconds patience_;
    std::string why_away_;
};

}  // namespace kenpin::app
