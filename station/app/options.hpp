#pragma once
// What kenpin-station is told at its start: a TOML file (--config) and the command line, which wins.
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/private.hpp"
#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "station/flow/state.hpp"

namespace kenpin::app {

struct HostPort {
    std::string host;
    std::uint16_t port = 0;
    bool operator==(const HostPort&) const = default;
};
/// "127.0.0.1:1883". Refused without a host or with a port outside 1..65535.
Result<HostPort> parse_host_port(const std::string& text);

struct SlipQueue {  // a CUPS queue; libcups wants a name, not a number: "slips@localhost:8631"
    std::string queue;
    HostPort server;
};
Result<SlipQueue> parse_slip_queue(const std::string& text);

struct WindowPlace {
    int x = 0, y = 0;
};

struct StationOptions {
    SiteId site{"TOKYO1"};
    DeviceId device;
    flow::Role role = flow::Role::picker;
    std::string profile = "handheld-4";
    HostPort broker{"127.0.0.1", 1883};
    std::string account;  // at broker and server; the device id when not said
    Private<std::string> password;
    std::string server;                   // "http://127.0.0.1:8470"; empty: no papers are made here
    std::filesystem::path bridge;         // socket of kenpin-bridge; empty: keyboard wedge only
    std::filesystem::path data;           // folder of the device's own database and key
    std::optional<HostPort> printer;      // label printer, TCP 9100
    PrinterId printer_id;                 // its name in events: "LP1@host:port", else "<device>-label"
    std::optional<HostPort> stand_in;     // another of the same model, used while the first cannot print
    PrinterId stand_in_id;                // "LP2@host:port", else "<device>-label-2"
    std::string printer_model = "zpl-8";  // a row of assets/printers/models.tsv
    std::optional<SlipQueue> slip_queue;  // slips as PDF
    std::string language;                 // "ja" | "en"; empty: as the site's settings say
    bool is_headless = false;
    std::filesystem::path screen_log;
    std::filesystem::path screenshots;
    std::filesystem::path assets;  // folder of fonts and languages; empty: found beside the program
    std::optional<Instant> now;    // business clock at the start; nothing: the machine's
    bool is_fullscreen = false;
    std::optional<WindowPlace> position;

    std::string role_name() const { return role == flow::Role::packer ? "packer" : "picker"; }
};

/// `arguments` without the program's name. Errors: refused (what is wrong, or the help that was asked for).
Result<StationOptions> parse_options(const std::vector<std::string>& arguments);

}  // namespace kenpin::app
