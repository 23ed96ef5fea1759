#include "station/app/options.hpp"

#include <fstream>

#include <doctest/doctest.h>

#include "tests/support/process.hpp"

using namespace kenpin;
using app::parse_options;

TEST_CASE("a packer's bench is told by a few words, and the rest follows from them") {
    const auto options = parse_options(
        {"--device", "B1", "--role", "packer", "--data", "/var/lib/kenpin", "--printer", "LP1@192.0.2.7:9100",
         "--stand-in-printer", "192.0.2.8:9100", "--printer-model", "sato-cl4nx-8", "--slip-queue",
         "SP1@localhost:631", "--position", "10,-20", "--now", "2026-11-24T08:00+09:00"});
    REQUIRE(options);
    CHECK(options.value().profile == "bench-10");
    CHECK(options.value().account == "B1");
    CHECK(options.value().printer == app::HostPort{"192.0.2.7", 9100});
    CHECK(options.value().printer_id == PrinterId{"LP1"});
    CHECK(options.value().stand_in == app::HostPort{"192.0.2.8", 9100});
    CHECK(options.value().stand_in_id == PrinterId{"B1-label-2"});
    CHECK(options.value().printer_model == "sato-cl4nx-8");
    CHECK(options.value().slip_queue->queue == "SP1");
    CHECK(options.value().position->y == -20);
    CHECK(options.value().now == parse_instant("2026-11-24T08:00+09:00"));
}

TEST_CASE("the command line wins over the file, and a key that nobody reads is refused") {
    support::TempDir folder;
    const std::string path = folder / "station.toml";
    std::ofstream(path) << "device = \"H1\"\ndata = \"/srv/h1\"\nrole = \"picker\"\nheadless = true\n";
    const auto options = parse_options({"--config", path, "--role", "packer"});
    REQUIRE(options);
    CHECK(options.value().device == DeviceId{"H1"});
    CHECK(options.value().role == flow::Role::packer);
    CHECK(options.value().is_headless);
    std::ofstream(path, std::ios::app) << "divice = \"H2\"\n";
    CHECK_FALSE(parse_options({"--config", path}));
}

TEST_CASE("what makes no sense is refused at the start, not in the middle of the day") {
    const std::vector<std::string> good{"--device", "H1", "--data", "/srv/h1"};
    REQUIRE(parse_options(good));
    CHECK_FALSE(parse_options({"--data", "/srv/h1"}));
    CHECK_FALSE(parse_options({"--device", "H1"}));
    for (const auto& [name, text] :
         std::vector<std::pair<std::string, std::string>>{{"--role", "boss"},
                                                          {"--broker", "here"},
                                                          {"--broker", "here:0"},
                                                          {"--printer", ":9100"},
                                                          {"--stand-in-printer", "192.0.2.8:9100"},
                                                          {"--slip-queue", "SP1"},
                                                          {"--lang", "fr"},
                                                          {"--position", "10"},
                                                          {"--now", "soon"},
                                                          {"--colour", "red"}}) {
        auto words = good;
        words.push_back(name);
        words.push_back(text);
        CHECK_FALSE(parse_options(words));
    }
}
