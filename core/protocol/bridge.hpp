#pragma once
// The messages between the device daemon (kenpin-bridge) and the station beside it (docs/protocol/bridge.md):
// one JSON object per packet of a local SEQPACKET socket, at most limits::bridge_packet bytes.
//
//   bridge ── hello, device add ... ──> station    after every connect
//   bridge ── scan ──────────────────> station    again after every connect, until acknowledged
//   bridge ── weight, printer, printed > station   the newest counts; not kept
//   station ── ack ──────────────────> bridge     for one scan, once it is durable or judged with a tone
//   station ── beep trigger block zero print reset ──> bridge    asked of one device
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/strong.hpp"
#include "core/domain/barcode.hpp"

namespace kenpin::protocol {

inline constexpr int bridge_version = 2;

using PeripheralId = Strong<struct PeripheralTag, std::string>;  // the configuration's name, or its identity
using BridgeRun = Strong<struct BridgeRunTag, std::string>;      // random, one per run of the daemon
using ScanSeq = Strong<struct ScanSeqTag, std::uint64_t>;        // gapless from 1 within a run

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

/// What a device can be asked for.
struct PeripheralCaps {
    bool beep = false, trigger = false, zero = false, print = false;
    bool operator==(const PeripheralCaps&) const = default;
};

struct BridgeDevice {
    DeviceChange change = DeviceChange::add;
    PeripheralId dev{};
    std::string kind{};  // "scanner", "keyboard_scanner", "scale", "printer", "camera", "unsupported";
                         // "bridge" when it is about all of them, with an empty dev
    std::uint16_t vid = 0, pid = 0;  // 0: not on USB
    std::string serial{}, port{}, product{};
    PeripheralCaps caps{};
    bool paired = false;   // it belongs to this station; an unpaired scanner's scans do not come
    std::string reason{};  // key; of a fault, or why an added device cannot be used
    std::string remedy{};  // key of what a person can do about it, or empty
    bool operator==(const BridgeDevice&) const = default;
};

struct Gs1Element {
    std::string ai, value;
    bool operator==(const Gs1Element&) const = default;
};

struct BridgeScan {
    ScanSeq seq{};
    std::int64_t t_mono_ns = 0;  // CLOCK_MONOTONIC of this machine, when its last byte was read
    PeripheralId dev{};
    std::string session{};  // the worker whose badge this device read last, or empty
    domain::Symbology symbology = domain::Symbology::unknown;
    std::string aim{};                             // "]E0", or empty
    std::string raw{};                             // exact bytes, any value; 1 .. limits::scan_bytes
    std::optional<std::vector<Gs1Element>> gs1{};  // its parts, when it is GS1 and without fault
    std::string
        check{};  // of its check digit and form (decode/checks.hpp): "right", "check_digit", …; empty: none
    std::optional<ScanSeq> dup_of{};  // same bytes too soon: from this device, or just before from another
    bool operator==(const BridgeScan&) const = default;
};

struct BridgeWeight {
    PeripheralId dev;
    std::int64_t t_mono_ns = 0;
    std::int64_t mg = 0;  // negative below zero
    std::string status;   // "fault" "stable_at_zero" "in_motion" "stable" "under_zero" "over_limit"
                          // "needs_calibration" "needs_zeroing"
    bool stable = false;
    bool operator==(const BridgeWeight&) const = default;
};

struct BridgePrinter {
    PeripheralId dev;
    int status = 0;     // port status of the USB printer class: 0x18 ready, bit 5 paper empty
    std::string reply;  // bytes it sent since the last one, at most limits::bridge_reply
    bool operator==(const BridgePrinter&) const = default;
};

/// sent: every byte went out (on paper only the scan of the label proves it); failed: none did; unknown: cut
/// off in between, look at the label.
enum class PrintEnd { sent, failed, unknown };

struct BridgePrinted {
    PeripheralId dev;
    std::string job;
    PrintEnd end = PrintEnd::unknown;
    std::uint64_t bytes = 0;  // that went out
    bool operator==(const BridgePrinted&) const = default;
};

struct BridgeAck {
    ScanSeq seq;  // this one, not those before it
    bool operator==(const BridgeAck&) const = default;
};

enum class Beep { good, bad };

struct BridgeBeep {
    Beep beep = Beep::good;
    PeripheralId dev;  // empty: every scanner
    bool operator==(const BridgeBeep&) const = default;
};

struct BridgeTrigger {  // start reading, or stop it
    PeripheralId dev;
    bool on = false;
    bool operator==(const BridgeTrigger&) const = default;
};

struct BridgeBlock {  // 読取禁止: it reads nothing until this is lifted
    PeripheralId dev;
    bool on = false;
    bool operator==(const BridgeBlock&) const = default;
};

struct BridgeZero {
    PeripheralId dev;
    bool operator==(const BridgeZero&) const = default;
};

/// The bytes travel beside the packet, as a sealed memfd.
struct BridgePrint {
    PeripheralId dev;
    std::string job;          // answered by BridgePrinted
    std::uint64_t bytes = 0;  // exactly so many are in the memfd; 1 .. limits::print_bytes
    bool operator==(const BridgePrint&) const = default;
};

struct BridgeReset {  // soft reset of a printer
    PeripheralId dev;
    bool operator==(const BridgeReset&) const = default;
};

using BridgeUp =
    std::variant<BridgeHello, BridgeDevice, BridgeScan, BridgeWeight, BridgePrinter, BridgePrinted>;
using BridgeDown =
    std::variant<BridgeAck, BridgeBeep, BridgeTrigger, BridgeBlock, BridgeZero, BridgePrint, BridgeReset>;

std::string to_packet(const BridgeUp& message);
std::string to_packet(const BridgeDown& message);
/// Error::corrupt names the field that is missing or wrong. An unknown symbology is read as
/// Symbology::unknown: a scan is never lost for a name.
Result<BridgeUp> bridge_up_from_packet(std::string_view packet);
Result<BridgeDown> bridge_down_from_packet(std::string_view packet);

/// "ean13", ... as in the packets.
std::string_view name(domain::Symbology symbology);
/// The bars of that name; nothing for any other.
std::optional<domain::Symbology> symbology_of(std::string_view name);

}  // namespace kenpin::protocol
