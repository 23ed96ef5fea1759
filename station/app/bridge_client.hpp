#pragma once
// The station's end of the bridge socket (docs/protocol/bridge.md). A thread of its own finds the bridge,
// finds it again whenever it went, and posts what comes into the inbox it was given. When that inbox is full
// it waits: the scans stay with the bridge meanwhile.
//
// Every scan is posted once: sent again by the bridge after a reconnect, it is known by its identity. Whoever
// stored it durably, or refused it with a tone, calls acknowledge(); until then a restarted station gets it
// again.
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "core/base/inbox.hpp"
#include "core/domain/barcode.hpp"
#include "core/protocol/bridge.hpp"

namespace kenpin::app {

struct BridgeScan {
    protocol::PeripheralId dev;
    domain::Symbology symbology = domain::Symbology::unknown;
    std::string bytes;
    std::int64_t t_mono_ns = 0;  // CLOCK_MONOTONIC of this machine
    protocol::ScanIdentity identity;
    std::string session;                        // the worker whose badge this scanner read last, or empty
    std::optional<protocol::ScanSeq> dup_of{};  // the bridge thinks it may be one code read twice
};
struct BridgeLink {  // the bridge itself; its scanners are all gone while it is
    bool is_up = false;
};
using BridgeEvent = std::variant<BridgeLink, protocol::BridgeDevice, BridgeScan, protocol::BridgeWeight,
                                 protocol::BridgePrinter, protocol::BridgePrinted>;

class BridgeClient {
public:
    /// Starts the thread. `inbox` must outlive this. `stored`: scans that an earlier run of this station
    /// stored but may not have acknowledged (the newest limits::bridge_ring are enough); they are
    /// acknowledged and not posted again.
    BridgeClient(std::filesystem::path socket, Inbox<BridgeEvent>& inbox,
                 std::vector<protocol::ScanIdentity> stored = {});
    BridgeClient(const BridgeClient&) = delete;
    BridgeClient& operator=(const BridgeClient&) = delete;
    ~BridgeClient();

    /// From any thread. A scan of an earlier run of the bridge needs none; nothing is sent then.
    void acknowledge(const protocol::ScanIdentity& scan);
    /// From any thread. `dev` empty: every scanner. Lost while the bridge is away.
    void beep(protocol::Beep beep, const protocol::PeripheralId& dev = {});
    // From any thread. Lost while the bridge is away; passed over by a device that cannot.
    void trigger(const protocol::PeripheralId& scanner, bool on);
    /// Reads nothing until it is lifted; also lifted by replugging.
    void block(const protocol::PeripheralId& scanner, bool on);
    void zero(const protocol::PeripheralId& scale);
    void reset(const protocol::PeripheralId& printer);

private:
    struct Acknowledge {
        protocol::ScanIdentity scan;
    };
    using Command = std::variant<Acknowledge, protocol::BridgeBeep, protocol::BridgeTrigger,
                                 protocol::BridgeBlock, protocol::BridgeZero, protocol::BridgeReset>;
    struct Wire;  // the thread's own state

    void command(Command command);

    Inbox<Command> commands_;
    int wake_fd_ = -1;  // eventfd: commands are there, or stop
    std::jthread thread_;
};

}  // namespace kenpin::app
