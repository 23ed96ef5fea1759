#pragma once
// What the administrator says about the devices of one station: the configuration file (deploy/bridge.toml
// shows every key) and the command line.
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adaptors/config/config.hpp"
#include "core/base/bridge_limits.hpp"
#include "core/base/result.hpp"
#include "core/protocol/bridge.hpp"
#include "firmware-bridge/decode/key_map.hpp"
#include "firmware-bridge/decode/prefix.hpp"
#include "firmware-bridge/device/evdev.hpp"
#include "firmware-bridge/device/serial_lines.hpp"
#include "firmware-bridge/device/usb_plan.hpp"

namespace kenpin::app {

/// Which device is meant; what is not given fits every device.
struct Match {
    std::optional<std::uint16_t> vid, pid;
    std::optional<std::string> serial;  // the device's own serial string
    std::optional<std::string> port;    // controller and port path, or the path of a serial line
    bool operator==(const Match&) const = default;
};

enum class Owner { bridge, cups };  // who drives a printer

struct DeviceSettings {
    protocol::PeripheralId id{};  // with it the device is assigned to this station; empty: for all that match
    Match match{};
    std::optional<device::SerialLine> line{};          // it is a serial line; its path is match.port
    bool is_ignored = false;                           // left to the desktop
    bool is_camera = false;                            // it is a camera; its path is match.port
    bool is_keyboard = false;                          // a scanner that types: taken from the desktop
    decode::KeyLayout layout = decode::KeyLayout::us;  // which keyboard it believes to be
    decode::KeyScanEnd key_end = decode::KeyScanEnd::terminator;
    Owner owner = Owner::cups;
    std::vector<decode::PrefixRule> prefixes{};
    std::chrono::milliseconds dedup = limits::read_twice;  // the same bytes again sooner: marked as a repeat
    bool operator==(const DeviceSettings&) const = default;
};

struct Settings {
    std::string station{};                  // body of its station code; empty: any station code pairs
    std::chrono::minutes idle_session{30};  // a worker who scans nothing for so long is signed off the device
    bool has_usb = false;                   // USB devices are looked for
    std::vector<DeviceSettings> devices{};
    bool operator==(const Settings&) const = default;
};

/// The file. Errors name file, record and key: not_found, corrupt (no TOML), refused (an unknown key, a value
/// out of range, a record that fits everything).
Result<Settings> read_settings(const std::string& path);
Result<Settings> parse_settings(const config::Config& file);

/// "ID=PATH" or "ID=PATH,framing" of the command line.
Result<DeviceSettings> parse_serial_option(std::string_view text);

/// Refused when two devices have the same id, or two lines the same path; the record is named.
Outcome check_distinct(const std::vector<DeviceSettings>& devices);

/// What the sources of devices must know of them.
std::vector<device::SerialLine> serial_lines(const std::vector<DeviceSettings>& devices);
device::UsbOptions usb_options(const std::vector<DeviceSettings>& devices);
std::vector<std::string> camera_paths(const std::vector<DeviceSettings>& devices);
/// Typing scanners on USB are libusb's, unless USB devices are not looked for.
std::vector<device::EvdevRule> evdev_rules(const Settings& settings);

}  // namespace kenpin::app
