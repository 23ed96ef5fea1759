// The whole way on real parts: device processes with their databases, a real mosquitto, ingest. The broker
// and a device are killed in the middle.
#include <doctest/doctest.h>

#include "adaptors/mqtt/mqtt.hpp"
#include "core/base/inbox.hpp"
#include "core/base/overloaded.hpp"
#include "places.hpp"
#include "server/sync/ingest.hpp"
#include "tests/server/sync/memory_store.hpp"
#include "tests/support/private_mosquitto.hpp"

using namespace kenpin;
using namespace std::chrono_literals;

namespace {

const SiteId site{"T1"};
constexpr Epoch server{1};
using Time = std::chrono::steady_clock;

// The server's sync loop without its store: ingest into memory, acknowledge after the commit.
class Server {
public:
    explicit Server(std::uint16_t port) {
        options_.port = port;
        options_.client_id = options_.user = "server";
        options_.password = Private<std::string>("s-1");
    }
    test::MemoryStore store;
    int garbage = 0;

    /// Serves until `is_done`; false after `limit`.
    template <class Done>
    bool serve_until(Done is_done, std::chrono::seconds limit) {
        for (const auto end = Time::now() + limit; Time::now() < end;) {
            if (is_done()) return true;
            if (connect_at_ && Time::now() >= *connect_at_) connect();
            take(inbox_.wait_and_take(50ms));
        }
        return is_done();
    }

private:
    void connect() {
        connect_at_.reset();
        if (!line_.connect(options_)) connect_at_ = Time::now() + 250ms;
    }
    void take(std::vector<mqtt::Event> events) {
        std::vector<sync::BatchCame> batches;
        for (auto& event : events)
            std::visit(
                Overloaded{
                    [&](mqtt::Connected&) { REQUIRE(line_.subscribe(protocol::server_subscriptions(site))); },
                    [&](mqtt::Failed&) { connect_at_ = Time::now() + 250ms; },
                    [&](mqtt::Lost&) { connect_at_ = Time::now() + 250ms; },
                    [&](mqtt::Message& message) { take(message, batches); },
                },
                event);
        for (const auto& [device, ack] : sync::ingest(batches, server, store.transact()).answers)
            say(device, protocol::Topic::ack, to_json(ack));
    }
    void take(const mqtt::Message& message, std::vector<sync::BatchCame>& batches) {
        auto came = sync::read_inbound(site, message.topic, message.payload);
        if (auto* batch = std::get_if<sync::BatchCame>(&came)) batches.push_back(std::move(*batch));
        if (std::holds_alternative<sync::Garbage>(came)) ++garbage;
        if (auto* hello = std::get_if<sync::HelloCame>(&came)) {
            protocol::Snapshot snapshot;
            snapshot.epoch = hello->hello.lives.back().epoch;
            snapshot.hello = hello->hello.number;
            snapshot.server = server;
            for (const auto& life : hello->hello.lives)
                snapshot.stored.push_back({life.epoch, store.stored_upto(hello->device, life.epoch)});
            say(hello->device, protocol::Topic::snapshot, to_json(snapshot));
        }
    }
    void say(const DeviceId& device, protocol::Topic kind, const std::string& payload) {
        (void)line_.publish(protocol::topic(site, device, kind),
                            payload);  // lost with the broker: devices ask again
    }

    mqtt::ConnectOptions options_;
    Inbox<mqtt::Event> inbox_{10'000};
    mqtt::Mqtt line_{[this](mqtt::Event event) { return inbox_.post(std::move(event)); }};
    std::optional<Time::time_point> connect_at_ = Time::now();
};

class TestDevice {
public:
    TestDevice(const support::PrivateMosquitto& broker, std::string name, std::string password)
        : port_(std::to_string(broker.port())), name_(std::move(name)), password_(std::move(password)) {}

    void start(int events) {
        auto started = support::Process::start(
            {.argv = {KENPIN_BIN_DIR "/kenpin-test-device", port_, site.value, name_, password_,
                      folder_ / "station.db", std::to_string(events), "2"}});
        REQUIRE(started);
        process_.emplace(std::move(started).value());
    }
    void kill() {
        process_->kill(SIGKILL);
        (void)process_->wait(5s);  // SIGKILL ends it; how is known
    }
    bool has_ended() { return !process_->is_running(); }
    std::string output() const { return process_->output(); }

private:
    support::TempDir folder_;
    std::string port_, name_, password_;
    std::optional<support::Process> process_;
};

// The device numbers its lists in the order of its scans, over all its starts.
std::vector<std::int64_t> scans_of(const test::MemoryStore& store, const std::string& device) {
    std::vector<std::int64_t> found;
    for (const auto& event : store.log)
        if (event.device.value == device)
            found.push_back(std::stoll(std::get<protocol::ListFinished>(event.body).list.value.substr(2)));
    return found;
}

std::vector<std::int64_t> up_to(std::int64_t last) {
    std::vector<std::int64_t> all;
    for (std::int64_t seq = 1; seq <= last; ++seq) all.push_back(seq);
    return all;
}

}  // namespace

TEST_CASE("500 events of two devices survive kill -9 of the broker and of a device, each exactly once") {
    auto started =
        support::PrivateMosquitto::start("T1", {{"server", "s-1"}, {"HT01", "h-1"}, {"HT02", "h-2"}});
    REQUIRE_MESSAGE(started, (started ? "" : started.error().detail));
    const auto broker = std::move(started).value();
    Server server(broker->port());
    TestDevice first(*broker, "HT01", "h-1");
    TestDevice second(*broker, "HT02", "h-2");
    first.start(250);
    second.start(250);

    REQUIRE(server.serve_until([&] { return server.store.log.size() >= 120; }, 60s));
    broker->kill();
    REQUIRE(server.serve_until([] { return false; }, 1s) == false);  // a second without a broker
    REQUIRE(broker->start_again());
    REQUIRE(server.serve_until([&] { return server.store.log.size() >= 300; }, 60s));
    second.kill();
    second.start(250);

    const bool ended = server.serve_until([&] { return first.has_ended() && second.has_ended(); }, 90s);
    INFO(first.output(), second.output(), broker->log());
    CHECK(ended);
    CHECK(scans_of(server.store, "HT01") == up_to(250));
    CHECK(scans_of(server.store, "HT02") == up_to(250));
    CHECK(server.garbage == 0);
}

TEST_CASE("a device without an account gets nothing through and says why") {
    auto started = support::PrivateMosquitto::start("T1", {{"server", "s-1"}, {"HT01", "h-1"}});
    REQUIRE(started);
    const auto broker = std::move(started).value();
    Server server(broker->port());
    TestDevice device(*broker, "HT02", "h-1");  // no such account
    device.start(3);
    CHECK_FALSE(server.serve_until([&] { return !server.store.log.empty() || device.has_ended(); }, 5s));
    CHECK(device.output().find("reason") != std::string::npos);
}
