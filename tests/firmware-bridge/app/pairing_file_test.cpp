#include "firmware-bridge/app/pairing_file.hpp"

#include <fstream>

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "tests/support/process.hpp"
#include "tests/support/property.hpp"

using namespace kenpin;
using namespace kenpin::app;

namespace {

Pairings two() {
    return {{{"0c2e:0b61#A17", "B1"}, {"/dev/ttyUSB0", "B2"}}, {"05e0:0600#0"}};
}

}  // namespace

TEST_CASE("pairings come back after the bridge has ended, and only its user may read them") {
    const support::TempDir folder;
    const auto file = folder / "pairings.toml";
    REQUIRE(write_pairings(file, two()));
    CHECK(read_pairings(file).value() == two());
    struct stat seen {};
    REQUIRE(stat(file.c_str(), &seen) == 0);
    CHECK((seen.st_mode & 0777) == 0600);
    REQUIRE(write_pairings(file, {}));
    CHECK(read_pairings(file).value() == Pairings{});
}

TEST_CASE("without a file nobody is paired; one that cannot be understood is said, not obeyed") {
    const support::TempDir folder;
    CHECK(read_pairings(folder / "none").value() == Pairings{});
    for (const auto* text :
         {"[[paired]]\ndevice = \"x\"", "shared = 1", "shared = [", "[[paired]]\ndevice = 1"}) {
        std::ofstream(folder / "bad") << text;
        INFO(text);
        CHECK_FALSE(read_pairings(folder / "bad"));
    }
    CHECK_FALSE(write_pairings(folder / "no/such/folder", two()));
}

TEST_CASE("whatever a device calls itself, its pairing is found again") {
    const support::TempDir folder;
    test::holds("pairing", [&] {
        const auto ascii = rc::gen::container<std::string>(rc::gen::inRange<char>(1, 127));
        Pairings pairings;
        pairings.stations[*ascii] = *ascii;
        pairings.shared_serials.insert(*ascii);
        RC_ASSERT(config::Config::parse(to_toml(pairings), "x"));
        RC_ASSERT(write_pairings(folder / "p", pairings));
        RC_ASSERT(read_pairings(folder / "p").value() == pairings);
    });
}
