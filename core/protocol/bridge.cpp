#include "core/protocol/bridge.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/base/limits.hpp"
#include "core/base/overloaded.hpp"

namespace kenpin::protocol {
namespace {

using Json = nlohmann::json;

template <class Value, std::size_t size>
using Names = std::array<std::pair<Value, std::string_view>, size>;

using domain::Symbology;
constexpr Names<Symbology, 11> symbologies{{{Symbology::unknown, "unknown"},
                                            {Symbology::ean13, "ean13"},
                                            {Symbology::ean8, "ean8"},
                                            {Symbology::upc_a, "upc_a"},
                                            {Symbology::itf, "itf"},
                                            {Symbology::code128, "code128"},
                                            {Symbology::gs1_128, "gs1_128"},
                                            {Symbology::codabar, "codabar"},
                                            {Symbology::code39, "code39"},
                                            {Symbology::qr, "qr"},
                                            {Symbology::data_matrix, "data_matrix"}}};
constexpr Names<DeviceChange, 3> changes{
    {{DeviceChange::add, "add"}, {DeviceChange::remove, "remove"}, {DeviceChange::fault, "fault"}}};
constexpr Names<Beep, 2> beeps{{{Beep::good, "good"}, {Beep::bad, "bad"}}};

template <class Value, std::size_t size>
std::string_view name_in(const Names<Value, size>& names, Value value) {
    const auto found =
        std::find_if(names.begin(), names.end(), [&](const auto& row) { return row.first == value; });
    KENPIN_CHECK(found != names.end());
    return found->second;
}

template <class Value, std::size_t size>
std::optional<Value> value_in(const Names<Value, size>& names, std::string_view name) {
    const auto found =
        std::find_if(names.begin(), names.end(), [&](const auto& row) { return row.second == name; });
    return found == names.end() ? std::nullopt : std::optional(found->first);
}

constexpr std::string_view base64_letters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string to_base64(std::string_view bytes) {
    std::string text;
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const auto group = bytes.substr(at, 3);
        std::uint32_t bits = 0;
        for (std::size_t i = 0; i < 3; ++i)
            bits = bits << 8 | (i < group.size() ? static_cast<unsigned char>(group[i]) : 0U);
        for (std::size_t i = 0; i < 4; ++i)
            text.push_back(i <= group.size() ? base64_letters[bits >> (18 - 6 * i) & 63U] : '=');
    }
    return text;
}

std::optional<std::string> from_base64(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    const auto letters = text.substr(0, text.find('='));
    if (text.size() - letters.size() > 2) return std::nullopt;
    if (text.substr(letters.size()).find_first_not_of('=') != std::string_view::npos) return std::nullopt;
    std::string bytes;
    std::uint32_t bits = 0;
    int filled = 0;
    for (const char c : letters) {
        const auto value = base64_letters.find(c);
        if (value == std::string_view::npos) return std::nullopt;
        bits = (bits << 6 | static_cast<std::uint32_t>(value)) & 0xFFFFFFU;
        filled += 6;
        if (filled < 8) continue;
        filled -= 8;
        bytes.push_back(static_cast<char>(bits >> filled & 0xFFU));
    }
    return bytes;
}

// ---- reading: each part throws Broken with its field, caught in one place
// -----------------------------------------

struct Broken {
    std::string field;
};

std::string text(const Json& json, const char* field) {
    const auto found = json.find(field);
    if (found == json.end() || !found->is_string()) throw Broken{field};
    return found->get<std::string>();
}

template <class Integer>
Integer number(const Json& json, const char* field, std::int64_t least) {
    const auto found = json.find(field);
    if (found == json.end() || !found->is_number_integer() || found->get<std::int64_t>() < least)
        throw Broken{field};
    return found->get<Integer>();
}

template <class Value, std::size_t size>
Value named(const Names<Value, size>& names, const Json& json, const char* field) {
    const auto value = value_in(names, text(json, field));
    if (!value) throw Broken{field};
    return *value;
}

std::string raw_bytes(const Json& json) {
    auto bytes = from_base64(text(json, "raw_b64"));
    if (!bytes || bytes->empty() || bytes->size() > limits::scan_bytes) throw Broken{"raw_b64"};
    return std::move(*bytes);
}

ScanSeq seq(const Json& json) {
    return ScanSeq{number<std::uint64_t>(json, "seq", 1)};
}

BridgeUp read_up(const Json& json) {
    const auto kind = text(json, "t");
    if (kind == "hello") return BridgeHello{number<int>(json, "v", 1), BridgeRun{text(json, "run")}};
    if (kind == "device")
        return BridgeDevice{named(changes, json, "change"), ScannerId{text(json, "dev")}, text(json, "kind"),
                            text(json, "reason")};
    if (kind == "scan")
        return BridgeScan{seq(json),
                          number<std::int64_t>(json, "t_mono_ns", 0),
                          ScannerId{text(json, "dev")},
                          value_in(symbologies, text(json, "symbology")).value_or(Symbology::unknown),
                          text(json, "aim"),
                          raw_bytes(json)};
    throw Broken{"t"};
}

BridgeDown read_down(const Json& json) {
    const auto kind = text(json, "t");
    if (kind == "ack") return BridgeAck{seq(json)};
    if (kind == "beep") return BridgeBeep{named(beeps, json, "beep"), ScannerId{text(json, "dev")}};
    throw Broken{"t"};
}

template <class Message>
Result<Message> read_packet(std::string_view packet, Message (*read)(const Json&)) {
    if (packet.size() > limits::bridge_packet) return Error{Error::Kind::corrupt, "bridge packet: too long"};
    const auto json = Json::parse(packet, nullptr, false);
    if (!json.is_object()) return Error{Error::Kind::corrupt, "bridge packet: not a JSON object"};
    try {
        return read(json);
    } catch (const Broken& broken) {
        return Error{Error::Kind::corrupt, "bridge packet: " + broken.field};
    }
}

// A device's name that is not UTF-8 is shown with replacement characters rather than throwing.
std::string dumped(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string_view name(domain::Symbology symbology) {
    return name_in(symbologies, symbology);
}

std::string to_packet(const BridgeUp& message) {
    return dumped(std::visit(Overloaded{[](const BridgeHello& hello) -> Json {
                                            return {{"t", "hello"}, {"v", hello.v}, {"run", hello.run.value}};
                                        },
                                        [](const BridgeDevice& device) -> Json {
                                            return {{"t", "device"},
                                                    {"change", name_in(changes, device.change)},
                                                    {"dev", device.dev.value},
                                                    {"kind", device.kind},
                                                    {"reason", device.reason}};
                                        },
                                        [](const BridgeScan& scan) -> Json {
                                            return {{"t", "scan"},
                                                    {"seq", scan.seq.value},
                                                    {"t_mono_ns", scan.t_mono_ns},
                                                    {"dev", scan.dev.value},
                                                    {"symbology", name(scan.symbology)},
                                                    {"aim", scan.aim},
                                                    {"raw_b64", to_base64(scan.raw)}};
                                        }},
                             message));
}

std::string to_packet(const BridgeDown& message) {
    return dumped(std::visit(
        Overloaded{[](const BridgeAck& ack) -> Json {
                       return {{"t", "ack"}, {"seq", ack.seq.value}};
                   },
                   [](const BridgeBeep& beep) -> Json {
                       return {{"t", "beep"}, {"beep", name_in(beeps, beep.beep)}, {"dev", beep.dev.value}};
                   }},
        message));
}

Result<BridgeUp> bridge_up_from_packet(std::string_view packet) {
    return read_packet<BridgeUp>(packet, read_up);
}

Result<BridgeDown> bridge_down_from_packet(std::string_view packet) {
    return read_packet<BridgeDown>(packet, read_down);
}

}  // namespace kenpin::protocol
