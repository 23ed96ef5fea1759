#pragma once
// Everything that can change what a station shows. The time arrives inside: `at` is the business clock (what
// stands in records), `mono` a monotonic clock of the device (gaps between scans, leases).
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "core/domain/barcode.hpp"
#include "core/protocol/documents.hpp"
#include "core/protocol/events.hpp"
#include "core/protocol/messages.hpp"

namespace kenpin::flow {

using Ticket = std::uint64_t;  // ties a Commit to its answer

/// One code from any scanner. A scan from the bridge is kept there until it is acknowledged (`bridge_no`, 0:
/// not from the bridge); whoever hands scans in drops those whose number was already committed
/// (Commit::bridge_no).
struct Scanned {
    domain::ScannedCode code;
    std::string scanner;  // which one, e.g. "wedge", "bridge:0c2e:0200"; empty: unknown
    Instant at;
    Millis mono{0};
    std::uint64_t bridge_no = 0;
};

/// The records of a Commit are durable. `events` are exactly its bodies, in order, now with their identity.
struct Committed {
    Ticket ticket = 0;
    std::vector<protocol::Event> events;
};
/// Nothing of a Commit was stored. Kind full: the outbox has no room and work is refused until it has.
struct CommitFailed {
    Ticket ticket = 0;
    Error::Kind why = Error::Kind::busy;
};

struct Confirmed {  // the button on an NG: "I have understood"
    Instant at;
};
struct ShortSaid {  // the button at the shelf: the rest of this line is not there (欠品); confirmed once more
    Instant at;
};
struct ShortDropped {};  // no, it is there
struct ListChosen {      // the button on an offered list
    ListId list;
    Instant at;
};
struct SignedOut {  // the button in the top bar
    Instant at;
};
struct PutAside {  // the button at the bench: this box waits, another one is taken; its progress stays
    Instant at;
};
struct ReprintWanted {  // the button at the bench; `reason` is a key: "torn" | "not_out" | "unreadable"
    std::string paper;  // "waybill" | "slip"
    std::string reason;
    Instant at;
};
struct LanguageChosen {
    std::string language;  // "ja" | "en"
};

/// New or changed documents, and ids (lists, shipments) that are gone. `settings` only when they changed.
struct DocumentsArrived {
    std::vector<protocol::PickListDoc> lists;
    std::vector<protocol::PackDoc> packs;
    std::vector<std::string> gone;
    std::optional<protocol::Settings> settings;
    Millis mono{0};  // leases run from here
    Instant at{};
};
/// What the server could not count of what this device told, each once or more.
struct AnswersCame {
    Epoch epoch;
    std::vector<protocol::AckNote> notes;
};
struct ListRevoked {  // a supervisor took it back; what is scanned for it from now on is evidence only
    ListId list;
    std::string command{};  // its name; the same again changes nothing
};
/// "message" or "print_now", each once or more. `is_late`: it was over when it came.
struct CommandCame {
    protocol::Command command;
    bool is_late = false;
    Instant at;
};
struct MessageSeen {  // the button on a message
    std::string command;
    Instant at;
};

enum class Link {
    online,
    offline,
    not_accepted
};  // not_accepted: the broker hears us, the server does not answer
struct LinkChanged {
    Link link = Link::offline;
};
struct OutboxCounted {
    std::size_t unsent = 0;
};

/// What the spool knows of a paper; committed as it is.
struct PaperReported {
    protocol::PaperPrinted paper;
    Instant at;
};
struct PrinterReported {
    PrinterId printer;
    std::string state;  // as in protocol::PrinterChanged
    Instant at;
};

struct Tick {  // at least once a second while a lease runs
    Millis mono{0};
};

using Event =
    std::variant<Scanned, Committed, CommitFailed, Confirmed, ShortSaid, ShortDropped, ListChosen, SignedOut,
                 PutAside, ReprintWanted, LanguageChosen, DocumentsArrived, AnswersCame, ListRevoked,
                 CommandCame, MessageSeen, LinkChanged, OutboxCounted, PaperReported, PrinterReported, Tick>;

}  // namespace kenpin::flow
