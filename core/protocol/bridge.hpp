#pragma once
// The messages between the device daemon (kenpin-bridge) and the station beside it (docs/protocol/bridge.md):
// one JSON object per packet of a local SEQPACKET socket, at most limits::bridge_packet bytes.
//
//   bridge ── hello, device add ... ──> station    after every connect
//   bridge ── scan ──────────────────> station    again after every connect, until acknowledged
//   station ── ack ──────────────────> bridge     for one scan, once it is durable or judged with a tone
//   station ── beep ─────────────────> bridge     a scanner's own good or bad tone
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "core/base/result.hpp"
#include "core/base/strong.hpp"
#include "core/domain/barcode.hpp"

namespace kenpin::protocol {

inline constexpr int bridge_version = 1;

using ScannerId = Strong<struct ScannerTag, std::string>;    // as the bridge's configuration names it
using BridgeRun = Strong<struct BridgeRunTag, std::string>;  // random, one per run of the daemon
using ScanSeq = Strong<struct ScanSeqTag, std::uint64_t>;    // gapless from 1 within a run

/// Names one scan for ever: whoever stores it twice has counted it twice.
struct ScanIdentity {
    BridgeRun run;
    ScanSeq seq;
    auto operator<=>(const ScanIdentity&) const = default;
};

struct BridgeHello {
    int v = bridge_version;
    BridgeRun run;
    bool operator==(const BridgeHello&) const = default;
};

enum class DeviceChange { add, remove, fault };

struct BridgeDevice {
    DeviceChange change = DeviceChange::add;
    ScannerId dev;
    std::string kind;    // "serial"; "bridge" when it is about all of them, with an empty dev
    std::string reason;  // of a fault: "too_long", "half_scan", "scans_waiting"; else empty
    bool operator==(const BridgeDevice&) const = default;
};

struct BridgeScan {
    ScanSeq seq;
    std::int64_t t_mono_ns = 0;  // CLOCK_MONOTONIC of this machine, when its last byte was read
    ScannerId dev;
    domain::Symbology symbology = domain::Symbology::unknown;
    std::string aim;  // "]E0", or empty
    std::string raw;  // exact bytes, any value; 1 .. limits::scan_bytes
    bool operator==(const BridgeScan&) const = default;
};

struct BridgeAck {
    ScanSeq seq;  // this one, not those before it
    bool operator==(const BridgeAck&) const = default;
};

enum class Beep { good, bad };

struct BridgeBeep {
    Beep beep = Beep::good;
    ScannerId dev;  // empty: every scanner
    bool operator==(const BridgeBeep&) const = default;
};

using BridgeUp = std::variant<BridgeHello, BridgeDevice, BridgeScan>;
using BridgeDown = std::variant<BridgeAck, BridgeBeep>;

std::string to_packet(const BridgeUp& message);
std::string to_packet(const BridgeDown& message);
/// Error::corrupt names the field that is missing or wrong. An unknown symbology is read as
/// Symbology::unknown: a scan is never lost for a name.
Result<BridgeUp> bridge_up_from_packet(std::string_view packet);
Result<BridgeDown> bridge_down_from_packet(std::string_view packet);

/// "ean13", ... as in the packets.
std::string_view name(domain::Symbology symbology);

}  // namespace kenpin::protocol
