#pragma once
// Hotplug events for programs that run on a umockdev testbed. umockdev's own sender only works in a process
// that is itself preloaded; a test is not.
#include <filesystem>
#include <string>
#include <string_view>

namespace kenpin::support {

/// `properties`: "NAME=value" lines of the device at `devpath` ("/devices/…"), SUBSYSTEM and DEVTYPE among
/// them. Reaches every udev monitor of every program on the testbed at `root`.
void send_uevent(const std::filesystem::path& root, std::string_view action, const std::string& devpath,
                 const std::string& properties);

}  // namespace kenpin::support
