#pragma once
// A raw TCP connection to a label printer (port 9100). Says exactly how far a job got: what the kernel took
// and what the printer's side acknowledged; neither proves paper (printing.md §1.5). One thread at a time;
// calls block up to their time limit, so they belong to the printing thread, never to the screen's.
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace kenpin::transport {

struct Address {
    std::string host;
    int port = 9100;
};

/// How far a job went. `taken` = 0 with an error: the printer has seen nothing of it, it may be sent again.
/// Between 1 and the whole: it is unknown what the printer makes of it.
struct Sent {
    std::size_t taken = 0;  // bytes the kernel took
    std::size_t of = 0;
    std::optional<Error> error;
    bool is_whole() const { return !error && taken == of; }
};

class TcpLink {
public:
    /// Errors: unreachable (no such host, refused, no answer within `limit`).
    static Result<TcpLink> open(const Address& address, std::chrono::milliseconds limit);
    TcpLink(TcpLink&& other) noexcept;
    TcpLink& operator=(TcpLink&& other) noexcept;
    TcpLink(const TcpLink&) = delete;
    TcpLink& operator=(const TcpLink&) = delete;
    ~TcpLink();

    /// Writes all of `bytes`; `limit` counts from the last progress. Errors: unreachable (reset, closed),
    /// busy (the printer takes nothing more).
    Sent send(std::string_view bytes, std::chrono::milliseconds limit);
    /// Waits until the other side has acknowledged every byte sent. Errors: unreachable, busy.
    Outcome drain(std::chrono::milliseconds limit);
    /// What has arrived, at most 4096 bytes; empty when nothing came within `limit`. Error: unreachable
    /// (closed).
    Result<std::string> receive(std::chrono::milliseconds limit);

private:
    explicit TcpLink(int socket) : socket_(socket) {}
    int socket_ = -1;
};

}  // namespace kenpin::transport
