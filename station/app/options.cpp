#include "station/app/options.hpp"

#include <charconv>
#include <fstream>
#include <tuple>
#include <utility>

#include <CLI/CLI.hpp>

#include "adaptors/config/config.hpp"

namespace kenpin::app {
namespace {

Error refused(std::string what) {
    return Error{Error::Kind::refused, std::move(what)};
}

/// Every setting as text, by the name it has in the file and (with --) on the command line.
struct Words {
    std::string printer_model = "zpl-8";
    std::string site = "TOKYO1", device, role = "picker", profile, broker = "127.0.0.1:1883", account,
                password;
    std::string password_file, server, bridge, data, printer, stand_in, slip_queue, lang, screen_log,
        screenshots, assets;
    std::string now, position;
    bool headless = false, fullscreen = false;

    std::vector<std::pair<std::string, std::string*>> texts() {
        return {{"site", &site},
                {"device", &device},
                {"role", &role},
                {"profile", &profile},
                {"broker", &broker},
                {"account", &account},
                {"password", &password},
                {"password-file", &password_file},
                {"server", &server},
                {"bridge", &bridge},
                {"data", &data},
                {"printer", &printer},
                {"stand-in-printer", &stand_in},
                {"printer-model", &printer_model},
                {"slip-queue", &slip_queue},
                {"lang", &lang},
                {"screen-log", &screen_log},
                {"screenshots", &screenshots},
                {"assets", &assets},
                {"now", &now},
                {"position", &position}};
    }
    std::vector<std::pair<std::string, bool*>> flags() {
        return {{"headless", &headless}, {"fullscreen", &fullscreen}};
    }
};

Outcome read_file(const std::string& path, Words& words) {
    auto file = config::Config::read_file(path);
    if (!file) return file.error();
    std::vector<std::string> known;
    for (auto& [name, text] : words.texts()) {
        known.push_back(name);
        auto value = file.value().text(name, *text);
        if (!value) return value.error();
        *text = value.value();
    }
    for (auto& [name, flag] : words.flags()) {
        known.push_back(name);
        auto value = file.value().flag(name, *flag);
        if (!value) return value.error();
        *flag = value.value();
    }
    return file.value().only_known(known);
}

void declare(CLI::App& cli, Words& words, std::string& config) {
    cli.add_option("--config", config, "settings file (TOML); the command line wins");
    for (auto& [name, text] : words.texts()) cli.add_option("--" + name, *text);
    for (auto& [name, flag] : words.flags()) cli.add_flag("--" + name, *flag);
}

Outcome parse_words(std::vector<std::string> arguments, Words& words, std::string& config) {
    CLI::App cli("The screen of a worker: picking or packing.", "kenpin-station");
    declare(cli, words, config);
    std::vector<std::string> backwards(arguments.rbegin(), arguments.rend());  // as CLI11 wants them
    try {
        cli.parse(backwards);
    } catch (const CLI::CallForHelp&) {
        return refused(cli.help());
    } catch (const CLI::Error& error) {
        return refused(error.what());
    }
    return Done{};
}

Result<flow::Role> parse_role(const std::string& text) {
    if (text == "picker") return flow::Role::picker;
    if (text == "packer") return flow::Role::packer;
    return refused("role is picker or packer, not " + text);
}

Result<WindowPlace> parse_place(const std::string& text) {
    WindowPlace place;
    const char* end = text.data() + text.size();
    const auto x = std::from_chars(text.data(), end, place.x);
    if (x.ec != std::errc{} || x.ptr == end || *x.ptr != ',') return refused("position is X,Y");
    const auto y = std::from_chars(x.ptr + 1, end, place.y);
    if (y.ec != std::errc{} || y.ptr != end) return refused("position is X,Y");
    return place;
}

Result<Private<std::string>> password_of(const Words& words) {
    if (words.password_file.empty()) return Private<std::string>(words.password);
    std::ifstream file(words.password_file);
    std::string line;
    if (!std::getline(file, line)) return refused("the password file cannot be read");
    return Private<std::string>(line);
}

/// "NAME@HOST:PORT" or "HOST:PORT".
Result<std::pair<PrinterId, HostPort>> parse_printer(const std::string& text, const std::string& otherwise) {
    const auto at = text.find('@');
    const bool is_named = at != std::string::npos;
    auto place = parse_host_port(is_named ? text.substr(at + 1) : text);
    if (!place) return place.error();
    return std::pair{PrinterId{is_named ? text.substr(0, at) : otherwise}, place.value()};
}

/// Fills what has a shape of its own. Each may be empty.
Outcome fill_shaped(const Words& words, StationOptions& options) {
    auto broker = parse_host_port(words.broker);
    if (!broker) return broker.error();
    options.broker = broker.value();
    if (!words.printer.empty()) {
        auto printer = parse_printer(words.printer, words.device + "-label");
        if (!printer) return printer.error();
        std::tie(options.printer_id, options.printer) = printer.value();
    }
    if (!words.stand_in.empty()) {
        auto printer = parse_printer(words.stand_in, words.device + "-label-2");
        if (!printer) return printer.error();
        std::tie(options.stand_in_id, options.stand_in) = printer.value();
        if (!options.printer || options.stand_in_id == options.printer_id)
            return refused("a stand-in printer stands in for another printer");
    }
    if (!words.slip_queue.empty()) {
        auto queue = parse_slip_queue(words.slip_queue);
        if (!queue) return queue.error();
        options.slip_queue = queue.value();
    }
    if (!words.now.empty()) {
        options.now = parse_instant(words.now);
        if (!options.now) return refused("now is a time like 2026-11-24T08:00+09:00");
    }
    if (!words.position.empty()) {
        auto place = parse_place(words.position);
        if (!place) return place.error();
        options.position = place.value();
    }
    return Done{};
}

Result<StationOptions> to_options(const Words& words) {
    StationOptions options;
    auto role = parse_role(words.role);
    if (!role) return role.error();
    auto password = password_of(words);
    if (!password) return password.error();
    options.site = SiteId{words.site};
    options.device = DeviceId{words.device};
    options.role = role.value();
    const char* usual = options.role == flow::Role::packer ? "bench-10" : "handheld-4";
    options.profile = words.profile.empty() ? usual : words.profile;
    options.account = words.account.empty() ? words.device : words.account;
    options.password = password.value();
    options.server = words.server;
    options.bridge = words.bridge;
    options.data = words.data;
    options.printer_model = words.printer_model;
    options.language = words.lang;
    options.is_headless = words.headless;
    options.screen_log = words.screen_log;
    options.screenshots = words.screenshots;
    options.assets = words.assets;
    options.is_fullscreen = words.fullscreen;
    if (auto shaped = fill_shaped(words, options); !shaped) return shaped.error();
    if (options.device.value.empty()) return refused("device is missing");
    if (options.data.empty()) return refused("data is missing: the folder for this device's database");
    const auto& lang = options.language;
    if (!lang.empty() && lang != "ja" && lang != "en") return refused("lang is ja or en, not " + lang);
    return options;
}

}  // namespace

Result<HostPort> parse_host_port(const std::string& text) {
    const auto colon = text.rfind(':');
    if (colon == std::string::npos || colon == 0) return refused("not HOST:PORT: " + text);
    std::uint16_t port = 0;
    const char* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data() + colon + 1, end, port);
    if (parsed.ec != std::errc{} || parsed.ptr != end || port == 0) return refused("not HOST:PORT: " + text);
    return HostPort{text.substr(0, colon), port};
}

Result<SlipQueue> parse_slip_queue(const std::string& text) {
    const auto at = text.find('@');
    if (at == std::string::npos || at == 0) return refused("not QUEUE@HOST:PORT: " + text);
    auto server = parse_host_port(text.substr(at + 1));
    if (!server) return server.error();
    return SlipQueue{text.substr(0, at), server.value()};
}

Result<StationOptions> parse_options(const std::vector<std::string>& arguments) {
    Words from_line;
    std::string config;
    if (auto first = parse_words(arguments, from_line, config); !first) return first.error();
    if (config.empty()) return to_options(from_line);
    Words words;
    if (auto file = read_file(config, words); !file) return file.error();
    if (auto again = parse_words(arguments, words, config); !again) return again.error();
    return to_options(words);
}

}  // namespace kenpin::app
