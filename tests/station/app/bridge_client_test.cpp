#include "station/app/bridge_client.hpp"

#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>

#include <doctest/doctest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/base/limits.hpp"

using namespace kenpin;
using namespace kenpin::app;
using namespace std::chrono_literals;

namespace {

/// A bridge reduced to its socket: one station, hello, and what that station asks.
struct SilentBridge {
    SilentBridge() {
        REQUIRE(mkdtemp(folder.data()) != nullptr);
        path = std::string(folder.data()) + "/bridge.sock";
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path.native().copy(address.sun_path, sizeof address.sun_path - 1);
        REQUIRE(bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
        REQUIRE(listen(listener, 1) == 0);
    }
    SilentBridge(const SilentBridge&) = delete;
    SilentBridge& operator=(const SilentBridge&) = delete;
    ~SilentBridge() {
        for (const int fd : {station, listener}) close(fd);
        std::filesystem::remove_all(folder.data());
    }
    void greet() {
        REQUIRE(is_readable(listener));
        station = accept(listener, nullptr, nullptr);
        const auto hello = protocol::to_packet(protocol::BridgeUp(protocol::BridgeHello{.run = {"r1"}}));
        REQUIRE(send(station, hello.data(), hello.size(), MSG_NOSIGNAL) > 0);
    }
    protocol::BridgeDown asked() {
        REQUIRE(is_readable(station));
        std::array<char, 1'024> packet{};
        const auto got = recv(station, packet.data(), packet.size(), 0);
        REQUIRE(got > 0);
        return protocol::bridge_down_from_packet({packet.data(), static_cast<std::size_t>(got)}).value();
    }
    static bool is_readable(int fd) {
        pollfd wanted{fd, POLLIN, 0};
        return poll(&wanted, 1, 20'000) == 1;
    }

    std::array<char, 32> folder{"/tmp/kenpin-bridge-XXXXXX"};
    std::filesystem::path path;
    int listener = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    int station = -1;
};

}  // namespace

TEST_CASE("what the station asks of a scanner, a scale and a printer reaches the bridge, in order") {
    SilentBridge bridge;
    Inbox<BridgeEvent> inbox{limits::inbox_small};
    BridgeClient client(bridge.path, inbox);
    bridge.greet();
    REQUIRE_FALSE(inbox.wait_and_take(20s).empty());  // the link is up
    client.trigger({"S1"}, true);
    client.block({"S1"}, true);
    client.zero({"W1"});
    client.reset({"P1"});
    CHECK(bridge.asked() == protocol::BridgeDown(protocol::BridgeTrigger{{"S1"}, true}));
    CHECK(bridge.asked() == protocol::BridgeDown(protocol::BridgeBlock{{"S1"}, true}));
    CHECK(bridge.asked() == protocol::BridgeDown(protocol::BridgeZero{{"W1"}}));
    CHECK(bridge.asked() == protocol::BridgeDown(protocol::BridgeReset{{"P1"}}));
}
