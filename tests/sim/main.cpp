// kenpin-sim --seeds N [--seed S]: N simulated floors, the first from seed S, shared among processes. A floor
// that breaks an invariant leaves the shortest story of it. Ends with 1 when one broke, or when less was done
// than --least-scans or --least-power-cuts.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <thread>
#include <vector>

#include <CLI/CLI.hpp>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include "adaptors/log/log.hpp"
#include "core/base/check.hpp"
#include "tests/sim/shrink.hpp"
#include "tests/sim/world.hpp"

namespace {

using namespace kenpin;

struct Options {
    std::uint64_t seeds = 50, first = 1;
    unsigned jobs = std::max(1U, std::thread::hardware_concurrency());
    std::int64_t least_scans = 0, least_power_cuts = 0;
    std::uint64_t most_broken = 3;  // then the rest is not run
    bool is_talkative = false, is_quick = false;
    sim::Limits limits{};
};

struct Totals {  // goes through a pipe
    std::uint64_t seeds = 0, broken = 0;
    std::int64_t scans = 0, refused = 0, shipped = 0, evidence = 0, events = 0, power_cuts = 0, blows = 0;
    std::int64_t lost_with_disks = 0;

    void add(const Totals& t) {
        seeds += t.seeds, broken += t.broken, scans += t.scans, refused += t.refused, shipped += t.shipped;
        evidence += t.evidence, events += t.events, power_cuts += t.power_cuts, blows += t.blows;
        lost_with_disks += t.lost_with_disks;
    }
};

Totals totals_of(const sim::Outcome& outcome) {
    return {1,
            outcome.broken.empty() ? 0U : 1U,
            outcome.tally.scans,
            outcome.tally.refused,
            outcome.shipped,
            outcome.evidence,
            outcome.events,
            outcome.power_cuts,
            static_cast<std::int64_t>(outcome.blows.size()),
            outcome.lost_with_disks};
}

// Every jobs-th seed.
Totals live(const Options& options, unsigned job) {
    Totals totals;
    for (auto seed = options.first + job; seed < options.first + options.seeds; seed += options.jobs) {
        auto outcome = sim::run(seed, options.limits);
        totals.add(totals_of(outcome));
        if (!outcome.broken.empty() && !options.is_quick)
            outcome = sim::shortest_story(seed, options.limits, outcome);
        if (!outcome.broken.empty() || options.is_talkative) {
            std::fputs(sim::to_text(outcome).c_str(), stdout);
            std::fflush(stdout);
        }
        if (totals.broken >= options.most_broken) break;
    }
    return totals;
}

// One process for each job: worlds share nothing, and SQLite needs no locks.
Totals live_in_processes(const Options& options) {
    Totals totals;
    std::vector<int> answers;
    for (unsigned job = 0; job < options.jobs; ++job) {
        int pipe_ends[2];
        KENPIN_CHECK(pipe(pipe_ends) == 0);
        if (fork() == 0) {
            const auto own = live(options, job);
            _exit(write(pipe_ends[1], &own, sizeof own) == sizeof own ? 0 : 1);
        }
        close(pipe_ends[1]);
        answers.push_back(pipe_ends[0]);
    }
    for (const int answer : answers) {
        Totals own;
        if (read(answer, &own, sizeof own) == sizeof own)
            totals.add(own);
        else
            ++totals.broken;  // it died
        close(answer);
        wait(nullptr);
    }
    return totals;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Simulated floors: each seed is one world with its own bad day");
    Options options;
    app.add_option("--seeds", options.seeds, "how many worlds")->capture_default_str();
    app.add_option("--seed", options.first, "the first of them")->capture_default_str();
    app.add_option("--jobs", options.jobs, "processes")->capture_default_str()->check(CLI::Range(1, 64));
    app.add_option("--least-scans", options.least_scans, "fewer of them fail the run");
    app.add_option("--least-power-cuts", options.least_power_cuts, "fewer of them fail the run");
    app.add_option("--most-broken", options.most_broken, "then the rest is not run")->capture_default_str();
    app.add_option("--letters", options.limits.letters_file,
                   "file for all messages, added to it; with --jobs 1");
    app.add_flag("--story", options.is_talkative, "print the end of each story");
    app.add_flag("--quick", options.is_quick, "do not look for the shortest story of what broke");
    app.add_option("--lines", options.limits.story_lines, "how much of a story is kept")
        ->capture_default_str();
    app.add_option("--steps", options.limits.bad_steps, "length of the bad day")->capture_default_str();
    CLI11_PARSE(app, argc, argv);

    (void)log::start({.program = "kenpin-sim", .least = log::Level::error, .file = {}});
    if (!options.is_talkative && std::freopen("/dev/null", "w", stderr) == nullptr)
        return 1;  // the programs' complaints about what is made to fail here
    sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);

    const auto totals = live_in_processes(options);
    std::printf(
        "%llu seeds, %llu broken; %lld scans, %lld refused, %lld shipments left, %lld events, %lld kept as "
        "evidence; %lld faults, %lld power cuts; %lld records went with a disk that was put back\n",
        static_cast<unsigned long long>(totals.seeds), static_cast<unsigned long long>(totals.broken),
        static_cast<long long>(totals.scans), static_cast<long long>(totals.refused),
        static_cast<long long>(totals.shipped), static_cast<long long>(totals.events),
        static_cast<long long>(totals.evidence), static_cast<long long>(totals.blows),
        static_cast<long long>(totals.power_cuts), static_cast<long long>(totals.lost_with_disks));
    const bool is_enough =
        totals.scans >= options.least_scans && totals.power_cuts >= options.least_power_cuts;
    if (!is_enough) std::puts("that is less than was asked for");
    return totals.broken == 0 && is_enough ? 0 : 1;
}
