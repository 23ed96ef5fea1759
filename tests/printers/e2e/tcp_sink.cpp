#include "tests/printers/e2e/tcp_sink.hpp"

#include <array>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "core/base/check.hpp"

namespace kenpin::support {

TcpSink::TcpSink() {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    KENPIN_CHECK(::bind(listener_, reinterpret_cast<const sockaddr*>(&address), size) == 0);
    KENPIN_CHECK(::listen(listener_, 16) == 0);
    KENPIN_CHECK(::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { run(); });
}

TcpSink::~TcpSink() {
    ends_ = true;
    thread_.join();
    ::close(listener_);
}

double TcpSink::cpu_ms() {
    clockid_t clock{};
    timespec used{};
    if (pthread_getcpuclockid(thread_.native_handle(), &clock) != 0 || clock_gettime(clock, &used) != 0)
        return 0;
    return static_cast<double>(used.tv_sec) * 1e3 + static_cast<double>(used.tv_nsec) / 1e6;
}

void TcpSink::run() {
    std::vector<pollfd> watched{{listener_, POLLIN, 0}};
    std::array<char, 65'536> bytes{};
    while (!ends_) {
        ::poll(watched.data(), watched.size(), 50);
        if ((watched[0].revents & POLLIN) != 0)
            watched.push_back({::accept(listener_, nullptr, nullptr), POLLIN, 0});
        for (std::size_t i = 1; i < watched.size(); ++i) {
            if (watched[i].fd < 0 || watched[i].revents == 0) continue;
            const auto n = ::recv(watched[i].fd, bytes.data(), bytes.size(), 0);
            if (n <= 0) {
                ::close(watched[i].fd);
                watched[i].fd = -1;  // poll skips it
                continue;
            }
            last_ns_ = std::chrono::steady_clock::now().time_since_epoch().count();
            if (first_ns_ == 0) first_ns_ = last_ns_.load();
            received_ += static_cast<std::size_t>(n);
        }
    }
    for (std::size_t i = 1; i < watched.size(); ++i)
        if (watched[i].fd >= 0) ::close(watched[i].fd);
}

}  // namespace kenpin::support
