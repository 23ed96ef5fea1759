#pragma once
// A software USB bus with a program on it that says every piece of news of UsbBus as a line.
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/mock_usb.hpp"
#include "tests/support/process.hpp"

namespace kenpin::support {

/// The number under which the program has the device of its line "came …".
std::string handle_in(const std::string& line);

/// Models stand before it in a test: they must outlive it.
class UsbFloor {
public:
    /// What is plugged in before start() is there when the program comes.
    void start(const std::vector<std::string>& ours = {});
    /// The program is told to do this (usb_watcher.cpp).
    void command(std::string_view line);
    /// The next line that holds `text`, after the last one found; empty after 20 s or when the program ended.
    std::string next(std::string_view text);
    /// Whether a line that holds `text` came since the last one found.
    bool said(std::string_view text);
    Exit stop();
    std::string output() const { return watcher_ ? watcher_->output() : std::string{}; }

    MockUsb usb;

private:
    TempDir folder_;
    std::optional<Process> watcher_;
    std::size_t seen_ = 0;
};

}  // namespace kenpin::support
