// kenpin-bench-print [LABELS [RUNS [BATCHES]]]: label data -> first and last byte at the printer, CPU and
// bytes, for one label (median of RUNS) and for LABELS at once (median of BATCHES), at 8 and 12 dots per mm,
// ours and CUPS in turns. JSON lines; what each way is: figures.hpp.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <tuple>

#include <nlohmann/json.hpp>

#include "adaptors/text/canvas.hpp"
#include "tests/bench/line.hpp"
#include "tests/printers/bench/figures.hpp"

namespace kenpin::bench {

namespace {

constexpr double aim_one = 20, aim_many = 15;

double rounded(double value) {
    return static_cast<double>(static_cast<long long>(value * 100 + 0.5)) / 100;
}

double machine_load() {
    double load = 0;
    return getloadavg(&load, 1) == 1 ? rounded(load) : 0;
}

struct Pair {
    std::vector<Run> ours, cups;
};

Result<Pair> measure(Way& ours, Way& cups, int labels, int runs) {
    Pair out;
    for (int n = 0; n < runs; ++n) {
        const auto one = ours.run(labels);
        if (!one) return one.error();
        const auto other = cups.run(labels);
        if (!other) return other.error();
        out.ours.push_back(one.value());
        out.cups.push_back(other.value());
    }
    return out;
}

double median_of(const std::vector<Run>& runs, double Run::*figure) {
    std::vector<double> values;
    for (const auto& run : runs) values.push_back(run.*figure);
    return median(values);
}

void show(const std::string& prefix, const Pair& pair, double aim) {
    const auto line = [&](const char* what, const char* unit, double Run::*figure, bool has_aim) {
        const double ours = median_of(pair.ours, figure), cups = median_of(pair.cups, figure);
        nlohmann::ordered_json json{{"name", prefix + what},
                                    {"value", rounded(ours)},
                                    {"unit", unit},
                                    {"cups", rounded(cups)},
                                    {"n", pair.ours.size()}};
        if (has_aim) json["aim_ratio"] = aim;
        if (const auto found = ratio(cups, ours)) json["ratio"] = *found;
        json["load"] = machine_load();
        print(json.dump());
    };
    line("time", "ms", &Run::last_byte_ms, true);
    line("first_byte", "ms", &Run::first_byte_ms, false);
    line("cpu", "ms", &Run::cpu_ms, true);
    line("bytes", "bytes", &Run::bytes, false);
}

struct Sizes {
    int labels, runs, batches;
};

Outcome measure(int dpmm, const Sizes& sizes) {
    auto ours = our_way(dpmm);
    if (!ours) return ours.error();
    auto cups = cups_way(dpmm);
    if (!cups) return cups.error();
    for (const auto& [labels, runs, aim] :
         {std::tuple{1, sizes.runs, aim_one}, std::tuple{sizes.labels, sizes.batches, aim_many}}) {
        const auto pair = measure(*ours.value(), *cups.value(), labels, runs);
        if (!pair) return pair.error();
        show("label_" + std::to_string(labels) + "_" + std::to_string(dpmm) + "dpmm_", pair.value(), aim);
    }
    return Done{};
}

int argument(int argc, char** argv, int at, int otherwise) {
    return argc > at ? std::max(1, std::atoi(argv[at])) : otherwise;
}

}  // namespace

}  // namespace kenpin::bench

int main(int argc, char** argv) {
    using namespace kenpin::bench;
    const Sizes sizes{argument(argc, argv, 1, 100), argument(argc, argv, 2, 7), argument(argc, argv, 3, 3)};
    kenpin::text::warm_up();
    for (const int dpmm : {8, 12})
        if (const auto done = measure(dpmm, sizes); !done) {
            std::fprintf(stderr, "kenpin-bench-print: %s\n", done.error().detail.c_str());
            return 1;
        }
    return 0;
}
