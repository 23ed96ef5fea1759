#include <map>
#include <random>
#include <thread>

#include <doctest/doctest.h>
#include <signal.h>

#include "places.hpp"
#include "printers/spool/spool.hpp"
#include "tests/printers/e2e/labels.hpp"
#include "tests/printers/e2e/virtual_printer.hpp"

using namespace kenpin;
using namespace std::chrono_literals;

namespace {

constexpr int labels = 30;
constexpr int most_kills = 60;

support::Process victim(const std::filesystem::path& spool, int port) {
    auto started = support::Process::start({.argv = {KENPIN_BIN_DIR "/kenpin-spool-victim", spool.string(),
                                                     std::to_string(port), std::to_string(labels)}});
    REQUIRE(started);
    return std::move(started).value();
}

}  // namespace

TEST_CASE("kill -9 of the printing program, again and again: no label twice, none lost in silence") {
    const support::TempDir dir;
    const support::VirtualPrinter printer(dir / "tray");
    std::mt19937 random(20261124);
    bool is_finished = false;
    int kills = 0;
    for (int round = 0; round <= most_kills && !is_finished; ++round) {
        auto process = victim(dir / "spool.db", printer.port());
        REQUIRE(process.wait_for_line("queued", 10s));
        // Longer and longer lives, so that a busy machine gets on too; the last one may finish.
        const std::chrono::milliseconds life(5 + random() % static_cast<unsigned>(100 + 15 * round));
        const auto end = process.wait(round == most_kills ? std::chrono::milliseconds{120s} : life);
        if (!end) {
            process.kill(SIGKILL);
            process.wait(5s);
            ++kills;
        }
        is_finished = end.has_value();
    }
    CHECK(is_finished);
    CHECK(kills > 3);

    auto opened = spool::Spool::open("sqlite:" + (dir / "spool.db").string(), from_ms(0));
    REQUIRE(opened);
    auto spool = std::move(opened).value();
    std::map<std::string, int> printed;
    for (const auto& number : printer.tracking_numbers()) ++printed[number];
    for (int n = 1; n <= labels; ++n) {
        const auto times = printed[support::tracking_of(n).value];
        const auto job = spool.jobs({"S" + std::to_string(n) + "/waybill/1"}).value().front();
        INFO("label ", n, " is ", std::string(spool::to_text(job.state)), " and came out ", times, " times");
        CHECK(times <= 1);
        if (times == 0) CHECK(job.state == spool::JobState::unknown);  // people are asked
        CHECK((job.state == spool::JobState::printed || job.state == spool::JobState::unknown));
    }
}
