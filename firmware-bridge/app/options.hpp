#pragma once
// What kenpin-bridge is told at its start: the command line and its configuration file
// (docs/protocol/bridge.md).
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/protocol/bridge.hpp"
#include "firmware-bridge/decode/framing.hpp"
#include "firmware-bridge/device/serial.hpp"

namespace kenpin::app {

struct SerialScannerOptions {
    protocol::ScannerId id;
    std::string path;  // of the tty; best a /dev/serial/by-id or by-path link, which survives replugging
    decode::Framing framing = decode::Framing::line;
    int baud = device::usual_baud;
    std::string good_beep;  // bytes that make this model sound good or bad; empty: it cannot
    std::string bad_beep;
};

/// "ID=PATH" or "ID=PATH,framing".
Result<SerialScannerOptions> parse_serial_option(std::string_view text);

/// The "serial" array of a configuration file; an unknown field is refused.
Result<std::vector<SerialScannerOptions>> parse_configuration(std::string_view json);
Result<std::vector<SerialScannerOptions>> read_configuration(const std::filesystem::path& path);

/// Refused when two scanners have the same id or the same path.
Outcome check_distinct(const std::vector<SerialScannerOptions>& scanners);

}  // namespace kenpin::app
