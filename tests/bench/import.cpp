// kenpin-bench-import [FLOOR [SET]]: how long the orders of a floor take to be durably in, and how long the
// same files take again, as JSON lines. FLOOR: a folder with master, medium, large (default: KENPIN_FLOOR,
// else tests/data/floor); SET: large where it is there, else medium.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <sys/resource.h>

#include "places.hpp"
#include "tests/bench/line.hpp"
#include "tests/support/process.hpp"

namespace {

using namespace kenpin;
namespace fs = std::filesystem;

constexpr double most_seconds = 10, most_seconds_again = 5, most_mib = 300;

struct Plan {
    fs::path floor, set, folder;
};

std::vector<std::string> files_of(const fs::path& set) {
    std::vector<std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(set))
        if (entry.is_regular_file() && !entry.path().filename().string().starts_with("expected"))
            files.push_back(entry.path().string());
    std::sort(files.begin(), files.end());
    return files;
}

/// Seconds of one run; negative: it failed.
double import_once(const Plan& plan) {
    support::Program program{{std::string(KENPIN_BIN_DIR) + "/kenpin-server", "import", "--db",
                              (plan.folder / "kenpin.db").string(), "--master",
                              (plan.floor / "master").string(), "--now", "2026-11-24T08:00:00+09:00",
                              "--report", (plan.folder / "report.jsonl").string()}};
    for (const auto& file : files_of(plan.set)) program.argv.push_back(file);
    const auto began = std::chrono::steady_clock::now();
    auto started = support::Process::start(program);
    if (!started) return -1;
    auto process = std::move(started).value();
    if (process.wait(std::chrono::minutes{10}) != support::Exit{0, 0}) return -1;
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

double most_memory_mib() {
    rusage used{};
    getrusage(RUSAGE_CHILDREN, &used);
    return static_cast<double>(used.ru_maxrss) / 1024;
}

int measure(const Plan& plan) {
    const auto first = import_once(plan);
    const auto again = import_once(plan);
    if (first < 0 || again < 0) return std::fprintf(stderr, "kenpin-bench-import: the import failed\n"), 1;
    const auto set = plan.set.filename().string();
    bench::print(bench::value_line("import_" + set, first, "s", most_seconds));
    bench::print(bench::value_line("import_" + set + "_again", again, "s", most_seconds_again));
    bench::print(bench::value_line("import_" + set + "_memory", most_memory_mib(), "MiB", most_mib));
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const char* given = std::getenv("KENPIN_FLOOR");
    Plan plan;
    plan.floor = argc > 1 ? argv[1] : given ? given : std::string(KENPIN_SOURCE_ROOT) + "/tests/data/floor";
    plan.set = plan.floor / (argc > 2 ? argv[2] : fs::exists(plan.floor / "large") ? "large" : "medium");
    for (const auto& needed : {plan.floor, plan.floor / "master", plan.set})
        if (!fs::is_directory(needed))
            return std::fprintf(stderr, "kenpin-bench-import: %s is no folder (FLOOR holds master and SET)\n",
                                needed.c_str()),
                   1;
    auto name = (fs::temp_directory_path() / "kenpin-bench-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) return 1;
    plan.folder = name;
    double load = 0;
    if (getloadavg(&load, 1) == 1) bench::print(bench::value_line("load", load, "processes"));
    const int result = measure(plan);
    fs::remove_all(plan.folder);
    return result;
}
