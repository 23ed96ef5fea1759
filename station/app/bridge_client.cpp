#include "station/app/bridge_client.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <deque>
#include <optional>
#include <utility>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/base/limits.hpp"
#include "core/base/overloaded.hpp"
#include "station/app/seen_scans.hpp"

namespace kenpin::app {
namespace {

constexpr std::chrono::milliseconds full_inbox_wait{20};  // the station is busy: try again

int connect_to(const std::filesystem::path& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.native().size() >= sizeof address.sun_path) return -1;
    path.native().copy(address.sun_path, sizeof address.sun_path - 1);
    const int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd >= 0 && connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return fd;
    if (fd >= 0) close(fd);
    return -1;
}

}  // namespace

using Mono = std::chrono::steady_clock::time_point;

/// All that the thread owns.
///
///   Away ── look_at reached, connected ──> Silent ── hello ──> There        (run is known only There)
///   Silent, There ── closed, nonsense ──> Away     looked for again after 50 ms, doubling to 2 s until a
///   hello
struct BridgeClient::Wire {
    Wire(std::filesystem::path path, Inbox<BridgeEvent>& to,
         const std::vector<protocol::ScanIdentity>& stored)
        : socket(std::move(path)), inbox(to), seen(stored) {}
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;
    ~Wire() {
        if (fd >= 0) close(fd);
    }

    void look_for_bridge();
    void look_later();
    void hang_up();
    void hear();
    bool take(const protocol::BridgeUp& message);
    void take_scan(const protocol::BridgeScan& scan);
    void obey(const Command& command);
    void post_waiting();
    void send_waiting();
    int wait_ms() const;
    pollfd watched() const;

    std::filesystem::path socket;
    Inbox<BridgeEvent>& inbox;
    SeenScans seen;
    int fd = -1;
    protocol::BridgeRun run;          // of the bridge now connected; empty before its hello
    std::deque<BridgeEvent> to_post;  // the inbox was full; the bridge is not heard meanwhile
    std::deque<std::string> to_send;
    std::chrono::milliseconds patience{limits::device_reopen_first};
    Mono look_at{};
};

void BridgeClient::Wire::look_for_bridge() {
    if (fd >= 0 || std::chrono::steady_clock::now() < look_at) return;
    fd = connect_to(socket);
    if (fd < 0) look_later();
}

void BridgeClient::Wire::look_later() {
    look_at = std::chrono::steady_clock::now() + patience;
    patience = std::min(2 * patience, limits::device_reopen_longest);
}

void BridgeClient::Wire::hang_up() {
    if (!run.value.empty()) to_post.emplace_back(BridgeLink{false});
    close(std::exchange(fd, -1));
    look_later();
    run = {};
    to_send.clear();  // what they acknowledged will come again, and is known
}

bool BridgeClient::Wire::take(const protocol::BridgeUp& message) {
    if (const auto* hello = std::get_if<protocol::BridgeHello>(&message)) {
        if (hello->v != protocol::bridge_version) return false;
        run = hello->run;
        patience = limits::device_reopen_first;
        to_post.emplace_back(BridgeLink{true});
        return true;
    }
    if (run.value.empty()) return false;  // it must begin with hello
    std::visit(Overloaded{[&](const protocol::BridgeScan& scan) { take_scan(scan); },
                          [&](const protocol::BridgeHello&) {},
                          [&](const auto& news) { to_post.emplace_back(news); }},
               message);
    return true;
}

void BridgeClient::Wire::take_scan(const protocol::BridgeScan& scan) {
    const protocol::ScanIdentity identity{run, scan.seq};
    switch (seen.look(identity)) {
        case SeenScans::Seen::never:
            seen.begin(identity);
            to_post.emplace_back(BridgeScan{.dev = scan.dev,
                                            .symbology = scan.symbology,
                                            .bytes = scan.raw,
                                            .t_mono_ns = scan.t_mono_ns,
                                            .identity = identity,
                                            .session = scan.session,
                                            .dup_of = scan.dup_of});
            return;
        case SeenScans::Seen::in_work:
            return;  // its acknowledgement will come
        case SeenScans::Seen::done:
            to_send.push_back(to_packet(protocol::BridgeDown(protocol::BridgeAck{scan.seq})));
    }
}

