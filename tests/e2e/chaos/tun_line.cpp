#include "tests/e2e/chaos/tun_line.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <mutex>
#include <optional>
#include <queue>
#include <thread>

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/e2e/chaos/handle.hpp"

namespace kenpin::chaos {
namespace {

using Clock = std::chrono::steady_clock;

constexpr const char* network = "10.77.0.";
constexpr const char* netmask = "255.255.255.0";
constexpr int hub_host = 1, first_host = 10;
constexpr std::size_t most_devices = 200;
constexpr std::size_t longest_packet = 2'048;
constexpr std::size_t destination_at = 19;  // last byte of it in an IPv4 header
constexpr int look_every_ms = 20;

std::string address(int host) {
    return network + std::to_string(host);
}

Error refused(const std::string& what) {
    return {Error::Kind::refused, what + ": " + std::strerror(errno)};
}

sockaddr inet(const std::string& text) {
    sockaddr_in in{};
    in.sin_family = AF_INET;
    inet_pton(AF_INET, text.c_str(), &in.sin_addr);
    sockaddr out{};
    std::memcpy(&out, &in, sizeof in);
    return out;
}

ifreq request(const char* interface) {
    ifreq wanted{};
    std::strncpy(wanted.ifr_name, interface, IFNAMSIZ - 1);
    return wanted;
}

Outcome bring_up(const char* interface) {
    const Handle socket_of(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    auto wanted = request(interface);
    wanted.ifr_flags = IFF_UP;
    if (ioctl(socket_of.get(), SIOCSIFFLAGS, &wanted) != 0) return refused(std::string(interface) + " up");
    return Done{};
}

Outcome give_address(const char* interface, int host) {
    const Handle socket_of(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    auto wanted = request(interface);
    wanted.ifr_addr = inet(address(host));
    if (ioctl(socket_of.get(), SIOCSIFADDR, &wanted) != 0) return refused("address");
    wanted.ifr_netmask = inet(netmask);
    if (ioctl(socket_of.get(), SIOCSIFNETMASK, &wanted) != 0) return refused("netmask");
    return bring_up(interface);
}

/// In the namespace of the calling thread.
Result<Handle> make_tun(int host) {
    Handle tun(open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC));
    if (tun.get() < 0) return refused("/dev/net/tun");
    auto wanted = request("kenpin");
    wanted.ifr_flags = IFF_TUN | IFF_NO_PI;
    if (ioctl(tun.get(), TUNSETIFF, &wanted) != 0) return refused("tun");
    if (auto up = bring_up("lo"); !up) return up.error();
    if (auto given = give_address("kenpin", host); !given) return given.error();
    return tun;
}

Outcome write_file(const char* path, const std::string& text) {
    std::ofstream file(path);
    file << text << std::flush;
    return file ? Outcome{Done{}} : Outcome{refused(path)};
}

/// Not root: becomes the root of a user namespace, where networks of one's own may be made.
Outcome become_root_of_our_own() {
    const auto user = geteuid(), group = getegid();
    if (user == 0) return Done{};
    if (unshare(CLONE_NEWUSER) != 0) return refused("user namespace");
    (void)write_file("/proc/self/setgroups", "deny");  // older kernels have no such file
    if (auto mapped = write_file("/proc/self/uid_map", "0 " + std::to_string(user) + " 1"); !mapped)
        return mapped;
    return write_file("/proc/self/gid_map", "0 " + std::to_string(group) + " 1");
}

Handle this_namespace() {
    return Handle(open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC));
}

struct End {
    Handle name_space, tun;
};

Result<End> make_end(int host) {
    if (unshare(CLONE_NEWNET) != 0) return refused("network namespace");
    auto tun = make_tun(host);
    if (!tun) return tun.error();
    return End{this_namespace(), std::move(tun).value()};
}

struct Packet {
    Clock::time_point at;
    int to;  // file descriptor
    std::vector<char> bytes;
    bool operator<(const Packet& other) const { return at > other.at; }  // the earliest is on top
};

class TunLine : public Line {
public:
    TunLine(End hub, std::vector<End> devices, std::uint64_t seed)
        : hub_(std::move(hub)),
          devices_(std::move(devices)),
          weather_(devices_.size()),
          chance_(seed),
          relay_([this](const std::stop_token& end) { run(end); }) {}

