#include <algorithm>
#include <thread>

#include <doctest/doctest.h>

#include "printers/spool/desk.hpp"
#include "tests/printers/e2e/labels.hpp"
#include "tests/printers/e2e/virtual_printer.hpp"

using namespace kenpin;
using namespace kenpin::spool;
using namespace std::chrono_literals;
using support::tracking_of;

namespace {

const PrinterId zebra{"bench-1-label"};
const Instant morning = from_ms(1'795'000'000'000);

Result<std::string> render(const Job& job, const std::string& sealed) {
    return support::zpl_of(std::stoi(sealed), job.copy_no);
}

DocumentId document(int n) {
    return {"S" + std::to_string(n) + "/waybill/1"};
}

struct Bench {
    support::TempDir dir;
    std::optional<support::VirtualPrinter> printer;
    Spool spool;
    LabelDesk desk;

    Bench()
        : printer(std::in_place, dir / "tray"),
          spool(std::move(Spool::open("sqlite:" + (dir / "spool.db").string(), morning)).value()),
          desk(spool, zebra, transport::LabelPrinter({}, {"127.0.0.1", printer->port()}, {.answer = 600ms}),
               render) {}

    void queue(int from, int to) {
        for (int n = from; n <= to; ++n)
            REQUIRE(spool.enqueue({.printer = zebra, .document = document(n), .sealed = std::to_string(n)},
                                  morning));
    }
    JobState state(int n) { return spool.jobs(document(n)).value().back().state; }
    // Steps until nothing is under way or `tries` are used up.
    void settle(int tries = 600) {
        for (; tries > 0; --tries) {
            (void)desk.step(morning);  // what it reports is read from the spool afterwards
            const bool busy = !spool.in_state(zebra, JobState::queued).value().empty() ||
                              !spool.in_state(zebra, JobState::sent).value().empty();
            if (!busy) return;
            std::this_thread::sleep_for(50ms);
        }
    }
};

}  // namespace

TEST_CASE("labels print in order and the printer itself proves them") {
    Bench bench;
    bench.queue(1, 5);
    bench.settle();
    REQUIRE(bench.printer->wait_for_labels(5));
    std::vector<std::string> wanted;
    for (int n = 1; n <= 5; ++n) {
        wanted.push_back(tracking_of(n).value);
        CHECK(bench.state(n) == JobState::printed);
        CHECK(bench.spool.jobs(document(n)).value().back().proof == Proof::printer);
    }
    CHECK(bench.printer->tracking_numbers() == wanted);
}

TEST_CASE(
    "somebody looks into the tray: a page that shows the pictures of its list and fetches nothing from "
    "outside") {
    Bench bench;
    bench.queue(1, 1);
    bench.settle();
    REQUIRE(bench.printer->wait_for_labels(1));
    const auto page = bench.printer->get("/");
    CHECK(page.starts_with("<!DOCTYPE html>"));
    for (const auto* wanted : {"\"/labels\"", "\"/faults\"", "\"/labels/\" + label.n + \".png\""})
        CHECK(page.find(wanted) != std::string::npos);
    CHECK(page.find("http://") == std::string::npos);
    CHECK(page.find("https://") == std::string::npos);
    CHECK(bench.printer->png(1).substr(1, 3) == "PNG");
}

TEST_CASE("the roll ends: loud, nothing is called printed, and all comes out once there is media again") {
    Bench bench;
    REQUIRE(bench.printer->set_faults(R"({"media_out_after":1})"));
    bench.queue(1, 5);
    auto step = bench.desk.step(morning);
    const auto is_loud = [&] {
        return step.status && step.status->has(encode::Condition::media_out) &&
               bench.printer->tracking_numbers().size() == 1;
    };
    for (int tries = 0; tries < 600 && !is_loud(); ++tries) {
        std::this_thread::sleep_for(50ms);
        step = bench.desk.step(morning);
    }
    REQUIRE(step.status.has_value());
    CHECK(step.status->has(encode::Condition::media_out));
    CHECK(bench.printer->tracking_numbers().size() == 1);
    CHECK(bench.spool.in_state(zebra, JobState::printed).value().size() <= 1);
    CHECK(bench.spool.in_state(zebra, JobState::queued).value().size() >= 2);
    REQUIRE(bench.printer->set_faults(R"({"media_out_after":null})"));
    bench.settle();
    CHECK(bench.printer->tracking_numbers().size() == 5);
    CHECK(bench.spool.in_state(zebra, JobState::printed).value().size() == 5);
}

