#include "station/ui/dump.hpp"

#include <array>
#include <cmath>
#include <string_view>

namespace kenpin::ui {
namespace {

constexpr std::array kinds{"words", "data", "button", "mark"};

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (c == '\n')
            out += "\\n";
        else if (static_cast<unsigned char>(c) >= 0x20)
            out += c;
    }
    return out + "\"";
}

std::string field(std::string_view name, float pixels) {
    return ",\"" + std::string(name) + "\":" + std::to_string(std::lround(pixels));
}

std::string field(std::string_view name, bool is) {
    return ",\"" + std::string(name) + "\":" + (is ? "true" : "false");
}

std::string item(const Noted& n) {
    return "{\"key\":" + quoted(n.key) + ",\"kind\":\"" + kinds[static_cast<std::size_t>(n.kind)] +
           "\",\"text\":" + quoted(n.text) + field("x", n.at.x) + field("y", n.at.y) + field("w", n.at.w) +
           field("h", n.at.h) + field("enabled", n.enabled) + field("fits", n.fits) + "}";
}

}  // namespace

std::string to_json(const Kit& kit) {
    std::string out = "{\"screen\":" + quoted(kit.screen()) + ",\"items\":[";
    for (const Noted& noted : kit.noted()) out += (&noted == &kit.noted().front() ? "" : ",") + item(noted);
    return out + "]}";
}

}  // namespace kenpin::ui
