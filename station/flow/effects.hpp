#pragma once
// Everything the world must do for a station. Effects are run in their order, each at once: a tone is never
// behind drawing.
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/protocol/events.hpp"
#include "station/flow/events.hpp"
#include "station/flow/prompt.hpp"
#include "station/flow/tone.hpp"

namespace kenpin::flow {

/// One durable transaction: all bodies into the outbox in this order, and `bridge_no` (if not 0) as the
/// newest scan of the bridge that was taken. Answered by Committed or CommitFailed with the same ticket.
struct Commit {
    Ticket ticket = 0;
    std::vector<protocol::Body> bodies;  // at least one
    std::optional<WorkerId> worker;
    std::string scanner;
    Instant at;
    std::uint64_t bridge_no = 0;
};

struct Tone {
    ToneKind kind = ToneKind::ok;
};

/// Papers of a shipment, in this order, first copies or again. Asking twice for the same (shipment, piece,
/// paper, copy) prints once: the spool knows.
struct PrintPapers {
    struct Paper {
        std::string paper;  // "waybill" | "slip"
        PieceNo piece;      // of a slip: 1
        int copy = 1;
        std::string reason;  // of a reprint
        bool operator==(const Paper&) const = default;
    };
    ShipmentId shipment;
    std::vector<Paper> papers;
};

/// The spool may erase what it keeps for this shipment: its last piece is closed.
struct ErasePapers {
    ShipmentId shipment;
};

/// Nothing is printed for this shipment any more: it was stopped.
struct WithdrawPapers {
    ShipmentId shipment;
};

/// The bridge may forget this scan and those before it.
struct AckBridgeScan {
    std::uint64_t bridge_no = 0;
};

/// A line of the screen's own log: what a worker saw, written when it is shown. An independent witness: a
/// green line names the events that made it green.
struct LogShown {
    enum class What { green, red, prompt };
    What what = What::prompt;
    std::string text;  // translation key of what the verdict band or the NG says; empty for a prompt
    std::vector<protocol::Event> events;  // durable before this was shown; empty for a prompt
    std::string read;                     // the code as shown
    Prompt prompt;                        // what is asked after it
};

using Effect = std::variant<Commit, Tone, PrintPapers, ErasePapers, WithdrawPapers, AckBridgeScan, LogShown>;

}  // namespace kenpin::flow