// Two labels leave together: the second one may lie behind the first in the memory that is lost.
TEST_CASE(
    "a printer that resets in a label leaves it unknown, and at most the one behind it; the next ones print, "
    "and only "
    "the scan proves it") {
    Bench bench;
    REQUIRE(bench.printer->set_faults(R"({"reset_after_bytes":6000})"));
    bench.queue(1, 4);
    bench.settle();
    const auto tray = bench.printer->tracking_numbers();
    const auto lies_there = [&](int n) { return std::count(tray.begin(), tray.end(), tracking_of(n).value); };
    CHECK(bench.state(1) == JobState::unknown);
    CHECK(lies_there(1) == 0);
    CHECK((bench.state(2) == JobState::printed || bench.state(2) == JobState::unknown));
    CHECK(lies_there(2) == (bench.state(2) == JobState::printed ? 1 : 0));
    for (const int n : {3, 4}) {
        CHECK(bench.state(n) == JobState::printed);
        CHECK(lies_there(n) == 1);
    }
    REQUIRE(bench.spool.apply(bench.spool.jobs(document(1)).value().back().id, NotThere{}, morning));
    REQUIRE(bench.spool.reprint(document(1), "not_printed", "1", morning));
    bench.settle();
    CHECK(bench.printer->tracking_numbers().back() == tracking_of(1).value);
    CHECK(bench.spool.jobs(document(1)).value().back().copy_no == 2);
}

TEST_CASE("a printer that is switched off keeps labels waiting, not failed") {
    Bench bench;
    const int port = bench.printer->port();
    bench.printer.reset();
    bench.queue(1, 2);
    const auto step = bench.desk.step(morning);
    REQUIRE(step.error.has_value());
    CHECK(step.error->kind == Error::Kind::unreachable);
    CHECK(bench.state(1) == JobState::queued);
    bench.printer.emplace(bench.dir / "tray", port);
    bench.settle();
    CHECK(bench.printer->tracking_numbers().size() == 2);
}

TEST_CASE("a printer switched off with labels in its memory leaves them unknown") {
    Bench bench;
    const int port = bench.printer->port();
    REQUIRE(bench.printer->set_faults(R"({"media_out_after":0,"silent_hs":true})"));
    bench.queue(1, 1);
    // It takes the label before it says that it has no media, as a printer does whose roll ends just then.
    const auto job = bench.spool.next(zebra).value().value();
    transport::LabelPrinter device({}, {"127.0.0.1", port});
    REQUIRE(print_job(
        bench.spool, job, render(job, "1").value(), [&](auto zpl) { return device.send(zpl, mark_of(job)); },
        morning));
    CHECK(bench.state(1) == JobState::sent);
    bench.printer.reset();
    bench.printer.emplace(bench.dir / "tray", port);
    for (int tries = 0; tries < 600 && bench.state(1) != JobState::unknown; ++tries) bench.settle(1);
    CHECK(bench.state(1) == JobState::unknown);
    CHECK(bench.printer->tracking_numbers().empty());
}

TEST_CASE("a label that cannot be drawn fails with its reason and the next one prints") {
    Bench bench;
    LabelDesk desk(bench.spool, zebra, transport::LabelPrinter({}, {"127.0.0.1", bench.printer->port()}),
                   [](const Job& job, const std::string& sealed) -> Result<std::string> {
                       if (sealed == "1") return Error{Error::Kind::refused, "does not fit on the label"};
                       return render(job, sealed);
                   });
    bench.queue(1, 2);
    const auto step = desk.step(morning);
    REQUIRE_FALSE(step.changed.empty());
    CHECK(step.changed.front().state == JobState::failed);
    CHECK(step.changed.front().reason == "cannot_be_drawn: does not fit on the label");
    CHECK(bench.printer->wait_for_labels(1));
}
