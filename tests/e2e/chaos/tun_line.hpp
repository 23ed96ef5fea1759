#pragma once
// Real packets under bad weather: this process moves into a network namespace of its own, each device gets
// another, and a thread carries packets between their TUN devices by the Shaper. Nothing is left behind: the
// namespaces end with the process.
//
//   station ── its tun ──┐                       ┌── hub tun ── broker, server (this process's namespace)
//   10.77.0.(10 + n)     └── relay: lose, repeat, delay ──┘           10.77.0.1
//
// Needs root, or user namespaces and a /dev/net/tun that anybody may open.
#include <memory>

#include "core/base/result.hpp"
#include "tests/e2e/chaos/line.hpp"

namespace kenpin::chaos {

/// Call it before any thread is started. Errors say what the kernel refused; the process may then already
/// stand in a namespace of its own, with a loopback.
Result<std::unique_ptr<Line>> make_tun_line(std::size_t devices, std::uint64_t seed);

}  // namespace kenpin::chaos
