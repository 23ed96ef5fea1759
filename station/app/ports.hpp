#pragma once
// What a station needs from the world around its heart (client.hpp). The program gives it threads and
// devices, the simulation gives it values and made time. Every call answers at once; what takes longer comes
// back as an event.
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/time.hpp"
#include "core/protocol/bridge.hpp"
#include "core/protocol/documents.hpp"
#include "station/flow/effects.hpp"

namespace kenpin::app {

/// The device's own database. Answers each commit with flow::Committed or flow::CommitFailed, given to
/// Client::take(), now or later.
class Storage {
public:
    virtual ~Storage() = default;
    /// One transaction: the bodies into the outbox and, where it came from the bridge, the identity of the
    /// scan.
    virtual void commit(const flow::Commit& commit, const std::optional<protocol::ScanIdentity>& scan) = 0;
};

/// Why nothing more is printed for a shipment.
enum class PapersEnd {
    closed,     // the waybill in hand was scanned: the label is proven
    withdrawn,  // the shipment is not packed here any more
};

/// The papers of the bench. Answers with flow::PaperReported and flow::PrinterReported.
class Papers {
public:
    virtual ~Papers() = default;
    /// This shipment will be packed here: its print document may be fetched while the line is up. Nothing is
    /// printed from one that does not name `numbers`, those of its labels: it is of another version.
    virtual void prepare(const ShipmentId& shipment, const std::vector<TrackingNo>& numbers) = 0;
    virtual void print(const flow::PrintPapers& wanted) = 0;
    /// Its print document is erased.
    virtual void erase(const ShipmentId& shipment, PapersEnd why) = 0;
};

class Speaker {
public:
    virtual ~Speaker() = default;
    virtual void play(flow::ToneKind tone) = 0;
};

/// The way back to the devices.
class Bridge {
public:
    virtual ~Bridge() = default;
    virtual void acknowledge(const protocol::ScanIdentity& scan) = 0;
    virtual void beep(protocol::Beep beep, const std::string& scanner) = 0;
};

/// Writes down what a worker saw.
class Witness {
public:
    virtual ~Witness() = default;
    /// `screen`: the name of the screen on the glass when it was shown, at `at`.
    virtual void saw(const flow::LogShown& shown, const std::string& screen, Instant at) = 0;
};

struct Ports {
    Storage& storage;
    Papers& papers;
    Speaker& speaker;
    Bridge& bridge;
    Witness& witness;
};

struct Clocks {
    Clock business;                // what stands in records
    std::function<Millis()> mono;  // of this machine: gaps, leases
};

}  // namespace kenpin::app
