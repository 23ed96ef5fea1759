// kenpin-bench-floor [FLOOR [SET…]]: how much of each set of orders is understood as its expected.json says,
// as JSON lines; every difference is named on standard error. "handling" counts what equals
// expected.json to the letter, "handling_excused" what differs only as floor_excuse.hpp allows, by flag.
// FLOOR as for kenpin-bench-import. Ends with 1 when something is wrong that could have been known.
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "places.hpp"
#include "tests/server/app/floor_verdict.hpp"

namespace {

using namespace kenpin;
using namespace kenpin::test;

void print(const std::string& set, const FloorVerdict& verdict) {
    const auto of = [](const Tally& tally) { return json{{"right", tally.right}, {"of", tally.all}}; };
    const json line = {{"set", set},
                       {"outcomes", of(verdict.outcomes)},
                       {"places", of(verdict.places)},
                       {"lines", of(verdict.lines)},
                       {"remarks", of(verdict.remarks)},
                       {"handling", of(verdict.handling)},
                       {"handling_excused", verdict.excused},
                       {"records", of(verdict.records)},
                       {"consolidations", of(verdict.consolidations)},
                       {"wrong", verdict.wrong.size()}};
    std::printf("%s\n", line.dump().c_str());
    for (const auto& wrong : verdict.wrong) std::fprintf(stderr, "%s: %s\n", set.c_str(), wrong.c_str());
}

// False: not all right.
bool judge(const fs::path& floor, const std::string& set) {
    const auto expected = floor / set / "expected.json";
    if (!fs::exists(expected)) {
        std::fprintf(stderr, "kenpin-bench-floor: %s does not hold expected.json\n",
                     expected.parent_path().c_str());
        return false;
    }
    auto name = (fs::temp_directory_path() / "kenpin-floor-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) return false;
    const auto given = import_of_set(floor, set, name, std::string(KENPIN_SOURCE_ROOT) + "/assets");
    const auto verdict = judge_set(floor / set, given);
    fs::remove_all(name);
    if (verdict)
        print(set, verdict.value());
    else
        std::fprintf(stderr, "kenpin-bench-floor: %s: %s\n", set.c_str(), verdict.error().detail.c_str());
    return verdict && verdict.value().wrong.empty();
}

}  // namespace

int main(int argc, char** argv) {
    const char* given = std::getenv("KENPIN_FLOOR");
    const fs::path floor = argc > 1 ? argv[1]
                           : given  ? given
                                    : std::string(KENPIN_SOURCE_ROOT) + "/tests/data/floor";
    std::vector<std::string> sets(argv + std::min(argc, 2), argv + argc);
    if (sets.empty())
        for (const char* set : {"small", "medium", "large"})
            if (fs::exists(floor / set)) sets.emplace_back(set);
    if (sets.empty())
        std::fprintf(stderr, "kenpin-bench-floor: %s holds none of small, medium, large\n", floor.c_str());
    bool is_right = !sets.empty();
    for (const auto& set : sets) is_right = judge(floor, set) && is_right;
    return is_right ? 0 : 1;
}
