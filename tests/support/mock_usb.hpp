#pragma once
// A USB bus made of software (umockdev): an unmodified program started with environment() sees the models
// that are plugged in, in sysfs, over udev and through usbfs, and nothing else of this machine's USB.
//
// A device node is a pseudo terminal whose output is stopped while usbfs has nothing to hand back, so that
// poll() tells the program the truth: it sleeps when nothing happens, and hears of an unplugging as of an
// error.
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "tests/support/usb_model.hpp"

namespace kenpin::support {

/// In which order a program hears that a device is gone. All of them are seen on real machines.
enum class Unplugging {
    event_first,   // the hotplug event, then the transfers
    wire_first,    // the transfers, then the event
    errors_first,  // two transfers fail, then nobody is there, 45 ms later the event
};

class MockUsb {
public:
    MockUsb();
    MockUsb(const MockUsb&) = delete;
    MockUsb& operator=(const MockUsb&) = delete;
    ~MockUsb();  // after the programs that use it have ended

    /// For Program::env.
    std::map<std::string, std::string> environment() const;

    /// `port`: ports from the controller on, "1.2": on the second port of a hub on the first. `model`
    /// outlives its stay.
    void plug(UsbModel& model, const std::string& port);
    void unplug(UsbModel& model, Unplugging order = Unplugging::wire_first);

    /// Does something to a model's firmware or wire while nobody else touches it.
    void with(UsbModel& model, const std::function<void()>& change);
    /// Waits until `is_so`; false after `limit`.
    bool wait_until(UsbModel& model, const std::function<bool()>& is_so,
                    std::chrono::milliseconds limit = std::chrono::seconds{20});

private:
    struct Bus;
    std::unique_ptr<Bus> bus_;
};

}  // namespace kenpin::support
