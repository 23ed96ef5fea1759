#include "printers/virtual/serve.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <iterator>
#include <list>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/base/overloaded.hpp"

namespace kenpin::virtual_printer {

namespace {

constexpr int tick_ms = 20;  // only while a fault slows it down, or a label takes its time
constexpr std::size_t chunk = 16'384;
constexpr std::size_t most_connections = 16;

class Fd {
public:
    explicit Fd(int number = -1) : number_(number) {}
    Fd(Fd&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Fd& operator=(Fd&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~Fd() {
        if (number_ >= 0) ::close(number_);
    }
    int get() const { return number_; }

private:
    int number_;
};

struct Connection {
    Fd socket;
    Sender number;
    std::unique_ptr<encode::PrinterHalf> half;
    std::string answer;  // not yet sent
    bool is_over = false;
};

int listen_on_loopback(int port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const int yes = 1;
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (socket >= 0 && ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0 &&
        ::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
        ::listen(socket, 16) == 0)
        return socket;
    if (socket >= 0) ::close(socket);
    return -1;
}

int bound_port(int socket) {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    if (::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) return -1;
    return ntohs(address.sin_port);
}

int end_signals() {
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    if (::pthread_sigmask(SIG_BLOCK, &ends, nullptr) != 0) return -1;
    return ::signalfd(-1, &ends, SFD_CLOEXEC | SFD_NONBLOCK);
}

Millis clock_now() {
    return std::chrono::duration_cast<Millis>(std::chrono::steady_clock::now().time_since_epoch());
}

void reset(Connection& connection) {
    const linger now{1, 0};
    // If this fails the close is a polite one; the test that asked for a reset then sees it.
    (void)::setsockopt(connection.socket.get(), SOL_SOCKET, SO_LINGER, &now, sizeof now);
    connection.is_over = true;
}

class PollServe : public Serve {
public:
    PollServe(const ServeSettings& settings, Tray& tray, Inbox<FaultWish>& wishes, Latest<PanelView>& view)
        : model_(settings.model),
          tray_(tray),
          wishes_(wishes),
          view_(view),
          device_({model_.media, model_.head, settings.label_time}) {}

    Outcome prepare(int port) {
        listener_ = Fd(listen_on_loopback(port));
        if (listener_.get() < 0) return Error{Error::Kind::busy, std::generic_category().message(errno)};
        signals_ = Fd(end_signals());
        wake_ = Fd(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
        if (signals_.get() < 0 || wake_.get() < 0)
            return Error{Error::Kind::refused, std::generic_category().message(errno)};
        wishes_.wake_with([fd = wake_.get()] {
            const std::uint64_t one = 1;
            (void)!::write(fd, &one, sizeof one);  // can only fail when it is already awake
        });
        publish();
        return Done{};
    }

    int port() const override { return bound_port(listener_.get()); }

    Outcome run() override {
        for (;;) {
            auto watched = watch_list();
            const int timeout = needs_ticks() ? tick_ms : -1;
            if (::poll(watched.data(), watched.size(), timeout) < 0 && errno != EINTR)
                return Error{Error::Kind::refused, std::generic_category().message(errno)};
            if (watched[1].revents != 0) return Done{};
            if (watched[2].revents != 0) take_wishes();
            if (watched[0].revents != 0) accept_all();
            serve_all(watched);
            if (auto printed = print(); !printed) return printed;
        }
    }

private:
    bool needs_ticks() const {
        const auto& faults = device_.faults();
        return faults.slow_bytes_per_s || faults.split_replies || device_.is_printing();
    }

    std::vector<pollfd> watch_list() const {
        std::vector<pollfd> out{
            {listener_.get(), POLLIN, 0}, {signals_.get(), POLLIN, 0}, {wake_.get(), POLLIN, 0}};
        const bool reads = device_.takes(1) > 0 && !device_.faults().slow_bytes_per_s;
        for (const auto& connection : connections_) {
            const bool writes = !connection.answer.empty() && !device_.faults().split_replies;
            const unsigned events = (reads ? unsigned{POLLIN} : 0U) | (writes ? unsigned{POLLOUT} : 0U);
            out.push_back({connection.socket.get(), static_cast<short>(events), 0});
        }
        return out;
    }

    void accept_all() {
        for (;;) {
            Fd socket(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
            if (socket.get() < 0 || connections_.size() >= most_connections) return;
            const int yes = 1;
            // Only so that split replies arrive split; without it they may be glued again.
            (void)::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
            connections_.push_back({std::move(socket),
                                    ++senders_,
                                    model_.language->printer(model_.media, model_.head),
                                    {},
                                    false});
        }
    }

    void serve_all(const std::vector<pollfd>& watched) {
        const bool is_slow = device_.faults().slow_bytes_per_s.has_value();
        std::size_t at = 3;
        for (auto& connection : connections_) {
            const bool is_new = at >= watched.size();
            if (!is_new && (watched[at].revents & (POLLHUP | POLLERR)) != 0 && device_.takes(1) == 0)
                connection.is_over = true;  // gone while we do not read: nothing else would notice
            const auto events = is_new ? short{0} : watched[at++].revents;
            if (is_new || is_slow || (events & (POLLIN | POLLHUP | POLLERR)) != 0) read_from(connection);
            if (!connection.answer.empty()) write_to(connection);
        }
        connections_.remove_if([](const Connection& connection) { return connection.is_over; });
    }

    void read_from(Connection& connection) {
        auto most = chunk;
        if (const auto slow = device_.faults().slow_bytes_per_s)
            most = static_cast<std::size_t>(std::max(1, *slow * tick_ms / 1000));
        most = device_.takes(most);
        if (most == 0) return;
        std::array<char, chunk> bytes;  // NOLINT(cppcoreguidelines-pro-type-member-init): filled by recv
        const auto n = ::recv(connection.socket.get(), bytes.data(), most, 0);
        if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
        if (n <= 0) {
            connection.is_over = true;
            return;
        }
        const auto taken = static_cast<std::size_t>(n);
        take_events(connection, connection.half->receive({bytes.data(), taken}));
        if (device_.has_taken(taken)) reset(connection);
    }

    void take_events(Connection& connection, std::vector<encode::Received> events) {
        for (auto& event : events)
            std::visit(Overloaded{[&](encode::ReceivedLabel& label) {
                                      device_.receive(std::move(label), connection.number);
                                      if (!device_.inside().status.can_print())
                                          connection.answer +=
                                              connection.half->report_stopped(inside(connection));
                                  },
                                  [&](const encode::Asked& asked) {
                                      if (device_.is_silent(asked.question)) return;
                                      connection.answer +=
                                          connection.half->answer(asked.question, inside(connection));
                                  },
                                  [&](const encode::NotUnderstood& odd) {
                                      std::fprintf(stderr, "virtual printer: %s\n", odd.why.c_str());
                                  }},
                       event);
    }

    encode::Inside inside(const Connection& connection) const {
        auto out = device_.inside();
        out.status.is_partial_format = connection.half->is_inside_label();
        return out;
    }

    void write_to(Connection& connection) const {
        const auto size = device_.faults().split_replies ? 1 : connection.answer.size();
        const auto n = ::send(connection.socket.get(), connection.answer.data(), size, MSG_NOSIGNAL);
        if (n > 0)
            connection.answer.erase(0, static_cast<std::size_t>(n));
        else if (errno != EAGAIN && errno != EINTR)
            connection.is_over = true;
    }

    void take_wishes() {
        std::uint64_t count = 0;
        (void)!::read(wake_.get(), &count, sizeof count);  // only clears the bell
        for (const auto& wish : wishes_.take_all()) {
            if (const auto faults = changed(device_.faults(), wish.json)) set_faults(faults.value());
            applied_ = wish.ticket;
        }
        publish();
    }

    void set_faults(const Faults& faults) {
        const bool could_print = device_.inside().status.can_print();
        device_.set_faults(faults);
        if (device_.has_lost_power())
            for (auto& connection : connections_) reset(connection);
        if (could_print) report_stop();
    }

    // Printers that say so by themselves say it to whoever sent the label that waits.
    void report_stop() {
        if (device_.waiting() == 0 || device_.inside().status.can_print()) return;
        for (auto& connection : connections_)
            if (connection.number == device_.sender_in_print())
                connection.answer += connection.half->report_stopped(inside(connection));
    }

    Outcome print() {
        const auto out = device_.print(clock_now());
        for (const auto& one : out) {
            if (auto put = tray_.put(one.label.bitmap); !put) return put;
            report_printed(one);
        }
        if (!out.empty()) publish();
        if (!out.empty()) report_stop();
        return Done{};
    }

    void report_printed(const CameOut& out) {
        for (auto& connection : connections_) {
            if (connection.number != out.sender) continue;
            auto now = inside(connection);
            now.wants_report = out.label.wants_report;
            connection.answer += connection.half->report_printed(now);
        }
    }

    void publish() { view_.set({tray_.labels(), device_.faults(), device_.waiting(), applied_}); }

    encode::PrinterModel model_;
    Tray& tray_;
    Inbox<FaultWish>& wishes_;
    Latest<PanelView>& view_;
    Device device_;
    Fd listener_, signals_, wake_;
    std::list<Connection> connections_;
    std::uint64_t applied_ = 0;
    Sender senders_ = 0;
};

}  // namespace

Result<std::unique_ptr<Serve>> Serve::open(const ServeSettings& settings, Tray& tray,
                                           Inbox<FaultWish>& wishes, Latest<PanelView>& view) {
    auto serve = std::make_unique<PollServe>(settings, tray, wishes, view);
    if (const auto prepared = serve->prepare(settings.port); !prepared) return prepared.error();
    return std::unique_ptr<Serve>(std::move(serve));
}

}  // namespace kenpin::virtual_printer
