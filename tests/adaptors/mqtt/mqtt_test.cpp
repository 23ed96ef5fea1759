#include "adaptors/mqtt/mqtt.hpp"

#include <algorithm>
#include <filesystem>

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "core/base/inbox.hpp"
#include "tests/support/private_mosquitto.hpp"

using namespace kenpin;
using namespace std::chrono_literals;

namespace {

struct Caller {  // owns a connection and keeps all that came
    Inbox<mqtt::Event> inbox{1'000};
    std::vector<mqtt::Event> came;
    mqtt::Mqtt line{[this](mqtt::Event event) { return inbox.post(std::move(event)); }};

    template <class T>
    const T* wait_for(std::chrono::seconds limit = 20s) {
        const auto end = std::chrono::steady_clock::now() + limit;
        for (;;) {
            for (const auto& event : came)
                if (const auto* found = std::get_if<T>(&event)) return found;
            if (std::chrono::steady_clock::now() >= end) return nullptr;
            for (auto& event : inbox.wait_and_take(200ms)) came.push_back(std::move(event));
        }
    }
    bool has_message(const std::string& payload) const {
        return std::any_of(came.begin(), came.end(), [&](const auto& event) {
            const auto* message = std::get_if<mqtt::Message>(&event);
            return message != nullptr && message->payload == payload;
        });
    }
    bool wait_for_message(const std::string& payload) {
        for (int i = 0; i < 100 && !has_message(payload); ++i)
            for (auto& event : inbox.wait_and_take(200ms)) came.push_back(std::move(event));
        return has_message(payload);
    }
};

std::unique_ptr<support::PrivateMosquitto> broker() {
    auto started =
        support::PrivateMosquitto::start("T1", {{"server", "s-1"}, {"HT01", "h-1"}, {"HT02", "h-2"}});
    REQUIRE_MESSAGE(started, (started ? "" : started.error().detail));
    return std::move(started).value();
}

mqtt::ConnectOptions as(const support::PrivateMosquitto& to, const std::string& user,
                        const std::string& password) {
    mqtt::ConnectOptions options;
    options.port = to.port();
    options.client_id = user;
    options.user = user;
    options.password = Private<std::string>(password);
    return options;
}

int port_of_peer(int fd) {
    sockaddr_in peer{};
    socklen_t size = sizeof peer;
    if (getpeername(fd, reinterpret_cast<sockaddr*>(&peer), &size) != 0 || peer.sin_family != AF_INET)
        return 0;
    return ntohs(peer.sin_port);
}

std::vector<int> sockets_to(int port) {
    std::vector<int> found;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        const int fd = std::stoi(entry.path().filename().string());
        if (port_of_peer(fd) == port) found.push_back(fd);
    }
    return found;
}

}  // namespace

TEST_CASE("what a device publishes on its own topic reaches the server") {
    const auto mosquitto = broker();
    Caller server;
    REQUIRE(server.line.connect(as(*mosquitto, "server", "s-1")));
    REQUIRE(server.wait_for<mqtt::Connected>());
    REQUIRE(server.line.subscribe({"kenpin/1/T1/+/hello"}));
    REQUIRE(server.line.publish("kenpin/1/T1/HT01/ack", "nobody listens"));
    CHECK(mqtt::Mqtt::sends_without_delay());

    SUBCASE("and the socket it travels on has TCP_NODELAY") {
        const auto sockets = sockets_to(mosquitto->port());
        REQUIRE(sockets.size() == 1);
        int on = 0;
        socklen_t size = sizeof on;
        REQUIRE(getsockopt(sockets.front(), IPPROTO_TCP, TCP_NODELAY, &on, &size) == 0);
        CHECK(on != 0);
    }
    SUBCASE("but a topic of another device is closed to it") {
        Caller device;  // a second client in this process: slow, which only a test may be
        REQUIRE(device.line.connect(as(*mosquitto, "HT01", "h-1")));
        REQUIRE(device.wait_for<mqtt::Connected>());
        REQUIRE(device.line.subscribe({"kenpin/1/T1/#"}));
        REQUIRE(device.line.publish("kenpin/1/T1/HT02/hello", "forged"));
        REQUIRE(device.line.publish("kenpin/1/T2/HT01/hello", "other site"));
        REQUIRE(device.line.publish("kenpin/1/T1/HT01/hello", "own"));
        CHECK(server.wait_for_message("own"));
        CHECK_FALSE(server.has_message("forged"));

        REQUIRE(server.line.publish("kenpin/1/T1/HT02/ack", "for the other"));
        REQUIRE(server.line.publish("kenpin/1/T1/HT01/ack", "for me"));
        CHECK(device.wait_for_message("for me"));
        CHECK_FALSE(device.has_message("for the other"));
        CHECK_FALSE(device.has_message("own"));
    }
}

TEST_CASE("a wrong password is a failed connect, and so is nobody at the port") {
    const auto mosquitto = broker();
    Caller device;
    SUBCASE("wrong password") {
        REQUIRE(device.line.connect(as(*mosquitto, "HT01", "wrong")));
    }
    SUBCASE("no account") {
        REQUIRE(device.line.connect(as(*mosquitto, "", "")));
    }
    SUBCASE("nobody there") {
        auto options = as(*mosquitto, "HT01", "h-1");
        mosquitto->kill();
        REQUIRE(device.line.connect(options));
    }
    CHECK(device.wait_for<mqtt::Failed>());
    CHECK_FALSE(device.line.publish("kenpin/1/T1/HT01/hello", "x"));
}

TEST_CASE("after the broker was killed, a new client object connects again") {
    const auto mosquitto = broker();
    Caller device;
    REQUIRE(device.line.connect(as(*mosquitto, "HT01", "h-1")));
    REQUIRE(device.wait_for<mqtt::Connected>());
    mosquitto->kill();
    CHECK(device.wait_for<mqtt::Lost>());
    REQUIRE(mosquitto->start_again());
    device.came.clear();
    REQUIRE(device.line.connect(as(*mosquitto, "HT01", "h-1")));
    CHECK(device.wait_for<mqtt::Connected>());
}

TEST_CASE("the broker tells the will of a device that was cut off, not of one that ended in good order") {
    const auto mosquitto = broker();
    Caller server;
    REQUIRE(server.line.connect(as(*mosquitto, "server", "s-1")));
    REQUIRE(server.wait_for<mqtt::Connected>());
    REQUIRE(server.line.subscribe({"kenpin/1/T1/+/presence"}));
    auto options = as(*mosquitto, "HT01", "h-1");
    options.will = mqtt::Will{"kenpin/1/T1/HT01/presence", "gone"};
    Caller device;
    REQUIRE(device.line.connect(options));
    REQUIRE(device.wait_for<mqtt::Connected>());
    SUBCASE("in good order") {
        REQUIRE(device.line.publish("kenpin/1/T1/HT01/presence", "bye"));
        device.line.disconnect();
        CHECK(server.wait_for_message("bye"));
        CHECK_FALSE(server.has_message("gone"));
    }
    SUBCASE("cut off") {
        Caller thief;  // the same client id throws the first one out
        REQUIRE(thief.line.connect(as(*mosquitto, "HT01", "h-1")));
        CHECK(device.wait_for<mqtt::Lost>());
        CHECK(server.wait_for_message("gone"));
    }
}
