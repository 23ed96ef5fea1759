#include "tests/bench/station_start.hpp"

#include <chrono>
#include <filesystem>
#include <thread>

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

/// The screen log's first line is written when its screen is on the glass.
Result<double> start_once(const std::string& display, const std::filesystem::path& data) {
    const auto log = data / "screen.log";
    std::filesystem::remove(log);
    const auto start = Clock::now();
    auto started =
        support::Process::start({.argv = {KENPIN_BIN_DIR "/kenpin-station", "--site", site.value, "--device",
                                          bench_device.value, "--role", "picker", "--profile", "handheld-4",
                                          "--broker", "127.0.0.1:" + std::to_string(nowhere), "--data",
                                          data.string(), "--screen-log", log.string()},
                                 .env = {{"DISPLAY", display}, {"SDL_AUDIODRIVER", "dummy"}},
                                 .directory = {},
                                 .output = {}});
    if (!started) return started.error();
    auto station = std::move(started).value();
    while (!has_a_line(log)) {
        if (Clock::now() - start > patience || !station.is_running())
            return Error{Error::Kind::refused, "kenpin-station showed nothing: " + station.output()};
        std::this_thread::sleep_for(look_every);
    }
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

}  // namespace

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
