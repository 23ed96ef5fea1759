#include "tests/bench/station_start.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <thread>

#include <unistd.h>

#include "places.hpp"
#include "tests/bench/green_light.hpp"
#include "tests/bench/stations.hpp"
#include "tests/support/private_display.hpp"
#include "tests/support/process.hpp"

namespace kenpin::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds patience{30};
constexpr std::chrono::milliseconds look_every{1};

bool has_a_line(const std::filesystem::path& log) {
    std::error_code failed;
    const auto size = std::filesystem::file_size(log, failed);
    return !failed && size > 0;
}

Result<support::Process> start_station(const std::string& display, const std::filesystem::path& data) {
    const auto log = data / "screen.log";
    std::filesystem::remove(log);
    return support::Process::start({.argv = {KENPIN_BIN_DIR "/kenpin-station", "--site", site.value,
                                             "--device", bench_device.value, "--role", "picker", "--profile",
                                             "handheld-4", "--broker", "127.0.0.1:" + std::to_string(nowhere),
                                             "--data", data.string(), "--screen-log", log.string()},
                                    .env = {{"DISPLAY", display}, {"SDL_AUDIODRIVER", "dummy"}},
                                    .directory = {},
                                    .output = {}});
}

/// The screen log's first line is written when its screen is on the glass.
Outcome wait_for_screen(support::Process& station, const std::filesystem::path& data) {
    const auto start = Clock::now();
    while (!has_a_line(data / "screen.log")) {
        if (Clock::now() - start > patience || !station.is_running())
            return Error{Error::Kind::refused, "kenpin-station showed nothing: " + station.output()};
        std::this_thread::sleep_for(look_every);
    }
    return Done{};
}

Result<double> start_once(const std::string& display, const std::filesystem::path& data) {
    const auto start = Clock::now();
    auto started = start_station(display, data);
    if (!started) return started.error();
    auto station = std::move(started).value();
    if (auto shown = wait_for_screen(station, data); !shown) return shown.error();
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

/// User and system time of a process, seconds (proc(5)).
double cpu_seconds(pid_t pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string text(std::istreambuf_iterator<char>(file), {});
    std::istringstream fields(text.substr(text.rfind(')') + 2));
    constexpr int before_user_time = 11;
    std::string skipped;
    for (int i = 0; i < before_user_time; ++i) fields >> skipped;
    double user = 0, system = 0;
    fields >> user >> system;
    return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

double rss_mb(pid_t pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/statm");
    double size = 0, resident = 0;
    file >> size >> resident;
    return resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1e6;
}

}  // namespace

Result<Idle> measure_station_idle(int seconds) {
    constexpr int wide = 800, high = 1280;
    constexpr std::chrono::seconds settled{3};
    const support::TempDir folder;
    const auto display = support::PrivateDisplay::start(wide, high);
    if (!display) return display.error();
    auto started = start_station(display.value()->name(), folder.path());
    if (!started) return started.error();
    auto station = std::move(started).value();
    if (auto shown = wait_for_screen(station, folder.path()); !shown) return shown.error();
    std::this_thread::sleep_for(settled);
    const double before = cpu_seconds(station.pid());
    std::this_thread::sleep_for(std::chrono::seconds{seconds});
    return Idle{(cpu_seconds(station.pid()) - before) * 100 / seconds, rss_mb(station.pid())};
}

Result<std::vector<double>> measure_station_start(int starts, int events) {
    constexpr int wide = 800, high = 1280;
    const support::TempDir folder;
    const auto display = support::PrivateDisplay::start(wide, high);
    if (!display) return display.error();
    if (auto filled = fill_outbox((folder / "station.db").string(), events); !filled) return filled.error();
    std::vector<double> took;
    for (int i = 0; i <= starts; ++i) {
        const auto one = start_once(display.value()->name(), folder.path());
        if (!one) return one.error();
        if (i > 0) took.push_back(one.value());
    }
    return took;
}

}  // namespace kenpin::bench
