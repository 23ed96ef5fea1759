#pragma once
// What the administrator says about the devices of one station: the configuration file (deploy/bridge.toml
// shows every key) and the command line.
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/protocol/bridge.hpp"
#include "firmware-bridge/device/serial_lines.hpp"

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
    protocol::PeripheralId id;  // with it the device is assigned to this station; empty: for all that match
    Match match;
    std::optional<device::SerialLine> line;  // of a serial line; its path is match.port
    std::string quirk;                       // of decode/hid_pos: named there; empty: none
    std::string layout;                      // of a keyboard: "us", "jp"; empty: "us"
    Owner owner = Owner::cups;
    std::chrono::milliseconds dedup{150};  // the same bytes again sooner: marked as a repeat
    bool operator==(const DeviceSettings&) const = default;
};

struct Settings {
    std::string station;                    // body of its station code; empty: any station code pairs
    std::chrono::minutes idle_session{30};  // a worker who scans nothing for so long is signed off the device
    std::vector<DeviceSettings> devices;
    bool operator==(const Settings&) const = default;
};

/// "ID=PATH" or "ID=PATH,framing" of the command line.
Result<DeviceSettings> parse_serial_option(std::string_view text);

/// Refused when two devices have the same id, or two lines the same path; the record is named.
Outcome check_distinct(const std::vector<DeviceSettings>& devices);

/// The serial lines among them.
std::vector<device::SerialLine> serial_lines(const std::vector<DeviceSettings>& devices);

}  // namespace kenpin::app
