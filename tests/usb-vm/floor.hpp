#pragma once
// A bench with every kind of USB device, and a station that listens to the bridge about them.
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/firmware-bridge/raw_station.hpp"
#include "tests/usb-vm/gadget.hpp"

namespace kenpin::usb_vm {

class Floor {
public:
    /// The one of this machine: its devices are plugged in and the bridge has said hello.
    static Floor& the();

    support::RawStation station;
    Gadget scanner, typist, scale, printer, acm;

    /// The next message of this kind that fits, passing over everything else; scans among it are
    /// acknowledged. Nothing after `limit`.
    template <class Message>
    std::optional<Message> next(const std::function<bool(const Message&)>& fits);
    /// The next scan, acknowledged: "device aim bytes".
    std::string next_scan();
    /// What the devices were when they last came, by the name that the configuration gives them.
    const std::map<std::string, protocol::BridgeDevice>& devices() const { return devices_; }
    /// Waits until all these are there.
    bool sees(const std::vector<std::string>& names);

private:
    Floor();
    std::optional<protocol::BridgeUp> next_message();
    std::map<std::string, protocol::BridgeDevice> devices_;
};

template <class Message>
std::optional<Message> Floor::next(const std::function<bool(const Message&)>& fits) {
    while (const auto message = next_message())
        if (const auto* wanted = std::get_if<Message>(&*message); wanted != nullptr && fits(*wanted))
            return *wanted;
    return std::nullopt;
}

}  // namespace kenpin::usb_vm
