#include "firmware-bridge/device/usb_identity.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

namespace kenpin::device {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_text = 64;
constexpr std::string_view devices_folder = "/sys/bus/usb/devices/";

bool is_root_hub(const std::string& part) {
    return part.starts_with("usb") && part.size() > 3 &&
           std::all_of(part.begin() + 3, part.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string read_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string text_of(const std::string& name, std::string_view attribute) {
    return clean_text(read_file(std::string(devices_folder) + name + "/" + std::string(attribute)));
}

std::string joined(const std::string& maker, const std::string& product) {
    if (maker.empty() || product.starts_with(maker)) return product;
    return product.empty() ? maker : maker + " " + product;
}

}  // namespace

std::optional<std::string> port_of(std::string_view sysfs_path) {
    std::string controller;
    bool is_below_root_hub = false;
    std::string last;
    for (const auto& part : fs::path(sysfs_path)) {
        if (is_root_hub(part)) {
            controller = last;
            is_below_root_hub = true;
        }
        last = part.string();
    }
    const auto dash = last.find('-');
    if (!is_below_root_hub || controller.empty() || dash == std::string::npos) return std::nullopt;
    return controller + "/" + last.substr(dash + 1);
}

std::string sysfs_name(std::uint8_t bus, const std::vector<std::uint8_t>& ports) {
    std::string name = std::to_string(bus);
    for (std::size_t i = 0; i < ports.size(); ++i) name += (i == 0 ? "-" : ".") + std::to_string(ports[i]);
    return name;
}

std::string clean_text(std::string_view raw) {
    std::string text;
    for (const char c : raw)
        if (c >= ' ' && c <= '~' && text.size() < longest_text) text += c;
    const auto first = text.find_first_not_of(' ');
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

UsbIdentity read_usb_identity(std::uint16_t vid, std::uint16_t pid, const std::string& name) {
    std::error_code none;
    const auto path = fs::read_symlink(std::string(devices_folder) + name, none);
    return {.vid = vid,
            .pid = pid,
            .serial = text_of(name, "serial"),
            .product = joined(text_of(name, "manufacturer"), text_of(name, "product")),
            .port = port_of(path.string()).value_or("usb/" + name)};
}

std::string read_report_descriptor(const std::string& name, int configuration, int interface) {
    const auto folder = std::string(devices_folder) + name + ":" + std::to_string(configuration) + "." +
                        std::to_string(interface);
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(folder, none))
        if (auto descriptor = read_file(entry.path() / "report_descriptor"); !descriptor.empty())
            return descriptor;
    return {};
}

bool fits(const UsbMatch& match, const UsbIdentity& device) {
    return (match.vid == 0 || match.vid == device.vid) && (match.pid == 0 || match.pid == device.pid) &&
           (match.serial.empty() || match.serial == device.serial) &&
           (match.port.empty() || match.port == device.port);
}

bool fits_any(const std::vector<UsbMatch>& matches, const UsbIdentity& device) {
    return std::any_of(matches.begin(), matches.end(),
                       [&](const auto& match) { return fits(match, device); });
}

}  // namespace kenpin::device
