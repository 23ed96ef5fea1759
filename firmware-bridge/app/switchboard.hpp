#pragma once
// The heart of the bridge: what devices say and what the station asks, in; what to do about it, out. Holds no
// device, socket, clock or file; the daemon runs its effects in their order.
//
//   a scan ── of an unassigned scanner ──> a station code pairs it, all else is refused with its tone
//        └── of an assigned one ──> a station code or the sign-off command stays here, all else goes into the
//                                   ring, with the worker of its device and its repeat mark
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "firmware-bridge/app/print_jobs.hpp"
#include "firmware-bridge/app/register.hpp"
#include "firmware-bridge/app/repeats.hpp"
#include "firmware-bridge/app/scan_ring.hpp"
#include "firmware-bridge/app/sessions.hpp"
#include "firmware-bridge/app/weight_news.hpp"

namespace kenpin::app {

struct Tell {  // to the station, if there is one
    protocol::BridgeUp message;
};
struct SoundTone {
    device::Handle device;
    protocol::Beep beep = protocol::Beep::good;
};
struct SetTrigger {
    device::Handle device;
    bool on = false;
};
struct SetBlocked {
    device::Handle device;
    bool on = false;
};
struct SetZero {
    device::Handle device;
};
struct StartPrint {
    device::Handle device;
    std::string job, bytes;
};
struct ResetPrinter {
    device::Handle device;
};
struct Remember {  // write them to the disk
    Pairings pairings;
};
struct Seen {  // for who watches at the side (watchers.hpp): a scan as it was made
    protocol::PeripheralId dev;
    decode::Identified scan;
    bool is_counted = false;  // it went into the ring
};
struct Journal {  // a line for the log: never what was scanned
    std::string line;
};
using Effect = std::variant<Tell, SoundTone, SetTrigger, SetBlocked, SetZero, StartPrint, ResetPrinter,
                            Remember, Seen, Journal>;
using Effects = std::vector<Effect>;

class Switchboard {
public:
    explicit Switchboard(Settings settings = {}, Pairings pairings = {});

    Effects take(const device::News& news);
    /// `attached`: the bytes that came beside a print packet.
    Effects obey(const protocol::BridgeDown& message, std::optional<std::string> attached = {});
    /// A station is there: all devices, and how its jobs ended. The ring is to be sent anew.
    Effects welcome();
    void station_left() { has_station_ = false; }
    /// A Tell that the station did not take before it went: ends of print jobs are kept for the next one.
    void not_told(const protocol::BridgeUp& message);
    /// New settings: devices whose name or assignment changed are told.
    Effects set_settings(Settings settings);

    /// How many scans may still be taken.
    std::size_t room() const;
    ScanRing& ring() { return ring_; }
    const Register& devices() const { return register_; }

private:
    Effects take_one(const device::Came& came);
    Effects take_one(const device::Went& went);
    Effects take_one(const device::Faulty& faulty);
    Effects take_one(const device::Scanned& scanned);
    Effects take_one(const device::Weighed& weighed);
    Effects take_one(const device::PrinterSaid& said);
    Effects take_one(const device::Printed& printed);
    Effects take_one(const device::Note& note);
    Effects judge(const Known& device, const device::Scanned& scanned);

    Effects pair(const Known& device, const std::string& station);
    Effects station_code(const Known& device, const std::string& station);
    Effects into_ring(const Known& device, const device::Scanned& scanned, std::string session);
    /// Tells what differs from `before`.
    Effects renamed(const std::vector<Known>& before) const;

    Effects obey_one(const protocol::BridgeAck& ack);
    Effects obey_one(const protocol::BridgeBeep& beep);
    Effects obey_one(const protocol::BridgeTrigger& trigger);
    Effects obey_one(const protocol::BridgeBlock& block);
    Effects obey_one(const protocol::BridgeZero& zero);
    Effects obey_one(const protocol::BridgePrint& print);
    Effects obey_one(const protocol::BridgeReset& reset);

    Register register_;
    ScanRing ring_;
    Repeats repeats_;
    Sessions sessions_;
    WeightNews weights_;
    PrintJobs jobs_;
    std::optional<std::string> attached_;  // while obey() runs
    bool has_station_ = false;
    bool full_was_said_ = false;
};

/// What a station, or the administrator, is told about a device that is there.
protocol::BridgeDevice news_of(const Known& device, protocol::DeviceChange change, std::string reason = {});

}  // namespace kenpin::app
