#pragma once
// What is known about one paper on its way to a printer. Pure.
//
//   queued --begin--> sending --whole--> sent --------proof--------> printed
//     |  ^              | |  \____________________________________/
//     |  `-nothing sent-' |part sent, or restart                 proof (at any time after begin)
//     |                   v                                      |
//     |                unknown ----------------------------------'
//     |                   |  (also from sent: the printer may have forgotten it)
//     v                   `--a person says: nothing came out--> failed
//   cancelled / failed (cannot be drawn)
//
// What was begun and not proven is never sent again by itself: a second label is a reprint, with the next
// copy number and a reason. Scanning the label in hand is the final proof.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "core/base/ids.hpp"
#include "core/base/strong.hpp"
#include "core/base/time.hpp"

namespace kenpin::spool {

using JobId = Strong<struct JobTag, std::int64_t>;
/// Names one paper for ever, without personal data: "S26112400017/waybill/1".
using DocumentId = Strong<struct DocumentTag, std::string>;

enum class JobState { queued, sending, sent, printed, unknown, failed, cancelled };
enum class Proof { none, scanned, printer, person };
enum class Paper { label, slip };

/// The words of protocol, log and database: "queued", "scanned", "label".
const char* to_text(JobState state);
const char* to_text(Proof proof);
const char* to_text(Paper paper);
std::optional<JobState> job_state_of(std::string_view text);
std::optional<Proof> proof_of(std::string_view text);
std::optional<Paper> paper_of(std::string_view text);

struct Begun {};        // written down before the first byte leaves
struct WholeSent {};    // every byte was acknowledged by the printer's side
struct NothingSent {};  // it failed before the first byte
struct PartSent {};     // it failed after the first byte
struct Restarted {};    // this program was started anew
struct Forgotten {};    // the printer may have lost it (switched off, connection lost)
struct Proven {
    Proof by = Proof::none;
};
struct NotThere {};    // a person looked: nothing came out
struct Undrawable {};  // the paper cannot be drawn or its barcode does not read
struct Cancelled {};
using JobEvent = std::variant<Begun, WholeSent, NothingSent, PartSent, Restarted, Forgotten, Proven, NotThere,
                              Undrawable, Cancelled>;

/// The state after `event`; nothing: the event does not fit the state and changes nothing.
std::optional<JobState> after(JobState state, const JobEvent& event);

/// Begun, and neither proven nor given up.
constexpr bool is_unproven(JobState state) {
    return state == JobState::sending || state == JobState::sent || state == JobState::unknown;
}
/// Counts against limits::labels_in_flight.
constexpr bool is_in_flight(JobState state) {
    return state == JobState::sending || state == JobState::sent;
}

struct Job {
    JobId id;
    PrinterId printer;
    DocumentId document;
    int copy_no = 1;
    Paper paper = Paper::label;
    JobState state = JobState::queued;
    Proof proof = Proof::none;
    std::string reason;  // of a reprint or a failure, a key; empty: none
    Instant queued_at;
    Instant changed_at;
};

}  // namespace kenpin::spool
