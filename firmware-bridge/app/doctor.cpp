#include "firmware-bridge/app/doctor.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>

#include <unistd.h>

#include "firmware-bridge/app/verbs/watch_link.hpp"
#include "firmware-bridge/decode/quirks.hpp"

namespace kenpin::app {
namespace {

namespace fs = std::filesystem;
using Weight = Finding::Weight;

constexpr int hid_class = 3, printer_class = 7, cdc_class = 2;
constexpr int keyboard_protocol = 1, mouse_protocol = 2;

bool may_open(const fs::path& node) {
    return access(node.c_str(), R_OK | W_OK) == 0;
}

bool is_there(const fs::path& path) {
    std::error_code failed;
    return fs::exists(path, failed);
}

std::string called(const UsbSeen& device) {
    std::array<char, 12> text{};
    std::snprintf(text.data(), text.size(), "%04x:%04x", unsigned{device.vid}, unsigned{device.pid});
    return std::string(text.data()) + (device.product.empty() ? "" : " " + device.product);
}

bool has_face(const UsbSeen& device, int device_class) {
    return std::any_of(device.faces.begin(), device.faces.end(),
                       [&](const UsbFace& face) { return face.device_class == device_class; });
}

/// A HID interface that is neither a desktop's keyboard nor its mouse.
bool has_own_hid(const UsbSeen& device) {
    return std::any_of(device.faces.begin(), device.faces.end(), [](const UsbFace& face) {
        return face.device_class == hid_class && face.protocol != keyboard_protocol &&
               face.protocol != mouse_protocol;
    });
}

bool fits(const Match& match, const UsbSeen& device) {
    return (!match.vid || *match.vid == device.vid) && (!match.pid || *match.pid == device.pid) &&
           (!match.serial || *match.serial == device.serial);
}

const DeviceSettings* record_of(const Settings& settings, const UsbSeen& device) {
    const auto found = std::find_if(settings.devices.begin(), settings.devices.end(),
                                    [&](const auto& each) { return !each.line && fits(each.match, device); });
    return found == settings.devices.end() ? nullptr : &*found;
}

/// The queues of CUPS for USB printers; empty when its file cannot be read.
std::vector<std::string> cups_uris(const fs::path& root) {
    std::ifstream file(root / "etc/cups/printers.conf");
    std::vector<std::string> uris;
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("DeviceURI usb://")) uris.push_back(line.substr(10));
    return uris;
}

bool cups_has(const std::vector<std::string>& uris, const UsbSeen& device) {
    return std::any_of(uris.begin(), uris.end(), [&](const std::string& uri) {
        const auto serial = uri.find("serial=");
        return !device.serial.empty() && serial != std::string::npos &&
               uri.substr(serial + 7).starts_with(device.serial);
    });
}

Finding check_printer(const UsbSeen& device, const DeviceSettings* record,
                      const std::vector<std::string>& uris) {
    if (record == nullptr || record->owner != Owner::bridge)
        return {Weight::note, "doctor.usb_printer_cups", {called(device)}};
    if (cups_has(uris, device)) return {Weight::bad, "doctor.cups_has_it", {called(device)}};
    return {Weight::good, "doctor.usb", {called(device)}};
}

Findings check_device(const fs::path& root, const UsbSeen& device, const Settings& settings,
                      const std::vector<std::string>& uris) {
    const auto* record = record_of(settings, device);
    if (record != nullptr && record->is_ignored) return {};
    if (const auto remedy = decode::remedy_of(device.vid, device.pid))
        return {{Weight::bad, "doctor.usb_unsupported", {called(device)}, "fix." + std::string(*remedy)}};
    const bool is_printer = has_face(device, printer_class);
    const bool is_keyboard = record != nullptr && record->is_keyboard;
    if (!is_printer && !has_own_hid(device) && !is_keyboard) {
        if (record != nullptr && has_face(device, cdc_class))
            return {{Weight::bad, "doctor.foreign_driver", {called(device), "cdc_acm"}}};
        return {};
    }
    Findings findings;
    if (is_printer) findings.push_back(check_printer(device, record, uris));
    const bool is_ours = !is_printer || (record != nullptr && record->owner == Owner::bridge);
    if (!is_ours) return findings;
    const auto node = device.node(root);
    if (!may_open(node))
        findings.push_back(
            {Weight::bad, "doctor.usb_no_right", {called(device), node.string()}, "fix.no_permission"});
    else if (!is_printer)
        findings.push_back({Weight::good, "doctor.usb", {called(device)}});
    for (const auto& face : device.faces)
        if (face.driver == "usbhid" || face.driver == "usblp")
            findings.push_back({Weight::note, "doctor.driver", {called(device), face.driver}});
    return findings;
}

}  // namespace

