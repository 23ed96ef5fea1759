// kenpin-bench-printers [LABELS]: label data -> first byte at the printer, and CPU per label, ours beside
// CUPS in the same run, as JSON lines.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <iterator>

#include "adaptors/text/canvas.hpp"
#include "tests/printers/bench/figures.hpp"

namespace kenpin::bench {

namespace {

double percentile(std::vector<double> values, double share) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    const auto at = static_cast<std::size_t>(share * static_cast<double>(values.size() - 1) + 0.5);
    return values[std::min(at, values.size() - 1)];
}

int show(const Result<Figures>& figures) {
    if (!figures) {
        std::fprintf(stderr, "kenpin-bench-printers: %s\n", figures.error().detail.c_str());
        return 1;
    }
    std::printf("%s\n", to_json(figures.value()).c_str());
    std::fflush(stdout);
    return 0;
}

}  // namespace

std::string to_json(const Figures& figures) {
    char line[512];
    std::snprintf(line, sizeof line,
                  "{\"bench\":\"printers\",\"what\":\"%s\",\"labels\":%zu,\"first_byte_p50_ms\":%.2f,"
                  "\"first_byte_p99_ms\":%.2f,\"cpu_ms\":%.2f,\"bytes\":%.0f}",
                  figures.what.c_str(), figures.first_byte_ms.size(), percentile(figures.first_byte_ms, 0.5),
                  percentile(figures.first_byte_ms, 0.99), figures.cpu_ms_per_label, figures.bytes_per_label);
    return line;
}

}  // namespace kenpin::bench

int main(int argc, char** argv) {
    using namespace kenpin::bench;
    const int labels = argc > 1 ? std::max(1, std::atoi(argv[1])) : 100;
    kenpin::text::warm_up();
    const int failed = show(measure_label_path(labels, 8)) + show(measure_label_path(labels, 12));
    return failed + show(measure_cups_path(std::clamp(labels / 10, 1, 10)));
}
