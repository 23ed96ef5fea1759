#pragma once
// Who a USB device is and where it is plugged in, as the kernel wrote it down when it came (sysfs). The
// device itself is not asked again: one that does not answer would hold up all the others.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kenpin::device {

struct UsbIdentity {
    std::uint16_t vid = 0, pid = 0;
    std::string serial{};   // cleaned; empty when it has none
    std::string product{};  // maker and product in the device's own words
    std::string port{};     // "0000:00:14.0/1.2": controller and ports, the same after every boot
    bool operator==(const UsbIdentity&) const = default;
};

/// Controller and ports of a device's path in sysfs ("…/0000:00:14.0/usb1/1-1/1-1.2"). The bus number is left
/// out: it changes from boot to boot. Nothing for a root hub or a path that is none of a USB device.
std::optional<std::string> port_of(std::string_view sysfs_path);

/// The name of the device's folder in /sys/bus/usb/devices: "1-1.2".
std::string sysfs_name(std::uint8_t bus, const std::vector<std::uint8_t>& ports);

/// Printable ASCII only, without blanks at the ends, at most 64 characters: serials go into names and files.
std::string clean_text(std::string_view raw);

/// Reads it; what is not there stays empty, but the port is always something.
UsbIdentity read_usb_identity(std::uint16_t vid, std::uint16_t pid, const std::string& name);

/// The report descriptor of an interface that the kernel's own HID driver holds; empty when it holds none.
std::string read_report_descriptor(const std::string& name, int configuration, int interface);

/// Which of the user's rules a device falls under. What is empty or 0 fits everything.
struct UsbMatch {
    std::uint16_t vid = 0, pid = 0;
    std::string serial{}, port{};
    bool operator==(const UsbMatch&) const = default;
};
bool fits(const UsbMatch& match, const UsbIdentity& device);
bool fits_any(const std::vector<UsbMatch>& matches, const UsbIdentity& device);

}  // namespace kenpin::device
