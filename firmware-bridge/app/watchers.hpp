#pragma once
// Who looks on at the side: `kenpin-bridge list` and `monitor`, over a socket of their own (the station's
// path with ".watch"), for the bridge's user and root only. They are told what the station is told, and what
// is scanned: kind of code and length; the code itself only to one who asked for it (a stray QR code may hold
// an address). They can change nothing, and one that does not keep up is cut off.
//
//   bridge ── hello, device add ..., listed ──> watcher    after every connect
//   bridge ── device, weight, printer, printed, seen ──>   as they happen
//   watcher ── show_codes ──> bridge
#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "firmware-bridge/app/station_socket.hpp"
#include "firmware-bridge/app/switchboard.hpp"

namespace kenpin::app {

class Watchers {
public:
    static constexpr std::size_t most = 4;  // one more is turned away

    explicit Watchers(StationListener listener) : listener_(std::move(listener)) {}

    /// What poll() shall watch.
    std::vector<device::Watched> watched() const;
    /// Takes new ones, hears and serves all. `greeting`: hello and every device that is there.
    void turn(const std::function<std::vector<protocol::BridgeUp>()>& greeting);
    bool is_empty() const { return all_.empty(); }

    void tell(const protocol::BridgeUp& message);
    void tell(const Seen& seen);

private:
    struct Watcher {
        StationLink link;
        std::deque<std::string> letters{};
        bool shows_codes = false;
        bool is_slow = false;
        bool is_gone = false;
    };
    static void write_to(Watcher& watcher, std::string packet);
    static void hear(Watcher& watcher);
    static void send(Watcher& watcher);

    StationListener listener_;
    std::vector<Watcher> all_;
};

// The packets beside those of core/protocol/bridge.hpp.
struct SeenPacket {
    protocol::PeripheralId dev;
    std::string bars;  // as in a scan packet
    std::string what;  // "goods", "case", "waybill", "own_worker", "other", "unreadable", …
    std::size_t length = 0;
    bool is_counted = false;
    std::string code{};  // empty: not shown
    bool operator==(const SeenPacket&) const = default;
};
struct Listed {
    bool operator==(const Listed&) const = default;
};
using WatchPacket = std::variant<protocol::BridgeUp, SeenPacket, Listed>;

std::string to_packet(const SeenPacket& seen);
Result<WatchPacket> watch_packet(std::string_view packet);
/// What kind of code it is, as `what`.
std::string what_is(const decode::Identified& scan);

inline constexpr std::string_view show_codes_packet = R"({"t":"show_codes"})";
inline constexpr std::string_view listed_packet = R"({"t":"listed"})";

}  // namespace kenpin::app