    std::string name() const override { return "packets over TUN, a network namespace for each device"; }
    std::string broker_address() const override { return address(hub_host); }
    void open(std::uint16_t broker_port) override { port_ = broker_port; }
    std::string broker_for(std::size_t) const override {
        return address(hub_host) + ":" + std::to_string(port_);
    }
    std::vector<std::string> launcher(std::size_t device) const override {
        return {"nsenter", "--net=/proc/" + std::to_string(getpid()) + "/fd/" +
                               std::to_string(devices_[device].name_space.get())};
    }
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
        std::vector<pollfd> watched{{hub_.tun.get(), POLLIN, 0}};
        for (const auto& device : devices_) watched.push_back({device.tun.get(), POLLIN, 0});
        while (!end.stop_requested()) {
            poll(watched.data(), watched.size(), wait_ms());
            for (std::size_t i = 0; i < watched.size(); ++i)
                if ((watched[i].revents & POLLIN) != 0) read_all(i);
            deliver();
        }
    }
    int wait_ms() const {
        if (on_the_way_.empty()) return look_every_ms;
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(on_the_way_.top().at - Clock::now());
        return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, look_every_ms));
    }
    void read_all(std::size_t end) {  // 0: the hub
        std::vector<char> bytes(longest_packet);
        const int from = end == 0 ? hub_.tun.get() : devices_[end - 1].tun.get();
        for (ssize_t got = 0; (got = read(from, bytes.data(), bytes.size())) > 0;)
            take(end, {bytes.begin(), bytes.begin() + got});
    }
    void take(std::size_t end, const std::vector<char>& packet) {
        constexpr int version_4 = 4;
        if (packet.size() <= destination_at || (packet[0] >> 4) != version_4) return;
        const int host = static_cast<unsigned char>(packet[destination_at]);
        const auto device = end == 0 ? static_cast<std::size_t>(host - first_host) : end - 1;
        if (device >= devices_.size() || (end != 0 && host != hub_host)) return;
        const int to = end == 0 ? devices_[device].tun.get() : hub_.tun.get();
        const std::lock_guard lock(mutex_);
        const auto copies = delays(weather_[device], end == 0 ? Way::down : Way::up, chance_);
        ++(copies.empty() ? counts_.lost : counts_.passed);
        if (copies.size() > 1) ++counts_.repeated;
        for (const auto delay : copies) on_the_way_.push({Clock::now() + delay, to, packet});
    }
    void deliver() {
        for (; !on_the_way_.empty() && on_the_way_.top().at <= Clock::now(); on_the_way_.pop()) {
            const auto& packet = on_the_way_.top();
            (void)!write(packet.to, packet.bytes.data(),
                         packet.bytes.size());  // refused: lost, as any packet
        }
    }

    End hub_;
    std::vector<End> devices_;
    std::uint16_t port_ = 0;
    mutable std::mutex mutex_;  // of the two below; a test's own, the run sets what the relay reads
    std::vector<Weather> weather_;
    LineCounts counts_;
    sim::Chance chance_;
    std::priority_queue<Packet> on_the_way_;  // the relay's own
    std::jthread relay_;
};

}  // namespace

Result<std::unique_ptr<Line>> make_tun_line(std::size_t devices, std::uint64_t seed) {
    if (devices > most_devices) return Error{Error::Kind::refused, "too many devices"};
    if (auto root = become_root_of_our_own(); !root) return root.error();
    auto hub = make_end(hub_host);
    if (!hub) return hub.error();
    std::vector<End> ends;
    std::optional<Error> failed;
    for (std::size_t i = 0; i < devices && !failed; ++i) {
        auto end = make_end(first_host + static_cast<int>(i));
        if (end)
            ends.push_back(std::move(end).value());
        else
            failed = end.error();
    }
    if (setns(hub.value().name_space.get(), CLONE_NEWNET) != 0) return refused("back to our own network");
    if (failed) return *failed;
    return std::unique_ptr<Line>(std::make_unique<TunLine>(std::move(hub).value(), std::move(ends), seed));
}

}  // namespace kenpin::chaos
