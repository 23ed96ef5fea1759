// kenpin-bench-station: what a worker waits for, as JSON lines: the first screen, the verdict, the picture;
// and what a station costs that nobody touches. `load` says how busy the machine was beside.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "tests/bench/green_light.hpp"
#include "tests/bench/line.hpp"
#include "tests/bench/station_picture.hpp"
#include "tests/bench/station_start.hpp"

namespace {

using namespace kenpin;
using namespace kenpin::bench;

constexpr int starts = 5, scans = 500, pictures = 200;
constexpr int idle_seconds = 10;

struct Glass {
    const char* profile;
    const char* name;
    double aim_ms;
};
constexpr Glass glasses[] = {{"handheld-4", "scan_to_picture_480x800", 33},
                             {"bench-10", "scan_to_picture_1280x800", 100}};

int show_glass(const Glass& glass) {
    const std::string name = glass.name;
    return show(measure_start_parts(glass.profile),
                [&](const StartParts& parts) {
                    print(value_line("letters_baked_" + std::string(glass.profile), parts.letters_ms, "ms"));
                    print(value_line("window_opened_" + std::string(glass.profile), parts.all_ms, "ms"));
                }) +
           show(measure_picture(glass.profile, pictures), [&](const Noticed& noticed) {
               print(latency_line(name + "_verdict_without_write", noticed.verdict_ms, "p99_ms", 10));
               print(latency_line(name, noticed.picture_ms, "p99_ms", glass.aim_ms));
           });
}

}  // namespace

int main() {
    print(value_line("load", load_of_machine(), "processes"));
    int failed = show(measure_station_start(starts, 0), [](const auto& took) {
        print(value_line("start_to_first_screen_median_of_5", median(took), "ms", 300));
    });
    failed += show(measure_green_light(scans), [](const auto& took) {
        print(latency_line("scan_to_verdict_with_write", took, "p99_ms", 20));
    });
    for (const Glass& glass : glasses) failed += show_glass(glass);
    failed += show(measure_station_idle(idle_seconds), [](const Idle& idle) {
        print(value_line("idle_cpu", idle.cpu_percent, "% of one core", 1));
        print(value_line("idle_rss", idle.rss_mb, "MB", 140));
    });
    print(value_line("load", load_of_machine(), "processes"));
    return failed;
}
