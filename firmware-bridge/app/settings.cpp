#include "firmware-bridge/app/settings.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "core/domain/barcode.hpp"

namespace kenpin::app {
namespace {

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

/// What a person can read in a list and a journal.
bool is_name(std::string_view id) {
    return id.size() <= 64 && std::none_of(id.begin(), id.end(), [](char c) {
               return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
           });
}

/// Reads one table; remembers the first thing that is wrong.
class Reading {
public:
    explicit Reading(const config::Config& table) : table_(table) {}

    const std::optional<Error>& failure() const { return failure_; }
    void fail(const std::string& key, const std::string& what) { keep(table_.wrong(key, what)); }

    std::string text(const std::string& key, const std::string& otherwise = {}) {
        return taken(table_.text(key, otherwise));
    }
    std::int64_t integer(const std::string& key, config::Range range, std::int64_t otherwise) {
        return taken(table_.integer(key, range, otherwise));
    }
    bool flag(const std::string& key, bool otherwise) { return taken(table_.flag(key, otherwise)); }
    std::optional<std::uint16_t> usb_number(const std::string& key) {
        if (!table_.has(key)) return std::nullopt;
        return static_cast<std::uint16_t>(integer(key, {0, 0xFFFF}, 0));
    }
    std::optional<std::string> given(const std::string& key) {
        return table_.has(key) ? std::optional(text(key)) : std::nullopt;
    }
    std::string hex(const std::string& key) {
        const auto bytes = bytes_of_hex(text(key));
        if (!bytes) fail(key, "must be pairs of hexadecimal digits, without blanks");
        return bytes.value_or("");
    }
    /// One of `choices` by its name; the first when the key is missing.
    template <class Value>
    Value choice(const std::string& key, const std::vector<std::pair<std::string, Value>>& choices) {
        const auto name = text(key, choices.front().first);
        std::string names;
        for (const auto& [each, value] : choices) {
            if (each == name) return value;
            names += (names.empty() ? "" : ", ") + each;
        }
        fail(key, "must be one of: " + names);
        return choices.front().second;
    }

private:
    template <class T>
    T taken(Result<T> result) {
        if (result) return std::move(result).value();
        keep(result.error());
        return {};
    }
    void keep(const Error& error) {
        if (!failure_) failure_ = error;
    }
    const config::Config& table_;
    std::optional<Error> failure_;
};

enum class Use { automatic, scanner, scale, keyboard, printer, camera, ignored };

device::SerialLine read_line(Reading& read, const std::string& path, Use use) {
    using decode::Framing;
    device::SerialLine line;
    line.path = path;
    line.role = use == Use::scale ? device::LineRole::scale : device::LineRole::scanner;
    line.framing = read.choice<Framing>(
        "framing",
        {{"line", Framing::line}, {"cr", Framing::cr}, {"lf", Framing::lf}, {"stx_etx", Framing::stx_etx}});
    line.baud = static_cast<int>(read.integer("baud", {1'200, 115'200}, device::usual_baud));
    if (!device::is_usual_baud(line.baud)) read.fail("baud", "is no speed of serial lines");
    line.good_beep = read.hex("good_beep_hex");
    line.bad_beep = read.hex("bad_beep_hex");
    return line;
}

Result<std::vector<decode::PrefixRule>> read_prefixes(const config::Config& record) {
    const auto tables = record.tables("prefix");
    if (!tables) return tables.error();
    std::vector<decode::PrefixRule> rules;
    for (const auto& table : tables.value()) {
        if (auto known = table.only_known({"before", "after", "bars"}); !known) return known.error();
        Reading read(table);
        decode::PrefixRule rule{read.text("before"), read.text("after"), {}};
        const auto bars = protocol::symbology_of(read.text("bars", "unknown"));
        if (!bars) read.fail("bars", "must be ean13, code128 … as docs/protocol/bridge.md names them");
        if (rule.prefix.empty() && rule.suffix.empty()) read.fail("before", "or after is needed");
        rule.symbology = bars.value_or(rule.symbology);
        if (read.failure()) return *read.failure();
        rules.push_back(std::move(rule));
    }
    return rules;
}

/// A key that only makes sense for another use of the device is a mistake.
void refuse_misplaced(Reading& read, const config::Config& record, const DeviceSettings& device, Use use) {
    const auto refuse = [&](const char* key, bool is_allowed, const char* what) {
        if (record.has(key) && !is_allowed) read.fail(key, what);
    };
    for (const auto* key : {"framing", "baud", "good_beep_hex", "bad_beep_hex"})
        refuse(key, device.line.has_value(), "is only for a serial line: give its path");
    refuse("layout", use == Use::keyboard, "is only for use = \"keyboard\"");
    refuse("key_end", use == Use::keyboard, "is only for use = \"keyboard\"");
    refuse("owner", use == Use::printer, "is only for use = \"printer\"");
    if (device.line && use != Use::automatic && use != Use::scanner && use != Use::scale)
        read.fail("use", "of a path is scanner, scale or camera");
    if (use == Use::camera && !record.has("path")) read.fail("path", "of the camera is needed: /dev/video0");
    if (record.has("path") &&
        (device.match.vid || device.match.pid || device.match.serial || record.has("port")))
        read.fail("path", "says which device it is: vid, pid, serial and port are for USB");
    if (!record.has("path") && device.match == Match{})
        read.fail("path", "or vid and pid, serial or port is needed: which device?");
}

Result<DeviceSettings> read_device(const config::Config& record) {
    if (auto known = record.only_known({"id", "vid", "pid", "serial", "port", "path", "use", "framing",
                                        "baud", "layout", "key_end", "owner", "dedup_ms", "good_beep_hex",
                                        "bad_beep_hex", "prefix"});
        !known)
        return known.error();
    Reading read(record);
    const auto use = read.choice<Use>("use", {{"automatic", Use::automatic},
                                              {"scanner", Use::scanner},
                                              {"scale", Use::scale},
                                              {"keyboard", Use::keyboard},
                                              {"printer", Use::printer},
                                              {"camera", Use::camera},
                                              {"ignored", Use::ignored}});
    DeviceSettings device;
    device.id.value = read.text("id");
    if (!is_name(device.id.value)) read.fail("id", "must be at most 64 letters on one line");
    device.match = {read.usb_number("vid"), read.usb_number("pid"), read.given("serial"), read.given("port")};
    if (const auto path = read.given("path")) {
        if (use != Use::camera) device.line = read_line(read, *path, use);
        refuse_misplaced(read, record, device, use);
        device.match.port = *path;
        if (!path->starts_with('/')) read.fail("path", "must begin with /, as /dev/serial/by-id/…");
    } else {
        refuse_misplaced(read, record, device, use);
    }
    device.is_ignored = use == Use::ignored;
    device.is_camera = use == Use::camera;
    device.is_keyboard = use == Use::keyboard;
    device.layout = read.choice<decode::KeyLayout>(
        "layout", {{"us", decode::KeyLayout::us}, {"jis", decode::KeyLayout::jis}});
    device.key_end = read.choice<decode::KeyScanEnd>(
        "key_end", {{"terminator", decode::KeyScanEnd::terminator}, {"gap", decode::KeyScanEnd::gap}});
    device.owner = read.choice<Owner>("owner", {{"cups", Owner::cups}, {"bridge", Owner::bridge}});
    device.dedup = Millis{read.integer("dedup_ms", {0, 5'000}, limits::read_twice.count())};
    auto prefixes = read_prefixes(record);
    if (read.failure()) return *read.failure();
    if (!prefixes) return prefixes.error();
    device.prefixes = std::move(prefixes).value();
    return device;
}

device::UsbMatch usb_match(const Match& match) {
    return {match.vid.value_or(0), match.pid.value_or(0), match.serial.value_or(""), match.port.value_or("")};
}

}  // namespace

Result<Settings> read_settings(const std::string& path) {
    const auto file = config::Config::read_file(path);
    if (!file) return file.error();
    return parse_settings(file.value());
}

Result<Settings> parse_settings(const config::Config& file) {
    const auto known = file.only_known({"station", "idle_minutes", "usb", "devices"});
    if (!known) return known.error();
    Settings settings;
    Reading read(file);
    settings.station = read.text("station");
    if (!settings.station.empty() && !domain::make_own_code(domain::OwnKind::station, settings.station))
        read.fail("station",
                  "must be 1 to 20 of 0-9 A-Z and -, as it stands between KD and the check character");
    settings.idle_session = std::chrono::minutes{read.integer("idle_minutes", {1, 24 * 60}, 30)};
    settings.has_usb = read.flag("usb", true);
    if (read.failure()) return *read.failure();
    const auto records = file.tables("devices");
    if (!records) return records.error();
    for (const auto& record : records.value()) {
        auto device = read_device(record);
        if (!device) return device.error();
        settings.devices.push_back(std::move(device).value());
    }
    if (const auto distinct = check_distinct(settings.devices); !distinct)
        return file.wrong("devices:", distinct.error().detail);
    return settings;
}

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
        if ((device.line || device.is_camera) && !paths.insert(*device.match.port).second)
            return refused("two devices at " + *device.match.port);
    }
    return Done{};
}

std::vector<device::SerialLine> serial_lines(const std::vector<DeviceSettings>& devices) {
    std::vector<device::SerialLine> lines;
    for (const auto& device : devices)
        if (device.line) lines.push_back(*device.line);
    return lines;
}

device::UsbOptions usb_options(const std::vector<DeviceSettings>& devices) {
    device::UsbOptions options;
    for (const auto& device : devices) {
        if (device.line || device.is_camera) continue;
        if (device.is_ignored) options.ignored.push_back(usb_match(device.match));
        if (device.is_keyboard)
            options.keyboards.push_back({usb_match(device.match), {device.layout, device.key_end}});
        if (device.owner == Owner::bridge) options.printers.push_back(usb_match(device.match));
    }
    return options;
}

std::vector<std::string> camera_paths(const std::vector<DeviceSettings>& devices) {
    std::vector<std::string> paths;
    for (const auto& device : devices)
        if (device.is_camera) paths.push_back(*device.match.port);
    return paths;
}

std::vector<device::EvdevRule> evdev_rules(const Settings& settings) {
    std::vector<device::EvdevRule> rules;
    for (const auto& device : settings.devices)
        if (device.is_keyboard)
            rules.push_back({usb_match(device.match), device.layout, device.key_end, !settings.has_usb});
    return rules;
}

}  // namespace kenpin::app
