#include "printers/spool/job.hpp"

#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace kenpin::spool;
using S = JobState;

namespace {

const std::vector<S> all_states{S::queued,  S::sending, S::sent,     S::printed,
                                S::unknown, S::failed,  S::cancelled};

std::vector<JobEvent> all_events() {
    return {Begun{},     WholeSent{}, NothingSent{},          PartSent{},   Restarted{},
            Forgotten{}, NotThere{},  Proven{Proof::scanned}, Undrawable{}, Cancelled{}};
}

}  // namespace

TEST_CASE("a label goes from the queue to paper with its proof") {
    CHECK(after(S::queued, Begun{}) == S::sending);
    CHECK(after(S::sending, WholeSent{}) == S::sent);
    CHECK(after(S::sent, Proven{Proof::printer}) == S::printed);
}

TEST_CASE("what was partly sent is unknown; what was not sent at all waits again") {
    CHECK(after(S::sending, PartSent{}) == S::unknown);
    CHECK(after(S::sending, Restarted{}) == S::unknown);
    CHECK(after(S::sent, Forgotten{}) == S::unknown);
    CHECK(after(S::sending, NothingSent{}) == S::queued);
}

TEST_CASE("the label in hand proves it whatever the computer believed, as long as it was begun") {
    CHECK(after(S::unknown, Proven{Proof::scanned}) == S::printed);
    CHECK(after(S::sending, Proven{Proof::scanned}) == S::printed);
    CHECK_FALSE(after(S::queued, Proven{Proof::scanned}));
    CHECK_FALSE(after(S::sent, Proven{Proof::none}));
    CHECK(after(S::unknown, NotThere{}) == S::failed);
}

TEST_CASE("no way leads from something begun back to the printer, except when nothing was sent") {
    for (const auto state : all_states)
        for (const auto& event : all_events()) {
            const auto next = after(state, event);
            if (!next) continue;
            if (*next == S::sending) CHECK(state == S::queued);
            if (*next == S::queued) CHECK(std::holds_alternative<NothingSent>(event));
        }
}

TEST_CASE("whatever happens, whole labels leave at most once and nothing leaves the final states") {
    CHECK(rc::check("any history", [](const std::vector<unsigned>& choices) {
        auto state = S::queued;
        int whole = 0;
        const auto events = all_events();
        for (const auto choice : choices) {
            const auto& event = events[choice % events.size()];
            const auto next = after(state, event);
            if (!next) continue;
            RC_ASSERT(state != S::printed && state != S::failed && state != S::cancelled);
            whole += std::holds_alternative<WholeSent>(event) ? 1 : 0;
            state = *next;
        }
        RC_ASSERT(whole <= 1);
    }));
}

TEST_CASE("every state, proof and paper has its word") {
    for (const auto state : all_states) CHECK(job_state_of(to_text(state)) == state);
    for (const auto proof : {Proof::none, Proof::scanned, Proof::printer, Proof::person})
        CHECK(proof_of(to_text(proof)) == proof);
    for (const auto paper : {Paper::label, Paper::slip}) CHECK(paper_of(to_text(paper)) == paper);
    CHECK_FALSE(job_state_of("printing"));
}
