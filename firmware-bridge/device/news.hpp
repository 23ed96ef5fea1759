#pragma once
// What devices say to the daemon, and what the daemon may ask of them. A Source is one way to devices (the
// USB bus, serial lines, grabbed keyboards, cameras); the daemon polls all of them in its one thread and
// never learns which library is behind. Nothing here blocks.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/strong.hpp"
#include "core/protocol/bridge.hpp"
#include "firmware-bridge/decode/aim.hpp"
#include "firmware-bridge/decode/weight.hpp"

namespace kenpin::device {

using Mono = std::chrono::steady_clock::time_point;  // CLOCK_MONOTONIC

/// One device from its plugging to its unplugging: never used again in a run, given by next_handle().
using Handle = Strong<struct HandleTag, std::uint64_t>;
Handle next_handle();

enum class Kind { scanner, keyboard_scanner, scale, printer, camera, unsupported };

struct Caps {
    bool beep = false;     // an error tone or lamp that the host can ask for
    bool trigger = false;  // reading can be started, and blocked, by the host
    bool zero = false;     // the scale can be set to zero
    bool print = false;
    bool operator==(const Caps&) const = default;
};

/// Who it is, as far as the device and its place tell.
struct Attachment {
    Handle handle{};
    Kind kind = Kind::scanner;
    std::uint16_t vid = 0, pid = 0;  // 0 when it is not on USB
    std::string serial{};            // the device's own serial string, often empty or the same on every piece
    std::string
        port{};  // controller and port path ("0000:00:14.0/1.2"), or the path of the line; never bus numbers
    std::string product{};  // the device's own words, for people
    Caps caps{};
    std::string remedy{};  // unsupported: key of what the user can do ("scan_hid_pos_zebra")
    bool operator==(const Attachment&) const = default;
};

struct Came {
    Attachment device;
};
struct Went {
    Handle handle;
};
struct Faulty {
    Handle handle;
    std::string reason;  // key: "half_scan", "too_long", "device_fault", "device_in_use", …
};
struct Scanned {
    Handle handle;
    Mono at;  // its last byte
    decode::Identified scan;
};
struct Weighed {
    Handle handle;
    Mono at;
    decode::Weight weight;
};
struct PrinterSaid {
    Handle handle;
    std::uint8_t port_status = 0;  // GET_PORT_STATUS as it came (decode/printer_class.hpp)
    std::string bytes;             // over bulk IN since the last one; may be empty
};
enum class PrintEnd {
    sent,
    failed,
    unknown
};  // failed: nothing reached the printer; unknown: cut off in between
struct Printed {
    Handle handle;
    std::string job;
    PrintEnd end = PrintEnd::unknown;
    std::size_t bytes_sent = 0;
};
struct Note {  // for the journal: never what was scanned
    std::string line;
};
using News = std::variant<Came, Went, Faulty, Scanned, Weighed, PrinterSaid, Printed, Note>;

/// One descriptor that the daemon's poll() watches, and for what. Errors and hang-ups always wake.
struct Watched {
    int fd = -1;
    bool readable = true;
    bool writable = false;
};

class Source {
public:
    virtual ~Source() = default;

    /// What poll() shall watch. `room` as in turn(): without room, what brings scans is left out.
    virtual std::vector<Watched> watched(std::size_t room) const = 0;
    /// When turn() wants to be called although nothing is readable; Mono::max(): not at all.
    virtual Mono next_wake() const = 0;
    /// Does what is due and hands over the news, in order; at most `room` scans (the rest waits on the line).
    virtual std::vector<News> turn(Mono now, std::size_t room) = 0;

    // Asked of a device of this source; an unknown handle, or one that cannot, is passed over.
    virtual void beep(Handle, protocol::Beep) {}
    virtual void set_trigger(Handle, bool /*on*/) {}
    virtual void set_blocked(Handle, bool /*blocked*/) {}  // 読取禁止
    virtual void zero(Handle) {}
    /// Takes `bytes` whole; exactly one Printed for `job` follows, whatever happens.
    virtual void print(Handle, std::string /*job*/, std::string /*bytes*/) {}
    virtual void soft_reset(Handle) {}
};

}  // namespace kenpin::device
