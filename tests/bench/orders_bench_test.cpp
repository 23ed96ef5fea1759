// What the two benches of orders say when they are pointed at the wrong place.
#include <doctest/doctest.h>

#include "places.hpp"
#include "tests/support/process.hpp"

using namespace kenpin;

namespace {

struct Said {
    int code;
    std::string text;
};

Said run(const std::string& bench, const std::vector<std::string>& arguments) {
    support::Program program{{std::string(KENPIN_BIN_DIR) + "/" + bench}};
    program.argv.insert(program.argv.end(), arguments.begin(), arguments.end());
    auto started = support::Process::start(program);
    REQUIRE(started);
    auto process = std::move(started).value();
    const auto exit = process.wait(std::chrono::seconds{60});
    REQUIRE(exit);
    REQUIRE(exit->signal == 0);
    return {exit->code, process.output()};
}

}  // namespace

TEST_CASE("a bench of orders that finds no folder of orders says which, and fails") {
    const std::string floor = std::string(KENPIN_SOURCE_ROOT) + "/tests/data/floor";
    for (const std::string bench : {"kenpin-bench-import", "kenpin-bench-floor"})
        for (const auto& [arguments, named] :
             {std::pair{std::vector<std::string>{"/nowhere"}, std::string("/nowhere")},
              std::pair{std::vector<std::string>{floor, "huge"}, floor + "/huge"}}) {
            INFO(bench, " ", named);
            const auto said = run(bench, arguments);
            CHECK(said.code == 1);
            CHECK(said.text.starts_with(bench + ": " + named));
            CHECK(said.text.find("terminate") == std::string::npos);
        }
}