Findings check_configuration(const fs::path& file) {
    if (!is_there(file)) return {{Weight::bad, "doctor.no_configuration", {file.string()}}};
    const auto settings = read_settings(file);
    if (!settings) return {{Weight::bad, "doctor.configuration_wrong", {settings.error().detail}}};
    return {{Weight::good,
             "doctor.configuration",
             {file.string(), std::to_string(settings.value().devices.size())}}};
}

Findings check_socket(const fs::path& socket) {
    const auto link = WatchLink::connect(socket);
    if (link) return {{Weight::good, "doctor.runs", {socket.string()}}};
    if (link.error().kind == Error::Kind::refused)
        return {{Weight::bad, "doctor.socket_refused", {socket.string()}}};
    if (!is_there(socket.parent_path()))
        return {{Weight::bad, "doctor.no_folder", {socket.parent_path().string()}}};
    return {{Weight::note, "doctor.socket_free", {socket.string()}}};
}

Findings check_rules(const fs::path& root) {
    for (const auto* folder : {"etc/udev/rules.d", "usr/lib/udev/rules.d", "lib/udev/rules.d"}) {
        const auto file = root / folder / "60-kenpin-bridge.rules";
        if (is_there(file)) return {{Weight::good, "doctor.rules", {file.string()}}};
    }
    return {{Weight::bad, "doctor.no_rules", {}}};
}

Findings check_lines(const Settings& settings) {
    Findings findings;
    for (const auto& device : settings.devices) {
        if (!device.line) continue;
        const auto& path = device.line->path;
        const auto name = device.id.value.empty() ? "-" : device.id.value;
        if (!is_there(path))
            findings.push_back({Weight::bad, "doctor.line_away", {name, path}});
        else if (!may_open(path))
            findings.push_back({Weight::bad, "doctor.line_no_right", {name, path}});
        else
            findings.push_back({Weight::good, "doctor.line", {name, path}});
    }
    return findings;
}

Findings check_usb(const fs::path& root, const Settings& settings) {
    if (!settings.has_usb) return {};
    if (!is_there(root / "sys/bus/usb/devices")) return {{Weight::bad, "doctor.no_usb", {}}};
    const auto uris = cups_uris(root);
    Findings findings;
    for (const auto& device : usb_tree(root)) {
        auto more = check_device(root, device, settings, uris);
        findings.insert(findings.end(), more.begin(), more.end());
    }
    return findings;
}

Findings check_state(const fs::path& folder) {
    if (folder.empty()) return {};
    const bool may_write = access(folder.c_str(), W_OK | X_OK) == 0;
    return {{may_write ? Weight::good : Weight::bad,
             may_write ? "doctor.state" : "doctor.state_refused",
             {folder.string()}}};
}

Findings examine(const Machine& machine) {
    auto findings = check_configuration(machine.configuration);
    const auto read = read_settings(machine.configuration);
    Settings without_file;
    without_file.has_usb = true;
    const auto settings = read ? read.value() : without_file;
    const auto add = [&](const Findings& more) { findings.insert(findings.end(), more.begin(), more.end()); };
    add(check_socket(machine.socket));
    add(check_state(machine.state_folder));
    add(check_rules(machine.root));
    add(check_lines(settings));
    add(check_usb(machine.root, settings));
    return findings;
}

std::vector<std::string> lines_of(const Finding& finding, Language language) {
    const auto* mark = finding.weight == Weight::good   ? "good"
                       : finding.weight == Weight::note ? "note"
                                                        : "bad";
    std::vector<std::string> lines{"[" + say(language, mark) + "] " +
                                   say(language, finding.key, finding.parts)};
    const auto fix = finding.remedy.empty() ? "fix." + finding.key : finding.remedy;
    const auto words = say(language, fix);
    if (finding.weight != Weight::good && words != fix)
        lines.push_back("    " + say(language, "fix") + ": " + words);
    return lines;
}

int count_bad(const Findings& findings) {
    return static_cast<int>(std::count_if(findings.begin(), findings.end(), [](const Finding& finding) {
        return finding.weight == Weight::bad;
    }));
}

}  // namespace kenpin::app
