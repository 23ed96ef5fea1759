#pragma once
// The lines between devices and the broker, made bad on purpose. Two kinds: packets over TUN devices, each
// device in a network namespace of its own (tun_line.hpp), or, where the kernel does not let us, connections
// over a proxy (proxy_line.hpp).
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/e2e/chaos/shaper.hpp"

namespace kenpin::chaos {

struct LineCounts {
    std::int64_t passed = 0, lost = 0, repeated = 0;  // packets, or pieces of a connection
    std::int64_t broken = 0;                          // connections that were ended
};

class Line {
public:
    Line() = default;
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;
    virtual ~Line() = default;

    /// For the summary: what this line can do.
    virtual std::string name() const = 0;
    /// The address of this machine that the broker listens on.
    virtual std::string broker_address() const = 0;
    /// Once the broker has its port. From here on devices reach it.
    virtual void open(std::uint16_t broker_port) = 0;
    /// "host:port" where the device number `device` (from 0) finds the broker.
    virtual std::string broker_for(std::size_t device) const = 0;
    /// Words before its program's own that put it at its end of the line.
    virtual std::vector<std::string> launcher(std::size_t device) const = 0;

    virtual void set(std::size_t device, const Weather& weather) = 0;
    virtual LineCounts counts() const = 0;
};

}  // namespace kenpin::chaos
