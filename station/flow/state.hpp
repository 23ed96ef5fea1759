#pragma once
// What a station knows and shows, as one value. The work in it (who signed in, what is picked, verified,
// closed) is the fold of the station's own committed events over the documents it holds (fold.hpp): a station
// that lost its power folds them again and stands at the same piece. Everything else in it is of the moment.
//
//   Scanned ──judge──> pending (one Commit under way; scans made meanwhile wait) ──Committed──> folded,
//   shown, sounded
//                         └──CommitFailed──> NG "not stored", nothing folded
//
//   alarm: an NG fills the screen. At picking the right scan clears it; at the bench only a confirmation
//   does, and each scan made meanwhile is recorded as refused.
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/domain/refusal.hpp"
#include "core/domain/verify_pack.hpp"
#include "core/domain/verify_pick.hpp"
#include "core/protocol/documents.hpp"
#include "core/protocol/events.hpp"
#include "station/flow/events.hpp"
#include "station/flow/tone.hpp"

namespace kenpin::flow {

enum class Role { picker, packer };

struct HeldList {
    protocol::PickListDoc doc;  // as the server gave it
    domain::PickTask task;      // with our later events folded on top
    Millis lease_until{0};      // on the monotonic clock
    bool finished = false;
    bool revoked = false;
};

struct HeldPack {
    protocol::PackDoc doc;
    domain::PackTask task;
    std::map<std::pair<std::string, PieceNo>, protocol::PaperPrinted> papers;  // newest word on each paper
    bool print_asked = false;  // by "print now": its papers do not wait for the goods
};

/// What a supervisor said, until the worker says that he saw it.
struct ShownMessage {
    std::string command;
    std::string text;
};

/// A text of the interface with what goes into its slots. `goods` is data and stands beside it.
struct Message {
    std::string key;
    std::vector<std::string> slots;
    std::string goods;
    bool operator==(const Message&) const = default;
};

/// The verdict band: what the last scan was.
struct Band {
    enum class Kind { ok, caution, ng };
    Kind kind = Kind::ok;
    Message message;
};

/// A full-screen NG: what was read against what was wanted.
struct Alarm {
    domain::Refusal refusal = domain::Refusal::unreadable;
    Message message;
    std::string read;        // as shown
    std::string read_goods;  // whose code it is, when the documents in hand know
    std::string wanted;      // as shown; empty: any of a kind
    std::string wanted_goods;
    bool not_stored = false;  // the world failed, not the worker: no record of it exists
    bool is_told = false;     // the server said it: a list that is gone, work that did not count
    std::string done_by{};    // who had done it before, and when; data
};

/// A judged scan or touch whose record is being stored.
struct Pending {
    Ticket ticket = 0;
    std::uint64_t bridge_no = 0;
    bool green = false;
    ToneKind tone = ToneKind::ok;
    bool is_silent = false;  // nothing is sounded or shown for it (what a printer reports)
    std::optional<Band> band;
    std::optional<Alarm> alarm;
    std::string read;
};

/// What waits while a record is being stored: it is judged in turn, against the state the one before left.
using Waiting = std::variant<Scanned, Confirmed, ShortSaid, ShortDropped, ListChosen, SignedOut,
                             PaperReported, PrinterReported, CommandCame, MessageSeen>;

struct LastScan {  // to tell a second piece from one piece read twice
    std::string bytes;
    Millis mono{0};
};

struct State {
    Role role = Role::picker;
    protocol::Settings settings;
    std::string language = "ja";

    // ---- the fold
    std::vector<HeldList> lists;  // in the order they are offered
    std::vector<HeldPack> packs;
    std::vector<protocol::Event>
        log;  // our events about documents, for folding again when a document changes
    std::optional<WorkerId> worker;
    std::optional<ListId> open_list;
    std::optional<ShipmentId> open_pack;
    std::optional<ShipmentId> last_closed;  // bench: shown until the next box
    std::optional<ListId> last_finished;    // picker: shown until the next list
    std::map<PrinterId, std::string> printers;
    std::vector<ShownMessage> messages;  // oldest first
    std::set<std::string> commands;      // names of those that were followed

    // ---- the moment
    bool is_aside = false;  // bench: the open shipment was put aside, another box is asked for
    std::optional<Pending> pending;
    std::deque<Waiting> waiting;  // at most limits::waiting_scans scans
    std::optional<Band> band;
    std::optional<Alarm> alarm;
    std::optional<LastScan> last_scan;
    std::map<ListId, Millis> gone_lists;   // monotonic: when each went from here
    std::optional<LineNo> short_said;      // of the open list; waits for its confirmation
    std::optional<ListId> asked_list;      // to be taken over; begun when its document comes
    std::set<std::pair<Epoch, Seq>> told;  // events of ours that the server did not count
    Link link = Link::offline;
    Millis link_since{0};  // monotonic
    std::size_t unsent = 0;
    bool outbox_full = false;
    Millis now{0};  // monotonic, of the last event that told it
    Ticket next_ticket = 1;
};

// What a screen or a rule asks of a state; null where there is none.
const HeldList* open_list(const State& state);
const HeldPack* open_pack(const State& state);
const protocol::GoodsText* goods_text(const std::vector<protocol::GoodsText>& goods, const Sku& sku);
std::string worker_name(const State& state);
/// A list that may be begun: not finished, not revoked, its lease not over.
std::vector<const HeldList*> offered_lists(const State& state);
/// A printer that cannot print now, else one that soon will not: its name and state ("media_out" …).
std::optional<std::pair<PrinterId, std::string>> printer_trouble(const State& state);
/// The picker said that the rest of the open line is not on the shelf, and has not confirmed it yet: how many
/// pieces that is.
std::optional<Qty> short_asked(const State& state);
/// The lease of the open list is over (or it was revoked) and its open line is finished.
bool must_stop_list(const State& state);

}  // namespace kenpin::flow
