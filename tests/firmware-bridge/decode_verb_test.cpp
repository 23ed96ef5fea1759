// kenpin-bridge decode FILE..., as the administrator types it.
#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "places.hpp"
#include "tests/support/process.hpp"

using namespace kenpin::support;

namespace {

const std::string pictures = KENPIN_SOURCE_ROOT "/tests/data/barcodes/";

struct Said {
    int code;
    std::string output;  // standard output and error, as they came
};

Said decode(std::vector<std::string> files) {
    std::vector<std::string> argv{KENPIN_BIN_DIR "/kenpin-bridge", "decode"};
    argv.insert(argv.end(), files.begin(), files.end());
    auto process = Process::start({.argv = std::move(argv)});
    REQUIRE(process);
    auto running = std::move(process).value();
    const auto exit = running.wait(std::chrono::seconds{60});
    REQUIRE(exit);
    return {exit->code, running.output()};
}

bool has(const Said& said, const std::string& part) {
    return said.output.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("each file gives one line: what it says, which bars, how long it took") {
    const auto said = decode({pictures + "EAN13/003.png", pictures + "None/012.png"});
    CHECK(said.code == 0);
    CHECK(has(said, R"("text":"9780140013993","symbology":"EAN13","aim":"]E0","ms":)"));
    CHECK(has(said, R"("text":null,"symbology":null,"aim":null,"ms":)"));
}

TEST_CASE("a file that is no picture is named, and the others are still read") {
    const TempDir dir;
    const auto text = (dir / "note.png").string();
    std::ofstream(text) << "not a picture";
    const auto said = decode({text, pictures + "EAN13/003.png"});
    CHECK(said.code == 0);
    CHECK(has(said, "note.png: not a PNG, JPEG or WebP picture"));
    CHECK(has(said, "9780140013993"));
}

TEST_CASE("a file that cannot be opened makes the whole run fail at its end") {
    const auto said = decode({"/nonexistent/a.png", pictures, pictures + "EAN13/003.png"});
    CHECK(said.code == 1);
    CHECK(has(said, "/nonexistent/a.png: cannot be opened"));
    CHECK(has(said, "barcodes/: is a folder; name the pictures in it"));
    CHECK(has(said, "9780140013993"));
}
