#pragma once
// Which worker holds which scanner: the badge that it read last. Ends with another badge, with the sign-off
// command, or after a time without a scan. Pure.
#include <chrono>
#include <map>
#include <string>
#include <string_view>

#include "core/protocol/bridge.hpp"
#include "firmware-bridge/device/news.hpp"

namespace kenpin::app {

/// Body of the command code that ends a session ("KC" + body + check, docs/protocol/codes.md).
inline constexpr std::string_view sign_off_command = "BYE";

class Sessions {
public:
    void begin(const protocol::PeripheralId& dev, std::string worker, device::Mono now);
    void end(const protocol::PeripheralId& dev) { held_.erase(dev); }
    /// The worker of a scan made at `now`, or empty. The scan keeps the session alive.
    std::string of(const protocol::PeripheralId& dev, device::Mono now, std::chrono::minutes idle);

private:
    struct Held {
        std::string worker;
        device::Mono last_scan;
    };
    std::map<protocol::PeripheralId, Held> held_;
};

}  // namespace kenpin::app
