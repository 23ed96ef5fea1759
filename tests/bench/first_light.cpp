// kenpin-bench-first-light: the figures that "First light" promises, as JSON lines. Wall-clock figures say
// what this machine did in this minute; `load` says how busy it was beside.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "adaptors/text/canvas.hpp"
#include "places.hpp"
#include "tests/bench/green_light.hpp"
#include "tests/bench/line.hpp"
#include "tests/bench/server_ack.hpp"
#include "tests/bench/station_start.hpp"
#include "tests/printers/bench/figures.hpp"
#include "tests/support/process.hpp"

namespace {

using namespace kenpin;
using namespace kenpin::bench;

constexpr int scans = 500, acks_each = 100, labels = 60, starts = 5, long_shift = 10'000;
constexpr const char* green_alone = "--green-light";

int measure_green(const std::string& name, double aim_ms) {
    return show(measure_green_light(scans),
                [&](const auto& took) { print(latency_line(name, took, "p99_ms", aim_ms)); });
}

/// The same in a process of its own, whose disk takes 15 ms longer for each sync: an SD card's.
int measure_green_on_slow_disk() {
    auto started = support::Process::start(
        {.argv = {"/proc/self/exe", green_alone},
         .env = {{"LD_PRELOAD", KENPIN_BIN_DIR "/libkenpin-bad-disk.so"}, {"KENPIN_FSYNC_MS", "15"}}});
    if (!started) return show(Result<int>(started.error()), [](int) {});
    auto running = std::move(started).value();
    const auto end = running.wait(std::chrono::minutes{2});
    std::fputs(running.output().c_str(), stdout);
    return end && end->code == 0 ? 0 : 1;
}

int measure_all() {
    text::warm_up();
    print(value_line("load", load_of_machine(), "processes"));
    int failed = measure_green("scan_to_green_light", 20) + measure_green_on_slow_disk();
    failed += show(measure_server_ack(3, acks_each), [](const auto& took) {
        print(latency_line("scan_to_server_ack_3_stations", took, "p50_ms", 10));
    });
    failed += show(measure_label_path(labels, 8), [](const Figures& figures) {
        print(latency_line("label_data_to_first_byte", figures.first_byte_ms, "p50_ms", 30));
        print(value_line("label_cpu", figures.cpu_ms_per_label, "ms", 12));
    });
    failed += show(measure_station_start(starts, 0), [](const auto& took) {
        print(value_line("station_start_to_first_screen_median_of_5", median(took), "ms", 300));
    });
    failed += show(measure_station_start(starts, long_shift), [](const auto& took) {
        print(value_line("station_start_with_10000_events_median_of_5", median(took), "ms"));
    });
    failed += show(measure_refold(long_shift), [](const Refold& refold) {
        print(value_line("read_10000_events", refold.read_ms, "ms"));
        print(value_line("fold_10000_events", refold.fold_ms, "ms"));
    });
    print(value_line("load", load_of_machine(), "processes"));
    return failed;
}

}  // namespace

int main(int argc, char** argv) {
    constexpr int as_station = 7;
    if (argc == as_station && std::string(argv[1]) == "--ack-station")
        return run_ack_station(
            {argv[2], argv[3], argv[4], static_cast<std::uint16_t>(std::atoi(argv[5])), std::atoi(argv[6])});
    if (argc == 2 && std::string(argv[1]) == green_alone)
        return measure_green("scan_to_green_light_slow_disk", 50);
    return measure_all();
}
