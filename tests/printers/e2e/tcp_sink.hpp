#pragma once
// A socket that takes bytes and says when the first one came.
#include <atomic>
#include <chrono>
#include <cstddef>
#include <thread>

namespace kenpin::support {

class TcpSink {
public:
    TcpSink();
    TcpSink(const TcpSink&) = delete;
    TcpSink& operator=(const TcpSink&) = delete;
    ~TcpSink();
    int port() const { return port_; }
    std::size_t received() const { return received_; }
    /// When the first byte came since forget(); zero: none yet.
    std::chrono::steady_clock::time_point first_byte() const {
        return std::chrono::steady_clock::time_point(std::chrono::nanoseconds(first_ns_));
    }
    /// When the newest byte came.
    std::chrono::steady_clock::time_point last_byte() const {
        return std::chrono::steady_clock::time_point(std::chrono::nanoseconds(last_ns_));
    }
    void forget() { first_ns_ = 0; }
    /// What the sink's own thread has used so far: the printer's, not of those who print.
    double cpu_ms();

private:
    void run();
    int listener_ = -1;
    int port_ = 0;
    std::atomic<bool> ends_{false};
    std::atomic<std::size_t> received_{0};
    std::atomic<std::int64_t> first_ns_{0};
    std::atomic<std::int64_t> last_ns_{0};
    std::thread thread_;
};

}  // namespace kenpin::support
