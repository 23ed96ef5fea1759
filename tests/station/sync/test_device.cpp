// A device for tests, as its own process: stores scans at an even pace and ends when the server has them all.
// usage: kenpin-test-device PORT SITE DEVICE PASSWORD DATABASE EVENTS PACE_MS
// It goes on where its database stands, so it may be killed and started again.
#include <cstdio>
#include <string>
#include <thread>

#include "core/base/inbox.hpp"
#include "station/sync/station_sync.hpp"

using namespace kenpin;
using namespace kenpin::sync;

namespace {

Instant machine_clock() {
    return std::chrono::floor<Millis>(std::chrono::system_clock::now());
}

struct Progress {
    std::int64_t stored = 0;
    std::int64_t waiting = -1;
    bool is_online = false;
};

void note(const Notice& notice, Progress& progress) {
    if (const auto* done = std::get_if<EventsStored>(&notice))
        progress.stored += static_cast<std::int64_t>(done->events.size());
    if (const auto* link = std::get_if<sync::LinkChanged>(&notice)) {
        progress.waiting = link->shown.waiting;
        progress.is_online = link->shown.link == Link::online;
    }
    if (const auto* odd = std::get_if<SomethingOdd>(&notice)) std::printf("odd %s\n", odd->what.c_str());
}

StationSync::Options options_from(char** argv) {
    StationSync::Options options{
        .outbox = {.path = argv[5], .device = DeviceId{argv[3]}},
        .identity = {SiteId{argv[2]}, DeviceId{argv[3]}, "picker", "test"},
        .broker = {},
        .clock = machine_clock,
    };
    options.broker.port = static_cast<std::uint16_t>(std::stoi(argv[1]));
    options.broker.user = argv[3];
    options.broker.password = Private<std::string>(argv[4]);
    return options;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 8) return 2;
    std::setvbuf(stdout, nullptr, _IOLBF, 0);  // the test reads it while this runs
    Inbox<Notice> inbox(100'000);
    auto running =
        StationSync::start(options_from(argv), [&](Notice notice) { (void)inbox.post(std::move(notice)); });
    if (!running) {
        std::printf("cannot start: %s\n", running.error().detail.c_str());
        return 1;
    }
    auto device = std::move(running).value();
    const std::int64_t wanted = std::stoll(argv[6]);
    const Millis pace{std::stoll(argv[7])};
    Progress progress;
    progress.stored = static_cast<std::int64_t>(device->resume().events.size());
    auto asked = progress.stored;
    while (progress.stored < wanted || progress.waiting != 0 || !progress.is_online) {
        if (asked < wanted && asked == progress.stored) {
            ++asked;
            const protocol::Body body = protocol::ListFinished{ListId{"P-" + std::to_string(asked)}};
            (void)device->commit(
                {1, {{machine_clock(), WorkerId{"W1"}, "", body}}});  // answered below, or the test times out
        }
        for (const auto& notice : inbox.wait_and_take(pace)) note(notice, progress);
        std::this_thread::sleep_for(asked < wanted ? pace : Millis{0});
    }
    std::printf("drained %lld\n", static_cast<long long>(progress.stored));
    return 0;
}
