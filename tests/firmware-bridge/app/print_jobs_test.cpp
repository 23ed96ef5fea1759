#include "firmware-bridge/app/print_jobs.hpp"

#include <doctest/doctest.h>

#include "core/base/bridge_limits.hpp"

using namespace kenpin;
using namespace kenpin::app;
using protocol::PrintEnd;

namespace {
const protocol::PeripheralId printer{"P1"};
}

TEST_CASE("a job's end is told once") {
    PrintJobs jobs;
    CHECK(jobs.begin("a", printer));
    CHECK_FALSE(jobs.begin("a", printer));
    const auto told = jobs.ended("a", PrintEnd::sent, 20'020, true);
    REQUIRE(told);
    CHECK(*told == protocol::BridgePrinted{printer, "a", PrintEnd::sent, 20'020});
    CHECK_FALSE(jobs.ended("a", PrintEnd::sent, 20'020, true));
    CHECK(jobs.for_new_station().empty());
}

TEST_CASE("a job that is on its way while the station dies is unknown to the next one") {
    PrintJobs jobs;
    jobs.begin("a", printer);
    const auto told = jobs.for_new_station();
    REQUIRE(told.size() == 1);
    CHECK(told[0].end == PrintEnd::unknown);
    CHECK_FALSE(jobs.ended("a", PrintEnd::sent, 9, true));  // too late: that station has heard an answer
    CHECK(jobs.for_new_station().empty());
}

TEST_CASE("a job that ended while no station was there is told to the next one") {
    PrintJobs jobs;
    jobs.begin("a", printer);
    CHECK_FALSE(jobs.ended("a", PrintEnd::failed, 0, false));
    const auto told = jobs.for_new_station();
    REQUIRE(told.size() == 1);
    CHECK(told[0].end == PrintEnd::failed);
    CHECK(jobs.for_new_station().empty());
}

TEST_CASE("too many jobs at once are refused, those given up still count") {
    PrintJobs jobs;
    for (std::size_t i = 0; i < limits::print_jobs; ++i) CHECK(jobs.begin(std::to_string(i), printer));
    CHECK_FALSE(jobs.begin("x", printer));
    (void)jobs.for_new_station();
    CHECK_FALSE(jobs.begin("x", printer));
    (void)jobs.ended("0", PrintEnd::sent, 1, true);
    CHECK(jobs.begin("x", printer));
}
