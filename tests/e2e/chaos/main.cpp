// kenpin-chaos --minutes M: real programs under kills, bad lines and bad disks (run.hpp). One line of JSON
// says what was done and what was found; ends with 1 when something was lost, doubled or otherwise broken.
#include <cstdio>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
#include <stdlib.h>

#include "places.hpp"
#include "tests/e2e/chaos/run.hpp"

namespace {

using namespace kenpin;

double load_of_machine() {
    double load = 0;
    return getloadavg(&load, 1) == 1 ? load : 0;
}

nlohmann::ordered_json to_json(const chaos::Summary& s) {
    return {{"line", s.line},
            {"why_no_tun", s.why_no_tun},
            {"scans", s.scans},
            {"wrong_scans", s.wrong},
            {"wrong_accepted", s.wrong_accepted},
            {"unanswered", s.unanswered},
            {"green_lines", s.verdict.green_lines},
            {"green_events", s.verdict.green_events},
            {"refused", s.verdict.refused_lines},
            {"kills", s.all_kills()},
            {"killed", s.kills},
            {"lines_cut", s.cuts},
            {"disks_filled", s.full_disks},
            {"slow_disks", s.slow_disks},
            {"packets", s.packets.passed},
            {"packets_lost", s.packets.lost},
            {"packets_repeated", s.packets.repeated},
            {"connections_broken", s.packets.broken},
            {"orders", s.orders},
            {"shipped", s.verdict.shipped},
            {"server_events", s.verdict.server_events},
            {"device_events", s.verdict.device_events},
            {"evidence", s.verdict.evidence},
            {"lost", s.verdict.lost},
            {"doubled", s.verdict.doubled},
            {"rest_s", s.rest_s},
            {"load", load_of_machine()},
            {"broken", s.verdict.broken}};
}

struct Least {
    int scans = 0, kills = 0;
};

/// What is wrong with the run as a whole, beside its verdict.
std::vector<std::string> complaints(const chaos::Summary& s, const Least& least) {
    std::vector<std::string> all;
    if (s.scans < least.scans) all.push_back("only " + std::to_string(s.scans) + " scans");
    if (s.all_kills() < least.kills) all.push_back("only " + std::to_string(s.all_kills()) + " kills");
    if (s.wrong_accepted > 0) all.push_back(std::to_string(s.wrong_accepted) + " wrong scans became green");
    if (s.rest_s < 0) all.push_back("not everything was on the server 60 s after the last fault");
    return all;
}

}  // namespace

int main(int argc, char** argv) {
    double minutes = 1;
    Least least;
    bool no_tun = false;
    chaos::Plan plan{.programs = KENPIN_BIN_DIR, .sources = KENPIN_SOURCE_ROOT};
    CLI::App app("Real programs under kills, bad lines and bad disks");
    app.add_option("--minutes", minutes, "how long things go wrong")->check(CLI::Range(0.1, 1'000.0));
    app.add_option("--seed", plan.seed, "of everything that is left to chance here")->capture_default_str();
    app.add_option("--pickers", plan.pickers)->capture_default_str();
    app.add_option("--packers", plan.packers)->capture_default_str();
    app.add_option("--least-scans", least.scans, "fewer is a failure");
    app.add_option("--least-kills", least.kills, "fewer is a failure");
    app.add_flag("--proxy", no_tun, "lines over a proxy, even where packets would be possible");
    app.add_option("--out", plan.out, "keep everything there: an empty folder");
    CLI11_PARSE(app, argc, argv);
    plan.storm = std::chrono::seconds(static_cast<std::int64_t>(minutes * 60));
    plan.may_use_tun = !no_tun;

    auto done = chaos::Run(plan).run();
    if (!done) {
        std::fprintf(stderr, "kenpin-chaos: %s\n", done.error().detail.c_str());
        return 2;
    }
    auto summary = std::move(done).value();
    for (auto& complaint : complaints(summary, least)) summary.verdict.broken.push_back(std::move(complaint));
    std::printf("%s\n", to_json(summary).dump().c_str());
    return summary.verdict.broken.empty() ? 0 : 1;
}
