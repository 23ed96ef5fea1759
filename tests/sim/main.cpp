// kenpin-sim --seeds N [--seed S]: N simulated floors, the first from seed S. Ends with 1 when an invariant
// broke.
#include <cstdint>
#include <cstdio>
#include <ctime>

#include <CLI/CLI.hpp>

#include "adaptors/log/log.hpp"
#include "tests/sim/world.hpp"

int main(int argc, char** argv) {
    CLI::App app("Simulated floors: each seed is one world with its own bad day");
    std::uint64_t seeds = 50, first = 1;
    kenpin::sim::Limits limits;
    bool is_talkative = false;
    app.add_option("--seeds", seeds, "how many worlds")->capture_default_str();
    app.add_option("--seed", first, "the first of them")->capture_default_str();
    app.add_flag("--story", is_talkative, "print the end of each story");
    app.add_option("--lines", limits.story_lines, "how much of a story is kept")->capture_default_str();
    CLI11_PARSE(app, argc, argv);

    (void)kenpin::log::start({.program = "kenpin-sim", .least = kenpin::log::Level::error, .file = {}});

    std::uint64_t broken = 0;
    std::int64_t scans = 0, refused = 0, shipped = 0, evidence = 0, events = 0;
    for (std::uint64_t seed = first; seed < first + seeds; ++seed) {
        const auto outcome = kenpin::sim::run(seed, limits);
        scans += outcome.tally.scans;
        refused += outcome.tally.refused;
        shipped += outcome.shipped;
        evidence += outcome.evidence;
        events += outcome.events;
        if (!outcome.broken.empty()) ++broken;
        if (!outcome.broken.empty() || is_talkative)
            std::fputs(kenpin::sim::to_text(outcome).c_str(), stdout);
    }
    const auto cpu_s = static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
    std::printf(
        "%llu seeds, %llu broken; %lld scans, %lld refused, %lld shipments left, %lld events, %lld kept as "
        "evidence; %.1f s CPU\n",
        static_cast<unsigned long long>(seeds), static_cast<unsigned long long>(broken),
        static_cast<long long>(scans), static_cast<long long>(refused), static_cast<long long>(shipped),
        static_cast<long long>(events), static_cast<long long>(evidence), cpu_s);
    return broken == 0 ? 0 : 1;
}
