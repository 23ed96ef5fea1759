#include "tests/e2e/chaos/proxy_line.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <deque>
#include <list>
#include <mutex>
#include <thread>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/e2e/chaos/handle.hpp"

namespace kenpin::chaos {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr int look_every_ms = 10;
constexpr int lost_packets_end_it = 10;  // once in so many: TCP would have sent the others again
constexpr int backlog = 8;

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}

const sockaddr* plain(const sockaddr_in& address) {
    return reinterpret_cast<const sockaddr*>(&address);
}

struct Door {  // where a device comes in
    Handle listener;
    std::uint16_t port = 0;
};

Result<Door> make_door() {
    Door door{Handle(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)), 0};
    auto address = loopback(0);
    socklen_t size = sizeof address;
    const int fd = door.listener.get();
    if (fd < 0 || bind(fd, plain(address), size) != 0 || listen(fd, backlog) != 0 ||
        getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        return Error{Error::Kind::refused, std::string("proxy: ") + std::strerror(errno)};
    door.port = ntohs(address.sin_port);
    return door;
}

void without_delay(int fd) {
    const int on = 1;
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

struct Piece {
    Clock::time_point at;
    std::string bytes;
};

/// One connection: what the device wrote goes up to the broker, what the broker wrote down.
struct Connection {
    std::size_t device = 0;
    Handle ends[2];                   // device, broker
    std::deque<Piece> on_the_way[2];  // written at that end by Way
    bool is_over = false;
};

class ProxyLine : public Line {
public:
    ProxyLine(std::vector<Door> doors, std::uint64_t seed)
        : doors_(std::move(doors)), weather_(doors_.size()), chance_(seed) {}

    std::string name() const override { return "connections over a proxy: no packet is lost or overtaken"; }
    std::string broker_address() const override { return "127.0.0.1"; }
    void open(std::uint16_t broker_port) override {
        broker_port_ = broker_port;
        thread_ = std::jthread([this](const std::stop_token& end) { run(end); });
    }
    std::string broker_for(std::size_t device) const override {
        return "127.0.0.1:" + std::to_string(doors_[device].port);
    }
    std::vector<std::string> launcher(std::size_t) const override { return {}; }
    void set(std::size_t device, const Weather& weather) override {
        const std::lock_guard lock(mutex_);
        weather_[device] = weather;
    }
    LineCounts counts() const override {
        const std::lock_guard lock(mutex_);
        return counts_;
    }

private:
    void run(const std::stop_token& end) {
        while (!end.stop_requested()) {
            wait();
            const std::lock_guard lock(mutex_);
            for (std::size_t device = 0; device < doors_.size(); ++device) let_in(device);
            for (auto& connection : connections_) carry(connection);
            counts_.broken += static_cast<std::int64_t>(
                std::erase_if(connections_, [](const Connection& c) { return c.is_over; }));
        }
    }
    void wait() {
        std::vector<pollfd> watched;
        for (const auto& door : doors_) watched.push_back({door.listener.get(), POLLIN, 0});
        poll(watched.data(), watched.size(), look_every_ms);
    }
    void let_in(std::size_t device) {
        Handle from(accept4(doors_[device].listener.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
        if (from.get() < 0) return;
        Handle to(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        const auto broker = loopback(broker_port_);
        if (::connect(to.get(), plain(broker), sizeof broker) != 0)
            return;  // both are closed: no broker there
        without_delay(from.get());
        without_delay(to.get());
        connections_.push_back({device, {std::move(from), std::move(to)}, {}, false});
    }
    void carry(Connection& connection) {
        for (const auto way : {Way::up, Way::down}) {
            read(connection, way);
            write(connection, way);
        }
    }
    static std::size_t source(Way way) { return way == Way::up ? 0 : 1; }

    void read(Connection& connection, Way way) {
        const auto& weather = weather_[connection.device];
        if (way == Way::up ? weather.is_cut_up : weather.is_cut_down) return;  // it waits in the kernel
        std::array<char, 16'384> bytes;
        const auto got = recv(connection.ends[source(way)].get(), bytes.data(), bytes.size(), MSG_DONTWAIT);
        if (got == 0 || (got < 0 && errno != EAGAIN)) connection.is_over = true;
        if (got <= 0) return;
        const auto copies = delays(weather, way, chance_);
        if (copies.empty() && chance_.one_in(lost_packets_end_it)) {
            ++counts_.lost;
            connection.is_over = true;
            return;
        }
        auto& queue = connection.on_the_way[source(way)];
        auto at = Clock::now() + (copies.empty() ? weather.longest_delay : copies.front());
        if (!queue.empty()) at = std::max(at, queue.back().at);
        queue.push_back({at, std::string(bytes.data(), static_cast<std::size_t>(got))});
        ++counts_.passed;
    }
    void write(Connection& connection, Way way) {
        auto& queue = connection.on_the_way[source(way)];
        const int to = connection.ends[1 - source(way)].get();
        while (!queue.empty() && queue.front().at <= Clock::now()) {
            auto& bytes = queue.front().bytes;
            const auto sent = send(to, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
            if (sent < 0 && errno != EAGAIN) connection.is_over = true;
            if (sent <= 0) return;
            bytes.erase(0, static_cast<std::size_t>(sent));
            if (bytes.empty()) queue.pop_front();
        }
    }

    std::vector<Door> doors_;
    std::uint16_t broker_port_ = 0;
    std::mutex mutable mutex_;  // of all below
    std::vector<Weather> weather_;
    LineCounts counts_;
    sim::Chance chance_;
    std::list<Connection> connections_;
    std::jthread thread_;
};

}  // namespace

Result<std::unique_ptr<Line>> make_proxy_line(std::size_t devices, std::uint64_t seed) {
    std::vector<Door> doors;
    for (std::size_t i = 0; i < devices; ++i) {
        auto door = make_door();
        if (!door) return door.error();
        doors.push_back(std::move(door).value());
    }
    return std::unique_ptr<Line>(std::make_unique<ProxyLine>(std::move(doors), seed));
}

}  // namespace kenpin::chaos
