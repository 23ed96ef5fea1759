#pragma once
// What systemd wants to hear of a Type=notify service: that it is ready, and that its loop still turns.
// Without systemd nothing is said.
#include <string>
#include <string_view>

#include "firmware-bridge/app/fd.hpp"
#include "firmware-bridge/device/news.hpp"

namespace kenpin::app {

class ServiceManager {
public:
    /// `socket`: NOTIFY_SOCKET of the environment ('@': in the abstract name space); empty: none.
    explicit ServiceManager(const std::string& socket);

    bool is_there() const { return static_cast<bool>(fd_); }
    void say(std::string_view words) const;
    /// To be called every limits::bridge_watchdog.
    device::Mono next_wake() const;
    void still_alive(device::Mono now);

private:
    std::string address_;
    Fd fd_;
    device::Mono say_at_{};
};

}  // namespace kenpin::app
