#include "firmware-bridge/app/verbs/describe.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "core/base/overloaded.hpp"

namespace kenpin::app {
namespace {

using protocol::BridgeDevice;
using protocol::DeviceChange;

std::string usb_numbers(const BridgeDevice& device) {
    if (device.vid == 0) return {};
    std::array<char, 12> text{};
    std::snprintf(text.data(), text.size(), "%04x:%04x", unsigned{device.vid}, unsigned{device.pid});
    return text.data();
}

std::string joined(const std::vector<std::string>& parts) {
    std::string line;
    for (const auto& part : parts)
        if (!part.empty()) line += (line.empty() ? "" : "  ") + part;
    return line;
}

std::string remedy(const BridgeDevice& device, Language language) {
    return say(language, "fix." + (device.remedy.empty() ? device.reason : device.remedy));
}

/// Controls shown as '.', so that a code cannot write on the administrator's terminal.
std::string printable(std::string text) {
    std::replace_if(
        text.begin(), text.end(),
        [](char c) { return static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7F; },
        '.');
    return text;
}

/// 1234500 mg as "1234.5 g".
std::string grams(std::int64_t mg) {
    const auto whole = mg < 0 ? -mg : mg;
    std::string text = (mg < 0 ? "-" : "") + std::to_string(whole / 1'000);
    auto rest = std::to_string(1'000 + whole % 1'000).substr(1);
    while (!rest.empty() && rest.back() == '0') rest.pop_back();
    return text + (rest.empty() ? "" : "." + rest) + " g";
}

std::string line_of(const BridgeDevice& device, Language language) {
    const auto what = device.change == DeviceChange::add      ? "came"
                      : device.change == DeviceChange::remove ? "went"
                                                              : "fault";
    const bool is_ready = device.change == DeviceChange::add && device.reason.empty();
    return joined({device.dev.value, say(language, "kind." + device.kind), say(language, what),
                   is_ready                ? say(language, "ok")
                   : device.reason.empty() ? ""
                                           : say(language, "reason." + device.reason),
                   device.reason.empty() ? "" : "→ " + remedy(device, language)});
}

std::string line_of(const protocol::BridgePrinter& printer, Language language) {
    constexpr int paper_empty = 0x20, no_error = 0x08;
    const auto state = (printer.status & paper_empty) != 0 ? "paper_out"
                       : (printer.status & no_error) == 0  ? "printer_error"
                                                           : "ok";
    return joined({printer.dev.value, say(language, "printer_says"), say(language, state)});
}

std::string line_of(const protocol::BridgeWeight& weight, Language language) {
    return joined({weight.dev.value, say(language, "weighs"),
                   weight.status == "over_limit" ? "" : grams(weight.mg),  // it shows none
                   say(language, "weight." + weight.status)});
}

std::string line_of(const SeenPacket& seen, Language language) {
    const auto bars = seen.bars == protocol::name(domain::Symbology::unknown) ? "" : seen.bars;
    const auto* end = seen.is_counted ? "" : seen.what == "own_station" ? "stays_here" : "not_counted";
    return joined({seen.dev.value, say(language, "read"), say(language, "what." + seen.what), bars,
                   say(language, "letters", {std::to_string(seen.length)}), printable(seen.code),
                   say(language, end)});
}

}  // namespace

std::vector<std::string> describe(const BridgeDevice& device, Language language) {
    std::vector<std::string> lines{
        joined({device.dev.value, say(language, "kind." + device.kind), printable(device.product),
                device.reason.empty() ? say(language, "ok") : say(language, "reason." + device.reason)})};
    const auto place = device.port == device.dev.value ? "" : say(language, "port") + " " + device.port;
    lines.push_back("    " + joined({usb_numbers(device), printable(device.serial), place}));
    if (lines.back().find_first_not_of(' ') == std::string::npos) lines.pop_back();
    if (!device.reason.empty())
        lines.push_back("    " + say(language, "fix") + ": " + remedy(device, language));
    return lines;
}

std::string news_line(const WatchPacket& packet, Language language) {
    using Line = std::string;
    const auto of_message = Overloaded{
        [](const protocol::BridgeHello&) -> Line { return {}; },
        [](const protocol::BridgeScan&) -> Line { return {}; },  // a SeenPacket tells of it
        [&](const BridgeDevice& device) { return line_of(device, language); },
        [&](const protocol::BridgeWeight& weight) { return line_of(weight, language); },
        [&](const protocol::BridgePrinter& printer) { return line_of(printer, language); },
        [&](const protocol::BridgePrinted& printed) {
            const auto end = printed.end == protocol::PrintEnd::sent     ? "printed.sent"
                             : printed.end == protocol::PrintEnd::failed ? "printed.failed"
                                                                         : "printed.unknown";
            return joined({printable(printed.dev.value), printable(printed.job), say(language, end)});
        }};
    return std::visit(
        Overloaded{[&](const protocol::BridgeUp& message) { return std::visit(of_message, message); },
                   [&](const SeenPacket& seen) { return line_of(seen, language); },
                   [](const Listed&) { return Line{}; }},
        packet);
}

}  // namespace kenpin::app
