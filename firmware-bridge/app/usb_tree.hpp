#pragma once
// The USB devices of this machine as the kernel lists them, without opening any: what `doctor` looks at.
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace kenpin::app {

struct UsbFace {  // one interface
    int device_class = 0, subclass = 0, protocol = 0;
    std::string driver;  // of the kernel, "usbhid"; empty: none
};

struct UsbSeen {
    std::string name;  // of its folder: "1-1.2"
    std::uint16_t vid = 0, pid = 0;
    std::string product, serial;
    int bus = 0, number = 0;
    std::vector<UsbFace> faces;

    /// /dev/bus/usb/BBB/DDD below `root`.
    std::filesystem::path node(const std::filesystem::path& root) const;
};

/// Everything but hubs, by name. `root`: "/", or a made tree in tests. Empty without USB.
std::vector<UsbSeen> usb_tree(const std::filesystem::path& root);

}  // namespace kenpin::app
