#include "core/protocol/bridge.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/base/bridge_limits.hpp"
#include "core/base/limits.hpp"
#include "core/protocol/base64.hpp"

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
constexpr Names<PrintEnd, 3> ends{
    {{PrintEnd::sent, "sent"}, {PrintEnd::failed, "failed"}, {PrintEnd::unknown, "unknown"}}};
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

bool flag(const Json& json, const char* field) {
    const auto found = json.find(field);
    if (found == json.end() || !found->is_boolean()) throw Broken{field};
    return found->get<bool>();
}

template <class Integer>
Integer number_upto(const Json& json, const char* field, std::int64_t most) {
    const auto value = number<std::int64_t>(json, field, 0);
    if (value > most) throw Broken{field};
    return static_cast<Integer>(value);
}

std::string bytes(const Json& json, const char* field, std::size_t most) {
    auto read = from_base64(text(json, field));
    if (!read || read->size() > most) throw Broken{field};
    return std::move(*read);
}

std::string raw_bytes(const Json& json) {
    auto raw = bytes(json, "raw_b64", limits::scan_bytes);
    if (raw.empty()) throw Broken{"raw_b64"};
    return raw;
}

PeripheralId dev(const Json& json) {
    return PeripheralId{text(json, "dev")};
}

ScanSeq seq(const Json& json) {
    return ScanSeq{number<std::uint64_t>(json, "seq", 1)};
}

/// Null and missing are both nothing.
bool is_given(const Json& json, const char* field) {
    const auto found = json.find(field);
    return found != json.end() && !found->is_null();
}

std::optional<std::vector<Gs1Element>> gs1(const Json& json) {
    if (!is_given(json, "gs1")) return std::nullopt;
    std::vector<Gs1Element> elements;
    if (!json["gs1"].is_array()) throw Broken{"gs1"};
    for (const auto& each : json["gs1"]) {
        if (!each.is_object()) throw Broken{"gs1"};
        elements.push_back({text(each, "ai"), text(each, "value")});
    }
    return elements;
}

PeripheralCaps caps(const Json& json) {
    const auto found = json.find("caps");
    if (found == json.end() || !found->is_object()) throw Broken{"caps"};
    return {flag(*found, "beep"), flag(*found, "trigger"), flag(*found, "zero"), flag(*found, "print")};
}

BridgeDevice device(const Json& json) {
    return {.change = named(changes, json, "change"),
            .dev = dev(json),
            .kind = text(json, "kind"),
            .vid = number_upto<std::uint16_t>(json, "vid", 0xFFFF),
            .pid = number_upto<std::uint16_t>(json, "pid", 0xFFFF),
            .serial = text(json, "serial"),
            .port = text(json, "port"),
            .product = text(json, "product"),
            .caps = caps(json),
            .paired = flag(json, "paired"),
            .reason = text(json, "reason"),
            .remedy = text(json, "remedy")};
}

BridgeScan scan(const Json& json) {
    return {.seq = seq(json),
            .t_mono_ns = number<std::int64_t>(json, "t_mono_ns", 0),
            .dev = dev(json),
            .session = text(json, "session"),
            .symbology = value_in(symbologies, text(json, "symbology")).value_or(Symbology::unknown),
            .aim = text(json, "aim"),
            .raw = raw_bytes(json),
            .gs1 = gs1(json),
            .check = is_given(json, "check") ? text(json, "check") : std::string{},
            .dup_of = is_given(json, "dup_of")
                          ? std::optional(ScanSeq{number<std::uint64_t>(json, "dup_of", 1)})
                          : std::nullopt};
}

BridgeUp read_up(const Json& json) {
    const auto kind = text(json, "t");
    if (kind == "hello") return BridgeHello{number<int>(json, "v", 1), BridgeRun{text(json, "run")}};
    if (kind == "device") return device(json);
    if (kind == "scan") return scan(json);
    if (kind == "weight")
        return BridgeWeight{dev(json), number<std::int64_t>(json, "t_mono_ns", 0),
                            number<std::int64_t>(json, "mg", std::numeric_limits<std::int64_t>::min()),
                            text(json, "status"), flag(json, "stable")};
    if (kind == "printer")
        return BridgePrinter{dev(json), number_upto<int>(json, "status", 0xFF),
                             bytes(json, "reply_b64", limits::bridge_reply)};
    if (kind == "printed")
        return BridgePrinted{dev(json), text(json, "job"), named(ends, json, "end"),
                             number<std::uint64_t>(json, "bytes", 0)};
    throw Broken{"t"};
}

