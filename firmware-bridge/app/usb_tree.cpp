#include "firmware-bridge/app/usb_tree.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <fstream>

namespace kenpin::app {
namespace {

namespace fs = std::filesystem;

constexpr int hub_class = 9;

std::string first_line(const fs::path& file) {
    std::ifstream in(file);
    std::string line;
    std::getline(in, line);
    return line;
}

int number(const fs::path& file, int base) {
    const auto text = first_line(file);
    int value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value, base);
    return value;
}

std::vector<fs::path> folders_of(const fs::path& folder) {
    std::vector<fs::path> found;
    std::error_code failed;
    for (fs::directory_iterator each(folder, failed), end; !failed && each != end; each.increment(failed))
        found.push_back(each->path());
    std::sort(found.begin(), found.end());
    return found;
}

UsbFace face(const fs::path& folder) {
    std::error_code none;
    const auto driver = fs::read_symlink(folder / "driver", none);
    return {number(folder / "bInterfaceClass", 16), number(folder / "bInterfaceSubClass", 16),
            number(folder / "bInterfaceProtocol", 16), none ? "" : driver.filename().string()};
}

}  // namespace

fs::path UsbSeen::node(const fs::path& root) const {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "dev/bus/usb/%03d/%03d", bus, number);
    return root / text.data();
}

std::vector<UsbSeen> usb_tree(const fs::path& root) {
    const auto folder = root / "sys/bus/usb/devices";
    std::vector<UsbSeen> seen;
    const auto all = folders_of(folder);
    for (const auto& each : all) {
        std::error_code failed;
        if (!fs::exists(each / "idVendor", failed) || number(each / "bDeviceClass", 16) == hub_class)
            continue;
        UsbSeen device;
        device.name = each.filename();
        device.vid = static_cast<std::uint16_t>(number(each / "idVendor", 16));
        device.pid = static_cast<std::uint16_t>(number(each / "idProduct", 16));
        device.product = first_line(each / "product");
        device.serial = first_line(each / "serial");
        device.bus = number(each / "busnum", 10);
        device.number = number(each / "devnum", 10);
        for (const auto& other : all)
            if (other.filename().string().starts_with(device.name + ":")) device.faces.push_back(face(other));
        seen.push_back(std::move(device));
    }
    return seen;
}

}  // namespace kenpin::app
