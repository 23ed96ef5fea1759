#pragma once
// Which interfaces of a USB device are ours to take. Pure. The rule: a device that a person works with
// (mouse, keyboard, touch screen, a printer of CUPS) is never taken from the desktop unless the user said so.
#include <optional>
#include <string>
#include <vector>

#include "firmware-bridge/device/keyboard_driver.hpp"
#include "firmware-bridge/device/usb_driver.hpp"
#include "firmware-bridge/device/usb_identity.hpp"

namespace kenpin::device {

struct UsbKeyboard {
    UsbMatch match;
    Typing typing;
    bool operator==(const UsbKeyboard&) const = default;
};

/// What the user's configuration says; the first rule that fits counts: ignored, then the others.
struct UsbOptions {
    std::vector<UsbMatch> ignored{};
    std::vector<UsbMatch> printers{};      // ours (owner = bridge); all others are CUPS's
    std::vector<UsbKeyboard> keyboards{};  // scanners that type: taken from the desktop
    bool operator==(const UsbOptions&) const = default;
};

enum class UsbRole { none, hid, keyboard, printer };

/// `descriptor`: the report descriptor as the kernel knows it; empty: nobody has asked the device yet.
UsbRole role_of(const InterfacePlan& plan, const UsbIdentity& device, const UsbOptions& options,
                const std::string& descriptor);

/// How it types, if it is one of the scanners that type.
std::optional<Typing> typing_of(const UsbIdentity& device, const UsbOptions& options);

/// Key of what the user can do about a device that speaks only its maker's language; empty: it is none.
std::string remedy_of(const UsbIdentity& device, const std::string& descriptor);

}  // namespace kenpin::device
