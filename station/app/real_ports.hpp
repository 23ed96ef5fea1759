#pragma once
// The ports of a real station: its database and server line, its bridge, its loudspeaker.
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/inbox.hpp"
#include "station/app/bridge_client.hpp"
#include "station/app/incoming.hpp"
#include "station/app/ports.hpp"
#include "station/sync/station_sync.hpp"

namespace kenpin::app {

class SyncedStorage : public Storage {
public:
    /// `inbox` hears at once of a commit that cannot even wait.
    SyncedStorage(sync::StationSync& sync, Inbox<Incoming>& inbox) : sync_(sync), inbox_(inbox) {}
    void commit(const flow::Commit& commit, const std::optional<protocol::ScanIdentity>& scan) override;

private:
    sync::StationSync& sync_;
    Inbox<Incoming>& inbox_;
};

/// Without a socket there is no bridge: scans come from a keyboard wedge only.
class SocketBridge : public Bridge {
public:
    SocketBridge(const std::filesystem::path& socket, Inbox<BridgeEvent>& inbox,
                 std::vector<protocol::ScanIdentity> stored);
    void acknowledge(const protocol::ScanIdentity& scan) override;
    void beep(protocol::Beep beep, const std::string& scanner) override;

private:
    std::optional<BridgeClient> client_;
};

/// A handheld prints nothing, and a headless station sounds nothing.
class NoPapers : public Papers {
public:
    void prepare(const ShipmentId&, const std::vector<TrackingNo>&) override {}
    void print(const flow::PrintPapers&) override {}
    void erase(const ShipmentId&, PapersEnd) override {}
};
class NoSpeaker : public Speaker {
public:
    void play(flow::ToneKind) override {}
};

}  // namespace kenpin::app