BridgeDown read_down(const Json& json) {
    const auto kind = text(json, "t");
    if (kind == "ack") return BridgeAck{seq(json)};
    if (kind == "beep") return BridgeBeep{named(beeps, json, "beep"), dev(json)};
    if (kind == "trigger") return BridgeTrigger{dev(json), flag(json, "on")};
    if (kind == "block") return BridgeBlock{dev(json), flag(json, "on")};
    if (kind == "zero") return BridgeZero{dev(json)};
    if (kind == "print")
        return BridgePrint{dev(json), text(json, "job"),
                           number_upto<std::uint64_t>(json, "bytes", std::int64_t{limits::print_bytes})};
    if (kind == "reset") return BridgeReset{dev(json)};
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

// ---- writing
// ---------------------------------------------------------------------------------------------------------

Json json_of(const BridgeHello& hello) {
    return {{"t", "hello"}, {"v", hello.v}, {"run", hello.run.value}};
}

Json json_of(const BridgeDevice& device) {
    return {{"t", "device"},
            {"change", name_in(changes, device.change)},
            {"dev", device.dev.value},
            {"kind", device.kind},
            {"vid", device.vid},
            {"pid", device.pid},
            {"serial", device.serial},
            {"port", device.port},
            {"product", device.product},
            {"caps",
             {{"beep", device.caps.beep},
              {"trigger", device.caps.trigger},
              {"zero", device.caps.zero},
              {"print", device.caps.print}}},
            {"paired", device.paired},
            {"reason", device.reason},
            {"remedy", device.remedy}};
}

Json json_of(const std::vector<Gs1Element>& elements) {
    auto json = Json::array();
    for (const auto& each : elements) json.push_back({{"ai", each.ai}, {"value", each.value}});
    return json;
}

Json json_of(const BridgeScan& scan) {
    return {{"t", "scan"},
            {"seq", scan.seq.value},
            {"t_mono_ns", scan.t_mono_ns},
            {"dev", scan.dev.value},
            {"session", scan.session},
            {"symbology", name(scan.symbology)},
            {"aim", scan.aim},
            {"raw_b64", to_base64(scan.raw)},
            {"gs1", scan.gs1 ? json_of(*scan.gs1) : Json{}},
            {"check", scan.check.empty() ? Json{} : Json(scan.check)},
            {"dup_of", scan.dup_of ? Json(scan.dup_of->value) : Json{}}};
}

Json json_of(const BridgeWeight& weight) {
    return {{"t", "weight"},   {"dev", weight.dev.value}, {"t_mono_ns", weight.t_mono_ns},
            {"mg", weight.mg}, {"status", weight.status}, {"stable", weight.stable}};
}

Json json_of(const BridgePrinter& printer) {
    return {{"t", "printer"},
            {"dev", printer.dev.value},
            {"status", printer.status},
            {"reply_b64", to_base64(printer.reply)}};
}

Json json_of(const BridgePrinted& printed) {
    return {{"t", "printed"},
            {"dev", printed.dev.value},
            {"job", printed.job},
            {"end", name_in(ends, printed.end)},
            {"bytes", printed.bytes}};
}

Json json_of(const BridgeAck& ack) {
    return {{"t", "ack"}, {"seq", ack.seq.value}};
}

Json json_of(const BridgeBeep& beep) {
    return {{"t", "beep"}, {"beep", name_in(beeps, beep.beep)}, {"dev", beep.dev.value}};
}

Json json_of(const BridgeTrigger& trigger) {
    return {{"t", "trigger"}, {"dev", trigger.dev.value}, {"on", trigger.on}};
}

Json json_of(const BridgeBlock& block) {
    return {{"t", "block"}, {"dev", block.dev.value}, {"on", block.on}};
}

Json json_of(const BridgeZero& zero) {
    return {{"t", "zero"}, {"dev", zero.dev.value}};
}

Json json_of(const BridgePrint& print) {
    return {{"t", "print"}, {"dev", print.dev.value}, {"job", print.job}, {"bytes", print.bytes}};
}

Json json_of(const BridgeReset& reset) {
    return {{"t", "reset"}, {"dev", reset.dev.value}};
}

}  // namespace

std::string_view name(domain::Symbology symbology) {
    return name_in(symbologies, symbology);
}

std::optional<domain::Symbology> symbology_of(std::string_view name) {
    return value_in(symbologies, name);
}

std::string to_packet(const BridgeUp& message) {
    return dumped(std::visit([](const auto& each) { return json_of(each); }, message));
}

std::string to_packet(const BridgeDown& message) {
    return dumped(std::visit([](const auto& each) { return json_of(each); }, message));
}

Result<BridgeUp> bridge_up_from_packet(std::string_view packet) {
    return read_packet<BridgeUp>(packet, read_up);
}

Result<BridgeDown> bridge_down_from_packet(std::string_view packet) {
    return read_packet<BridgeDown>(packet, read_down);
}

}  // namespace kenpin::protocol
