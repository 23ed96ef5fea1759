#include "printers/spool/job.hpp"

#include <array>
#include <utility>

#include "core/base/overloaded.hpp"

namespace kenpin::spool {

namespace {

constexpr std::array<std::pair<JobState, const char*>, 7> states{{{JobState::queued, "queued"},
                                                                  {JobState::sending, "sending"},
                                                                  {JobState::sent, "sent"},
                                                                  {JobState::printed, "printed"},
                                                                  {JobState::unknown, "unknown"},
                                                                  {JobState::failed, "failed"},
                                                                  {JobState::cancelled, "cancelled"}}};
constexpr std::array<std::pair<Proof, const char*>, 4> proofs{{{Proof::none, "none"},
                                                               {Proof::scanned, "scanned"},
                                                               {Proof::printer, "printer"},
                                                               {Proof::person, "person"}}};
constexpr std::array<std::pair<Paper, const char*>, 2> papers{
    {{Paper::label, "label"}, {Paper::slip, "slip"}}};

template <class Table, class Value>
const char* word(const Table& table, Value value) {
    for (const auto& [known, text] : table)
        if (known == value) return text;
    return "";
}

template <class Value, std::size_t N>
std::optional<Value> meaning(const std::array<std::pair<Value, const char*>, N>& table,
                             std::string_view text) {
    for (const auto& [value, known] : table)
        if (text == known) return value;
    return std::nullopt;
}

std::optional<JobState> from_to(JobState state, JobState from, JobState to) {
    return state == from ? std::optional(to) : std::nullopt;
}

std::optional<JobState> if_true(bool allowed, JobState to) {
    return allowed ? std::optional(to) : std::nullopt;
}

}  // namespace

const char* to_text(JobState state) {
    return word(states, state);
}
const char* to_text(Proof proof) {
    return word(proofs, proof);
}
const char* to_text(Paper paper) {
    return word(papers, paper);
}
std::optional<JobState> job_state_of(std::string_view text) {
    return meaning(states, text);
}
std::optional<Proof> proof_of(std::string_view text) {
    return meaning(proofs, text);
}
std::optional<Paper> paper_of(std::string_view text) {
    return meaning(papers, text);
}

std::optional<JobState> after(JobState state, const JobEvent& event) {
    using S = JobState;
    return std::visit(
        Overloaded{
            [&](const Begun&) { return from_to(state, S::queued, S::sending); },
            [&](const WholeSent&) { return from_to(state, S::sending, S::sent); },
            [&](const NothingSent&) { return from_to(state, S::sending, S::queued); },
            [&](const PartSent&) { return from_to(state, S::sending, S::unknown); },
            [&](const Restarted&) { return from_to(state, S::sending, S::unknown); },
            [&](const Forgotten&) { return from_to(state, S::sent, S::unknown); },
            [&](const Proven& proof) {
                return if_true(is_unproven(state) && proof.by != Proof::none, S::printed);
            },
            [&](const NotThere&) { return if_true(state == S::sent || state == S::unknown, S::failed); },
            [&](const Undrawable&) { return from_to(state, S::queued, S::failed); },
            [&](const Cancelled&) { return from_to(state, S::queued, S::cancelled); }},
        event);
}

}  // namespace kenpin::spool
