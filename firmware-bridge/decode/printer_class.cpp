#include "firmware-bridge/decode/printer_class.hpp"

#include <algorithm>
#include <optional>

namespace kenpin::decode {
namespace {

constexpr std::size_t length_bytes = 2;

std::size_t byte(std::string_view answer, std::size_t at) {
    return static_cast<unsigned char>(answer[at]);
}

/// Where the text ends if the length is `length`, counted with its own two bytes.
std::optional<std::size_t> end_by(std::string_view answer, std::size_t length) {
    if (length < length_bytes || length > answer.size()) return std::nullopt;
    const bool did_not_count_itself =
        length + length_bytes <= answer.size() && answer[length - 1] != ';' && answer[length + 1] == ';';
    return did_not_count_itself ? length + length_bytes : length;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blank("\0 \t\r\n", 5);
    const auto first = text.find_first_not_of(blank);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

std::string in_capitals(std::string_view text) {
    std::string capitals(text);
    for (auto& c : capitals)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return capitals;
}

std::vector<std::string> listed(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const auto comma = std::min(text.find(','), text.size());
        if (const auto word = trimmed(text.substr(0, comma)); !word.empty()) words.emplace_back(word);
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return words;
}

void take_field(std::string_view field, PrinterId& id) {
    const auto colon = field.find(':');
    if (colon == std::string_view::npos) return;
    const auto key = in_capitals(trimmed(field.substr(0, colon)));
    const auto value = trimmed(field.substr(colon + 1));
    if (key == "MFG" || key == "MANUFACTURER") id.manufacturer = value;
    if (key == "MDL" || key == "MODEL") id.model = value;
    if (key == "SN" || key == "SERN" || key == "SERIALNUMBER") id.serial = value;
    if (key == "CMD" || key == "COMMAND SET") id.commands = listed(value);
}

}  // namespace

std::string_view device_id_text(std::string_view answer) {
    if (answer.size() < length_bytes) return {};
    const auto big_endian = byte(answer, 0) << 8U | byte(answer, 1);
    const auto little_endian = byte(answer, 1) << 8U | byte(answer, 0);
    auto end = end_by(answer, big_endian);
    if (!end) end = end_by(answer, little_endian);
    return trimmed(answer.substr(length_bytes, end.value_or(answer.size()) - length_bytes));
}

PrinterId parse_device_id(std::string_view text) {
    PrinterId id;
    while (!text.empty()) {
        const auto end = text.find(';');
        id.is_cut = end == std::string_view::npos;
        take_field(text.substr(0, end), id);
        text.remove_prefix(id.is_cut ? text.size() : end + 1);
    }
    return id;
}

PortStatus port_status(std::uint8_t byte) {
    return {(byte & 0x20U) != 0, (byte & 0x10U) != 0, (byte & 0x08U) == 0};
}

}  // namespace kenpin::decode