void BridgeClient::Wire::hear() {
    std::string packet(limits::bridge_packet, '\0');
    while (fd >= 0 && to_post.empty()) {
        const auto got = recv(fd, packet.data(), packet.size(), MSG_TRUNC);
        if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
        if (got <= 0 || static_cast<std::size_t>(got) > packet.size()) return hang_up();
        const auto message = protocol::bridge_up_from_packet({packet.data(), static_cast<std::size_t>(got)});
        if (!message || !take(message.value())) return hang_up();
        post_waiting();
    }
}

void BridgeClient::Wire::post_waiting() {
    while (!to_post.empty() && inbox.post(to_post.front())) to_post.pop_front();
}

void BridgeClient::Wire::obey(const Command& command) {
    std::visit(Overloaded{[&](const Acknowledge& done) {
                              seen.finish(done.scan);
                              if (done.scan.run == run && fd >= 0)
                                  to_send.push_back(
                                      to_packet(protocol::BridgeDown(protocol::BridgeAck{done.scan.seq})));
                          },
                          [&](const auto& asked) {
                              if (!run.value.empty())
                                  to_send.push_back(to_packet(protocol::BridgeDown(asked)));
                          }},
               command);
}

void BridgeClient::Wire::send_waiting() {
    while (fd >= 0 && !to_send.empty()) {
        if (send(fd, to_send.front().data(), to_send.front().size(), MSG_NOSIGNAL) < 0) {
            if (errno != EAGAIN && errno != EINTR) hang_up();
            return;
        }
        to_send.pop_front();
    }
}

int BridgeClient::Wire::wait_ms() const {
    if (!to_post.empty()) return static_cast<int>(full_inbox_wait.count());
    if (fd >= 0) return -1;
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(look_at - std::chrono::steady_clock::now());
    return static_cast<int>(std::max<std::int64_t>(0, left.count()));
}

pollfd BridgeClient::Wire::watched() const {
    const int events = (to_post.empty() ? POLLIN : 0) | (to_send.empty() ? 0 : POLLOUT);
    return {events == 0 ? -1 : fd, static_cast<short>(events), 0};
}

BridgeClient::BridgeClient(std::filesystem::path socket, Inbox<BridgeEvent>& inbox,
                           std::vector<protocol::ScanIdentity> stored)
    : commands_(limits::inbox_large), wake_fd_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
    KENPIN_CHECK(wake_fd_ >= 0);
    commands_.wake_with([this] { eventfd_write(wake_fd_, 1); });
    thread_ = std::jthread(
        [this, socket = std::move(socket), &inbox, stored = std::move(stored)](const std::stop_token& stop) {
            Wire wire(socket, inbox, stored);
            while (!stop.stop_requested()) {
                wire.look_for_bridge();
                std::array<pollfd, 2> fds{pollfd{wake_fd_, POLLIN, 0}, wire.watched()};
                poll(fds.data(), fds.size(), wire.wait_ms());
                eventfd_t ignored = 0;
                eventfd_read(wake_fd_, &ignored);
                for (const auto& each : commands_.take_all()) wire.obey(each);
                wire.post_waiting();
                wire.hear();
                wire.send_waiting();
                wire.post_waiting();
            }
        });
}

BridgeClient::~BridgeClient() {
    thread_.request_stop();
    eventfd_write(wake_fd_, 1);
    thread_.join();
    close(wake_fd_);
}

void BridgeClient::command(Command command) {
    (void)commands_.post(
        std::move(command));  // cannot be full of acknowledgements: the bridge lends 256 scans
}

void BridgeClient::acknowledge(const protocol::ScanIdentity& scan) {
    command(Acknowledge{scan});
}

void BridgeClient::beep(protocol::Beep beep, const protocol::PeripheralId& dev) {
    command(protocol::BridgeBeep{beep, dev});
}

void BridgeClient::trigger(const protocol::PeripheralId& scanner, bool on) {
    command(protocol::BridgeTrigger{scanner, on});
}

void BridgeClient::block(const protocol::PeripheralId& scanner, bool on) {
    command(protocol::BridgeBlock{scanner, on});
}

void BridgeClient::zero(const protocol::PeripheralId& scale) {
    command(protocol::BridgeZero{scale});
}

void BridgeClient::reset(const protocol::PeripheralId& printer) {
    command(protocol::BridgeReset{printer});
}

}  // namespace kenpin::app
