#include "firmware-bridge/app/settings.hpp"

#include <set>
#include <utility>

namespace kenpin::app {
namespace {

Error refused(const std::string& what) {
    return {Error::Kind::refused, what};
}

}  // namespace

Result<DeviceSettings> parse_serial_option(std::string_view text) {
    const auto equals = text.find('=');
    if (equals == std::string_view::npos || equals == 0) return refused("--serial wants ID=PATH[,framing]");
    DeviceSettings device;
    device.id.value = text.substr(0, equals);
    const auto rest = text.substr(equals + 1);
    const auto comma = rest.rfind(',');
    device.line.emplace().path = rest.substr(0, comma);
    device.match.port = device.line->path;
    if (device.line->path.empty()) return refused("--serial wants ID=PATH[,framing]");
    if (comma == std::string_view::npos) return device;
    const auto framing = decode::parse_framing(rest.substr(comma + 1));
    if (!framing)
        return refused("framing is line, cr, lf or stx_etx, not " + std::string(rest.substr(comma + 1)));
    device.line->framing = *framing;
    return device;
}

Outcome check_distinct(const std::vector<DeviceSettings>& devices) {
    std::set<std::string> ids, paths;
    for (const auto& device : devices) {
        if (!device.id.value.empty() && !ids.insert(device.id.value).second)
            return refused("two devices are called " + device.id.value);
        if (device.line && !paths.insert(device.line->path).second)
            return refused("two devices at " + device.line->path);
    }
    return Done{};
}

std::vector<device::SerialLine> serial_lines(const std::vector<DeviceSettings>& devices) {
    std::vector<device::SerialLine> lines;
    for (const auto& device : devices)
        if (device.line) lines.push_back(*device.line);
    return lines;
}

}  // namespace kenpin::app
