#include "printers/transport/tcp.hpp"

#include <array>
#include <cerrno>
#include <memory>
#include <system_error>
#include <utility>

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace kenpin::transport {

namespace {

using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

constexpr std::chrono::microseconds longest_pause{2'000};

Error unreachable(const std::string& why) {
    return {Error::Kind::unreachable, why};
}
Error unreachable_now() {
    return unreachable(std::generic_category().message(errno));
}

struct FreeAddresses {
    void operator()(addrinfo* list) const { freeaddrinfo(list); }
};
using Addresses = std::unique_ptr<addrinfo, FreeAddresses>;

Result<Addresses> resolved(const Address& address) {
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* list = nullptr;
    const auto port = std::to_string(address.port);
    const int failed = ::getaddrinfo(address.host.c_str(), port.c_str(), &hints, &list);
    if (failed != 0) return unreachable(address.host + ": " + gai_strerror(failed));
    return Addresses(list);
}

// Whether the socket becomes ready for `events` before `deadline`.
bool becomes_ready(int socket, short events, Steady::time_point deadline) {
    pollfd watched{socket, events, 0};
    for (;;) {
        const auto left = std::chrono::ceil<milliseconds>(deadline - Steady::now()).count();
        const int ready = ::poll(&watched, 1, left > 0 ? static_cast<int>(left) : 0);
        if (ready > 0) return true;
        if (ready == 0 || errno != EINTR) return false;
    }
}

// Whether one of `events` came within `pause`.
bool is_woken(int socket, short events, std::chrono::microseconds pause) {
    pollfd watched{socket, events, 0};
    const timespec limit{0, std::chrono::nanoseconds(pause).count()};
    return ::ppoll(&watched, 1, &limit, nullptr) > 0;
}

int pending_error(int socket) {
    int error = 0;
    socklen_t size = sizeof error;
    return ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size) == 0 ? error : errno;
}

std::optional<Error> connect_to(int socket, const addrinfo& where, Steady::time_point deadline) {
    if (::connect(socket, where.ai_addr, where.ai_addrlen) == 0) return std::nullopt;
    if (errno != EINPROGRESS) return unreachable_now();
    if (!becomes_ready(socket, POLLOUT, deadline)) return unreachable("no answer to the connection");
    if (const int error = pending_error(socket); error != 0)
        return unreachable(std::generic_category().message(error));
    return std::nullopt;
}

void set_up(int socket) {
    const int yes = 1;
    const int give_up_ms = 10'000;
    // Only comforts: without them the link still works, so their failure is not looked at.
    (void)::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    (void)::setsockopt(socket, SOL_SOCKET, SO_KEEPALIVE, &yes, sizeof yes);
    (void)::setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &give_up_ms, sizeof give_up_ms);
}

bool would_block() {
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

}  // namespace

Result<TcpLink> TcpLink::open(const Address& address, milliseconds limit) {
    const auto deadline = Steady::now() + limit;
    const auto list = resolved(address);
    if (!list) return list.error();
    std::optional<Error> failed = unreachable("no address");
    for (const addrinfo* at = list.value().get(); at != nullptr; at = at->ai_next) {
        TcpLink link(::socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, at->ai_protocol));
        if (link.socket_ < 0) return unreachable_now();
        set_up(link.socket_);
        failed = connect_to(link.socket_, *at, deadline);
        if (!failed) return link;
    }
    return *failed;
}

TcpLink::TcpLink(TcpLink&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}

TcpLink& TcpLink::operator=(TcpLink&& other) noexcept {
    std::swap(socket_, other.socket_);
    return *this;
}

TcpLink::~TcpLink() {
    if (socket_ >= 0) ::close(socket_);
}

Sent TcpLink::send(std::string_view bytes, milliseconds limit) {
    Sent out{0, bytes.size(), std::nullopt};
    auto deadline = Steady::now() + limit;
    while (out.taken < out.of) {
        const auto n = ::send(socket_, bytes.data() + out.taken, out.of - out.taken, MSG_NOSIGNAL);
        if (n > 0) {
            out.taken += static_cast<std::size_t>(n);
            deadline = Steady::now() + limit;
        } else if (!would_block()) {
            out.error = unreachable_now();
            return out;
        } else if (!becomes_ready(socket_, POLLOUT, deadline)) {
            out.error = Error{Error::Kind::busy, "the printer takes no more bytes"};
            return out;
        }
    }
    return out;
}

Outcome TcpLink::drain(milliseconds limit) {
    const auto deadline = Steady::now() + limit;
    for (std::chrono::microseconds pause{20};; pause = std::min(2 * pause, longest_pause)) {
        if (const int error = pending_error(socket_); error != 0)
            return unreachable(std::generic_category().message(error));
        int waiting = 0;
        if (::ioctl(socket_, TIOCOUTQ, &waiting) != 0) return unreachable_now();
        if (waiting == 0) return Done{};
        if (Steady::now() >= deadline) return Error{Error::Kind::busy, "bytes are not acknowledged"};
        // There is no event for "acknowledged"; a reset wakes this early.
        if (is_woken(socket_, POLLRDHUP, pause)) return unreachable("the printer closed the connection");
    }
}

Result<std::string> TcpLink::receive(milliseconds limit) {
    if (!becomes_ready(socket_, POLLIN, Steady::now() + limit)) return std::string{};
    std::array<char, 4096> bytes{};
    const auto n = ::recv(socket_, bytes.data(), bytes.size(), 0);
    if (n > 0) return std::string(bytes.data(), static_cast<std::size_t>(n));
    if (n < 0 && would_block()) return std::string{};
    return n == 0 ? unreachable("the printer closed the connection") : unreachable_now();
}

}  // namespace kenpin::transport
