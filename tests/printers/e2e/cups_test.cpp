#include "printers/transport/cups.hpp"

#include <fstream>
#include <iterator>
#include <thread>

#include <doctest/doctest.h>

#include "printers/layout/slip.hpp"
#include "printers/spool/desk.hpp"
#include "tests/printers/layout/sample_papers.hpp"
#include "tests/support/private_cups.hpp"

using namespace kenpin;
using namespace std::chrono_literals;

namespace {

const Instant morning = from_ms(1'795'000'000'000);

std::string file_bytes(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

bool wait_for_papers(const support::PrivateCups& cups, std::size_t count) {
    for (int tries = 0; tries < 500; ++tries) {
        if (cups.papers().size() >= count) return true;
        std::this_thread::sleep_for(20ms);
    }
    return false;
}

}  // namespace

TEST_CASE("a slip handed to CUPS arrives on paper, byte for byte, under its own name") {
    const support::TempDir dir;
    auto started = support::PrivateCups::start(dir.path());
    REQUIRE_MESSAGE(started, "CUPS did not start");
    const auto cups = std::move(started).value();
    REQUIRE(cups->queue("slips"));
    const auto pdf = layout::draw_slip(layout::sample_slip()).value();

    for (const auto& server : {cups->server(), "127.0.0.1:" + std::to_string(cups->port())}) {
        const transport::CupsQueue queue{server, "slips"};
        const auto job = transport::submit_pdf(queue, "S26112400017-slip-1", pdf, {});
        REQUIRE(job);
        CHECK(job.value() > 0);
        REQUIRE(transport::job_state(queue, job.value()));
    }
    REQUIRE_MESSAGE(wait_for_papers(*cups, 2), cups->log());
    CHECK(cups->papers()[0].filename() == "S26112400017-slip-1-again.pdf");
    CHECK(cups->papers()[1].filename() == "S26112400017-slip-1.pdf");
    CHECK(file_bytes(cups->papers()[1]) == pdf);
    CHECK(transport::submit_pdf({cups->server(), "nowhere"}, "t", pdf, {}).error().kind ==
          Error::Kind::not_found);
    CHECK(transport::job_state({cups->server(), "slips"}, 4711).error().kind == Error::Kind::not_found);
}

TEST_CASE("no CUPS there: the slip waits in the spool and leaves once CUPS is back") {
    const support::TempDir dir;
    const PrinterId printer{"bench-1-slip"};
    auto spool = std::move(spool::Spool::open("sqlite::memory:", morning)).value();
    const auto render = [](const spool::Job&, const std::string& sealed) -> Result<std::string> {
        return sealed;
    };
    REQUIRE(spool.enqueue({.printer = printer,
                           .document = {"S1/slip/1"},
                           .paper = spool::Paper::slip,
                           .sealed = "%PDF-1.5 slip"},
                          morning));
    spool::SlipDesk nowhere(spool, printer, {"localhost:" + std::to_string(support::free_port()), "slips"},
                            render);
    const auto failed = nowhere.step(morning);
    REQUIRE(failed.error.has_value());
    CHECK(spool.in_state(printer, spool::JobState::queued).value().size() == 1);

    auto started = support::PrivateCups::start(dir.path());
    REQUIRE(started);
    const auto cups = std::move(started).value();
    REQUIRE(cups->queue("slips"));
    spool::SlipDesk desk(spool, printer, {cups->server(), "slips"}, render);
    const auto step = desk.step(morning);
    CHECK_FALSE(step.error.has_value());
    REQUIRE(step.changed.size() == 1);
    CHECK(step.changed.front().state == spool::JobState::sent);
    REQUIRE(wait_for_papers(*cups, 1));
    CHECK(cups->papers().front().filename() == "S1-slip-1.pdf");
    CHECK(desk.step(morning).changed.empty());
}
