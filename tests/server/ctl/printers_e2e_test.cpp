// kenpinctl beside a printer made of software: what somebody reads who sets a bench up.
#include <doctest/doctest.h>

#include "places.hpp"
#include "tests/printers/e2e/tcp_sink.hpp"
#include "tests/printers/e2e/virtual_printer.hpp"

using namespace kenpin;

namespace {

struct Said {
    support::Exit exit;
    std::string text;
};

Said discover(const std::vector<std::string>& words) {
    std::vector<std::string> argv{KENPIN_BIN_DIR "/kenpinctl", "--lang", "en", "printer", "discover"};
    argv.insert(argv.end(), words.begin(), words.end());
    auto started = support::Process::start({.argv = argv});
    REQUIRE(started);
    auto ctl = std::move(started).value();
    const auto exit = ctl.wait(std::chrono::seconds{60});
    REQUIRE(exit);
    return {*exit, ctl.output()};
}

bool has(const Said& said, const std::string& words) {
    return said.text.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("whoever sets a bench up reads which printers there are and what to tell the bench") {
    const support::TempDir dir;
    const support::VirtualPrinter zebra(dir / "zebra"), sato(dir / "sato", 0, {"--language", "sbpl"});
    const auto no_cups = "localhost:" + std::to_string(support::free_port());
    const auto at_zebra = "127.0.0.1:" + std::to_string(zebra.port());
    const auto said = discover({at_zebra, "127.0.0.1:" + std::to_string(sato.port()), "--cups", no_cups,
                                "--bridge", (dir / "no-bridge").string()});
    INFO(said.text);
    CHECK(said.exit == support::Exit{0, 0});
    CHECK(has(said, "USB   kenpin-bridge is not reached"));
    CHECK(has(said, "CUPS  not reached"));
    CHECK(has(said, "TCP   " + at_zebra + "  zpl  KENPIN-VIRTUAL  8 dots/mm"));
    CHECK(has(said, "--printer " + at_zebra + " --printer-model zpl-8, zebra-zd421-8"));
    CHECK(has(said, "  sbpl"));
    CHECK(has(said, "--printer-model sato-cl4nx-8, sato-cl4nx-12, sato-gl408e"));
    CHECK(zebra.tracking_numbers().empty());
}

TEST_CASE("a range that is none is refused with what would be right") {
    const auto said =
        discover({"192.0.2.0/4", "--cups", "localhost:" + std::to_string(support::free_port())});
    CHECK(said.exit == support::Exit{1, 0});
    CHECK(has(said, "1024 addresses"));
    CHECK(has(discover({"--cups", "localhost:1"}), "kenpinctl printer discover 192.0.2.0/24"));
}
