#include "firmware-bridge/app/options.hpp"

#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include <nlohmann/json.hpp>

namespace kenpin::app {
namespace {

using Json = nlohmann::json;

Error refused(const std::string& what) {
    return {Error::Kind::refused, what};
}

std::optional<int> hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return std::nullopt;
}

std::optional<std::string> bytes_of_hex(std::string_view hex) {
    if (hex.size() % 2 != 0) return std::nullopt;
    std::string bytes;
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        const auto high = hex_digit(hex[i]), low = hex_digit(hex[i + 1]);
        if (!high || !low) return std::nullopt;
        bytes.push_back(static_cast<char>(*high * 16 + *low));
    }
    return bytes;
}

bool set_field(SerialScannerOptions& scanner, const std::string& field, const Json& value) {
    if (field == "baud") {
        if (value.is_number_integer()) scanner.baud = value.get<int>();
        return value.is_number_integer();
    }
    if (!value.is_string()) return false;
    const auto text = value.get<std::string>();
    if (field == "id") return scanner.id.value = text, true;
    if (field == "path") return scanner.path = text, true;
    if (field == "framing") {
        const auto framing = decode::parse_framing(text);
        if (framing) scanner.framing = *framing;
        return framing.has_value();
    }
    if (field != "good_beep_hex" && field != "bad_beep_hex") return false;
    const auto bytes = bytes_of_hex(text);
    if (bytes) (field == "good_beep_hex" ? scanner.good_beep : scanner.bad_beep) = *bytes;
    return bytes.has_value();
}

Result<SerialScannerOptions> read_scanner(const Json& json) {
    SerialScannerOptions scanner;
    if (!json.is_object()) return refused("serial: not an object");
    for (const auto& [field, value] : json.items())
        if (!set_field(scanner, field, value)) return refused("serial: " + field);
    if (scanner.id.value.empty() || scanner.path.empty()) return refused("serial: id and path are needed");
    return scanner;
}

}  // namespace

Result<SerialScannerOptions> parse_serial_option(std::string_view text) {
    SerialScannerOptions scanner;
    const auto equals = text.find('=');
    if (equals == std::string_view::npos || equals == 0) return refused("--serial wants ID=PATH[,framing]");
    scanner.id.value = text.substr(0, equals);
    const auto rest = text.substr(equals + 1);
    const auto comma = rest.rfind(',');
    scanner.path = rest.substr(0, comma);
    if (scanner.path.empty()) return refused("--serial wants ID=PATH[,framing]");
    if (comma == std::string_view::npos) return scanner;
    const auto framing = decode::parse_framing(rest.substr(comma + 1));
    if (!framing)
        return refused("framing is line, cr, lf or stx_etx, not " + std::string(rest.substr(comma + 1)));
    scanner.framing = *framing;
    return scanner;
}

Result<std::vector<SerialScannerOptions>> parse_configuration(std::string_view json_text) {
    const auto json = Json::parse(json_text, nullptr, false, true);
    if (!json.is_object()) return refused("configuration: not a JSON object");
    std::vector<SerialScannerOptions> scanners;
    for (const auto& [section, value] : json.items()) {
        if (section != "serial" || !value.is_array()) return refused("configuration: " + section);
        for (const auto& row : value) {
            auto scanner = read_scanner(row);
            if (!scanner) return scanner.error();
            scanners.push_back(std::move(scanner).value());
        }
    }
    return scanners;
}

Result<std::vector<SerialScannerOptions>> read_configuration(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return Error{Error::Kind::not_found, "configuration " + path.string()};
    return parse_configuration(std::string(std::istreambuf_iterator<char>(file), {}));
}

Outcome check_distinct(const std::vector<SerialScannerOptions>& scanners) {
    std::set<std::string> ids, paths;
    for (const auto& scanner : scanners) {
        if (!ids.insert(scanner.id.value).second)
            return refused("two scanners are called " + scanner.id.value);
        if (!paths.insert(scanner.path).second) return refused("two scanners at " + scanner.path);
    }
    return Done{};
}

}  // namespace kenpin::app
