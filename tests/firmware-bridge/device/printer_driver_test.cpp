// Print jobs without a printer: what is known of one that was cut off, and how long one waits for paper.
#include "firmware-bridge/device/printer_driver.hpp"

#include <doctest/doctest.h>

using namespace kenpin;
using namespace kenpin::device;

namespace {

/// Takes everything; the test says what becomes of it.
struct SilentWire : Wire {
    void ask(int tag, const Request& what, const std::string&, std::size_t) override {
        if (what.number == 2) reset_tags.push_back(tag);
    }
    bool write(const std::string& bytes, Millis) override { return chunks.push_back(bytes), true; }
    void clear_halt(const Endpoint&) override {}
    const InterfacePlan& plan() const override { return interface; }

    InterfacePlan interface;
    std::vector<std::string> chunks;
    std::vector<int> reset_tags;
};

struct Job {
    Job() {
        driver.begin(wire);
        driver.on_answer(wire, {.what = Finished::What::answered, .tag = 1}, at, tell);
        driver.print(wire, "label", std::string(10'000, 'x'));
        driver.on_time(wire, at, tell);
    }
    void no_answer(std::size_t taken) {
        driver.on_written(
            wire, {.what = Finished::What::written, .end = TransferEnd::no_answer, .count = taken}, at, tell);
    }
    std::vector<Printed> printed() const {
        std::vector<Printed> all;
        for (const auto& each : news)
            if (const auto* one = std::get_if<Printed>(&each)) all.push_back(*one);
        return all;
    }

    PrinterDriver driver;
    SilentWire wire;
    std::vector<News> news;
    Teller tell{Handle{1}, news};
    Mono at{std::chrono::hours{1}};
};

}  // namespace

TEST_CASE("a job waits a minute for paper, goes on where it was, and then ends with what is known") {
    Job job;
    job.at += PrinterDriver::no_progress - Millis{1};
    job.no_answer(5'000);
    CHECK(job.wire.chunks.back().size() == 5'000);  // the rest of it
    job.at += PrinterDriver::no_progress - Millis{1};
    job.no_answer(0);
    CHECK(job.printed().empty());
    job.at += Millis{1};
    job.no_answer(0);
    REQUIRE(job.printed().size() == 1);
    CHECK(job.printed()[0].end == PrintEnd::unknown);
    CHECK(job.printed()[0].bytes_sent == 5'000);
}

TEST_CASE(
    "a printer that has only a part of a label is reset before the next one, which it would take for the "
    "rest") {
    Job job;
    job.driver.print(job.wire, "next", "y");
    job.driver.on_written(job.wire, {.what = Finished::What::written, .end = TransferEnd::stall, .count = 64},
                          job.at, job.tell);
    job.driver.on_answer(job.wire, {.what = Finished::What::answered, .tag = 3}, job.at, job.tell);
    REQUIRE(job.wire.reset_tags.size() == 1);
    CHECK(job.wire.chunks.back() != "y");
    job.driver.on_answer(
        job.wire,  // an old printer knows the other request only
        {.what = Finished::What::answered, .tag = job.wire.reset_tags.back(), .end = TransferEnd::stall},
        job.at, job.tell);
    REQUIRE(job.wire.reset_tags.size() == 2);
    CHECK(job.wire.chunks.back() != "y");
    job.driver.on_answer(job.wire, {.what = Finished::What::answered, .tag = job.wire.reset_tags.back()},
                         job.at, job.tell);
    CHECK(job.wire.chunks.back() == "y");
}

TEST_CASE("a job that never got paper has failed after a minute") {
    Job job;
    for (int seconds = 0; seconds < 60; seconds += 2) {
        job.no_answer(0);
        CHECK(job.printed().empty());
        job.at += std::chrono::seconds{2};
    }
    job.no_answer(0);
    REQUIRE(job.printed().size() == 1);
    CHECK(job.printed()[0].end == PrintEnd::failed);
}

TEST_CASE("a job of which a byte went out is unknown, however it ended: the label may be there") {
    for (const auto end : {TransferEnd::stall, TransferEnd::error, TransferEnd::overflow,
                           TransferEnd::no_answer, TransferEnd::cancelled, TransferEnd::gone})
        CHECK(end_of_cut_job(end, 1) == PrintEnd::unknown);
}

TEST_CASE("a job of which the printer refused the first byte has failed and may be sent again") {
    CHECK(end_of_cut_job(TransferEnd::stall, 0) == PrintEnd::failed);
    CHECK(end_of_cut_job(TransferEnd::no_answer, 0) == PrintEnd::failed);
}

TEST_CASE(
    "a job whose first chunk met an error or an unplugging is unknown: its bytes may have arrived unseen") {
    for (const auto end : {TransferEnd::error, TransferEnd::gone, TransferEnd::cancelled})
        CHECK(end_of_cut_job(end, 0) == PrintEnd::unknown);
}
