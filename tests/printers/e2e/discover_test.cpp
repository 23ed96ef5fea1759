#include "printers/transport/discover.hpp"

#include <doctest/doctest.h>

#include "printers/transport/cups.hpp"
#include "tests/printers/e2e/tcp_sink.hpp"
#include "tests/printers/e2e/virtual_printer.hpp"
#include "tests/support/private_cups.hpp"

using namespace kenpin;
using namespace kenpin::transport;
using namespace std::chrono_literals;

namespace {

constexpr DiscoverLimits quick{.connect = 400ms, .answer = 300ms};

}  // namespace

TEST_CASE("a printer is known by the language that it answers, whichever it is, and prints nothing for it") {
    const support::TempDir dir;
    for (const auto* language : encode::languages()) {
        INFO(language->name);
        const support::VirtualPrinter printer(dir / language->name, 0, {"--language", language->name});
        const auto found = identify({"127.0.0.1", printer.port()}, quick);
        REQUIRE(found.language != nullptr);
        CHECK(found.language->name == std::string(language->name));
        CHECK(found.identity.has_value() == (language->identity != nullptr));
        if (found.identity) {
            CHECK(found.identity->model == "KENPIN-VIRTUAL");
            CHECK(found.identity->dots_per_mm == 8);
        }
        CHECK(printer.tracking_numbers().empty());
    }
}

TEST_CASE("an open printer is still known: it leaves its usual question unanswered") {
    const support::TempDir dir;
    const support::VirtualPrinter printer(dir / "tray");
    REQUIRE(printer.set_faults(R"({"head_open":true})"));
    const auto found = identify({"127.0.0.1", printer.port()}, quick);
    REQUIRE(found.language != nullptr);
    CHECK(found.language->name == std::string("zpl"));
}

TEST_CASE("what listens and says nothing is found and not guessed at; what does not listen is not found") {
    support::TcpSink silent;
    const int nobody = support::free_port();
    const auto there =
        who_listens({{"127.0.0.1", nobody}, {"127.0.0.1", silent.port()}, {"127.0.0.1", nobody}}, quick);
    REQUIRE(there.size() == 1);
    CHECK(there.front().port == silent.port());
    CHECK(identify(there.front(), {.connect = 400ms, .answer = 50ms}).language == nullptr);
}

TEST_CASE("CUPS names its queues and where they lead") {
    const support::TempDir dir;
    auto started = support::PrivateCups::start(dir.path());
    REQUIRE(started);
    const auto cups = std::move(started).value();
    REQUIRE(cups->queue("slips"));
    const auto found = cups_queues(cups->server());
    REQUIRE(found);
    REQUIRE(found.value().size() == 1);
    CHECK(found.value().front().name == "slips");
    CHECK(found.value().front().device.starts_with("kenpin-tray:"));
    CHECK(cups_queues("localhost:" + std::to_string(support::free_port())).error().kind ==
          Error::Kind::unreachable);
}
