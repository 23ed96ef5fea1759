#include "station/sync/boot_clock.hpp"

#include <algorithm>
#include <ctime>
#include <fstream>

namespace kenpin::sync {
namespace {

std::string boot_name() {
    std::ifstream file("/proc/sys/kernel/random/boot_id");
    std::string name;
    file >> name;
    return name;  // empty where the kernel does not tell: then every start counts as a boot
}

}  // namespace

Receipt receipt_now() {
    static const std::string boot = boot_name();  // the same as long as this program runs
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return {boot, std::chrono::duration_cast<Millis>(std::chrono::seconds{now.tv_sec} +
                                                     std::chrono::nanoseconds{now.tv_nsec})};
}

Millis left_of(Millis length, const Receipt& received, const Receipt& now) {
    if (now.boot.empty() || received.boot != now.boot) return Millis{0};
    return std::clamp(length - (now.since_boot - received.since_boot), Millis{0}, length);
}

}  // namespace kenpin::sync
