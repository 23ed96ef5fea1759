// kenpin-bench-decode [--data DIR]: how many photographs are read, against zbar, and what a frame costs. JSON
// lines; ends with 1 when a promise is not kept.
#include <cstdio>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "places.hpp"
#include "tests/bench/decode.hpp"

namespace {

using namespace kenpin::bench;
using Json = nlohmann::ordered_json;

constexpr double least_read = 0.77, most_frame_ms = 25, most_of_zbar = 0.3, most_restart_ms = 200;
constexpr std::size_t most_misread = 1;

void print(const Json& line) {
    std::puts(line.dump().c_str());
}

double rate(const Count& count) {
    return count.with_code == 0 ? 0 : static_cast<double>(count.read) / count.with_code;
}

bool print_stills(const StillScore& score) {
    for (const auto& [symbology, count] : score.ours.by_symbology) {
        if (count.with_code == 0) continue;
        print({{"bench", "decode"},
               {"what", "still"},
               {"symbology", symbology},
               {"pictures", count.with_code},
               {"ours", count.read},
               {"zbar", score.zbar.by_symbology.at(symbology).read}});
    }
    const auto ours = score.ours.all(), zbar = score.zbar.all();
    print({{"bench", "decode"},
           {"what", "still"},
           {"symbology", "all"},
           {"pictures", ours.with_code},
           {"ours", ours.read},
           {"zbar", zbar.read},
           {"ours_rate", rate(ours)},
           {"zbar_rate", rate(zbar)},
           {"ours_misread", score.ours.misread.size()},
           {"zbar_misread", score.zbar.misread.size()},
           {"ours_false", score.ours.false_reads.size()},
           {"zbar_false", score.zbar.false_reads.size()},
           {"children_lost", score.lost_children},
           {"parents_lost", 0},
           {"bar_rate", least_read},
           {"bar_misread", most_misread}});
    for (const auto& file : score.ours.misread)
        print({{"bench", "decode"}, {"what", "misread"}, {"file", file}});
    return rate(ours) >= least_read && score.ours.misread.size() <= most_misread &&
           score.ours.false_reads.empty();
}

bool print_frames(const FrameCost& cost) {
    const double ours = percentile(cost.ours_ms, 95), zbar = percentile(cost.zbar_ms, 95);
    print({{"bench", "decode"},
           {"what", "frame_720p_cpu"},
           {"frames", cost.ours_ms.size()},
           {"ours_p50_ms", percentile(cost.ours_ms, 50)},
           {"ours_p95_ms", ours},
           {"zbar_p50_ms", percentile(cost.zbar_ms, 50)},
           {"zbar_p95_ms", zbar},
           {"ratio", ours > 0 ? zbar / ours : 0},
           {"ours_read", cost.ours_read},
           {"zbar_read", cost.zbar_read},
           {"bar_p95_ms", most_frame_ms},
           {"bar_ratio", 1 / most_of_zbar}});
    return ours <= most_frame_ms && ours <= most_of_zbar * zbar;
}

bool print_restarts(const std::vector<double>& took) {
    print({{"bench", "decode"},
           {"what", "child_killed_to_next_answer"},
           {"times", took.size()},
           {"p50_ms", percentile(took, 50)},
           {"max_ms", percentile(took, 100)},
           {"bar_ms", most_restart_ms}});
    return !took.empty() && percentile(took, 100) <= most_restart_ms;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App program("Photographs and frames: ours and zbar", "kenpin-bench-decode");
    std::string directory = KENPIN_SOURCE_ROOT "/tests/data/barcodes";
    program.add_option("--data", directory, "pictures with their manifest.tsv; else the committed ones");
    CLI11_PARSE(program, argc, argv);
    const auto set = photographs(directory);
    if (!set || set.value().empty()) {
        std::fprintf(stderr, "kenpin-bench-decode: no pictures in %s\n", directory.c_str());
        return 2;
    }
    const bool stills = print_stills(read_stills(set.value()));
    const bool frames = print_frames(read_frames(set.value()));
    const bool back = print_restarts(restarts(set.value().front(), 20));
    return stills && frames && back ? 0 : 1;
}
