#include "server/sync/ingest.hpp"

#include <algorithm>
#include <map>

#include "core/base/overloaded.hpp"

namespace kenpin::sync {
namespace {

using Key = std::pair<DeviceId, Epoch>;

bool is_gapless(const std::vector<protocol::Event>& events) {
    const auto is_break = [](const auto& a, const auto& b) { return b.seq.value != a.seq.value + 1; };
    return std::adjacent_find(events.begin(), events.end(), is_break) == events.end();
}

// One run of the transaction's closure; made anew when it is tried again.
struct Group {
    std::map<Key, protocol::Ack> acks;
    std::vector<Unstored> unstored;
    std::size_t new_events = 0;
};

// Also for what is sent again: the answer before may have been lost.
void note(protocol::Ack& ack, IngestPort& store, const BatchCame& came) {
    const auto& events = came.batch.events;
    auto notes = store.notes(came.device, came.batch.epoch, events.front().seq, events.back().seq);
    if (notes.empty()) return;
    if (!ack.notes) ack.notes.emplace();
    for (auto& fresh : notes) {
        const bool is_told = std::any_of(ack.notes->begin(), ack.notes->end(),
                                         [&](const auto& told) { return told.seq == fresh.seq; });
        if (!is_told) ack.notes->push_back(std::move(fresh));
    }
}

void take(Group& group, IngestPort& store, const BatchCame& came) {
    const auto epoch = came.batch.epoch;
    const auto upto = store.stored_upto(came.device, epoch);
    const auto verdict = judge_batch(came.batch, upto);
    if (const auto* malformed = std::get_if<Malformed>(&verdict)) {
        group.unstored.push_back({came.device, malformed->why});
        return;
    }
    auto& ack = group.acks[{came.device, epoch}];
    ack.epoch = epoch;
    ack.upto = upto;
    if (std::holds_alternative<Gap>(verdict)) ack.expect = Seq{1};  // settled when the group is complete
    if (const auto* apply = std::get_if<Apply>(&verdict)) {
        for (auto i = apply->from; i < came.batch.events.size(); ++i) store.append(came.batch.events[i]);
        group.new_events += came.batch.events.size() - apply->from;
        ack.upto = came.batch.events.back().seq;
    }
    if (!std::holds_alternative<Gap>(verdict)) note(ack, store, came);
}

Outcome run(const std::vector<const BatchCame*>& batches, const Transact& transact, Group& group) {
    return transact([&](IngestPort& store) {
        group = Group{};
        for (const auto* came : batches) take(group, store, *came);
    });
}

void answer(Ingested& ingested, Epoch server, Group group) {
    for (auto& [key, ack] : group.acks) {
        ack.server = server;
        if (ack.expect.value != 0)
            ack.expect = Seq{ack.upto.value + 1};  // what came after the gap was not stored
        ingested.answers.push_back({key.first, ack});
    }
    std::move(group.unstored.begin(), group.unstored.end(), std::back_inserter(ingested.unstored));
    ingested.new_events += group.new_events;
}

}  // namespace

BatchVerdict judge_batch(const protocol::EventBatch& batch, Seq stored_upto) {
    if (batch.events.empty()) return Malformed{"no events"};
    if (batch.epoch.value < 1 || batch.events.front().seq.value < 1) return Malformed{"epoch or seq below 1"};
    if (!is_gapless(batch.events)) return Malformed{"a gap inside the batch"};
    const auto first = batch.events.front().seq;
    const auto next = Seq{stored_upto.value + 1};
    if (first > next) return Gap{next};
    if (batch.events.back().seq <= stored_upto) return NothingNew{};
    return Apply{static_cast<std::size_t>(next.value - first.value)};
}

Ingested ingest(const std::vector<BatchCame>& batches, Epoch server, const Transact& transact) {
    Ingested ingested;
    if (batches.empty()) return ingested;
    std::map<DeviceId, std::vector<const BatchCame*>> by_device;
    std::vector<const BatchCame*> all;
    for (const auto& came : batches) {
        all.push_back(&came);
        by_device[came.device].push_back(&came);
    }
    Group group;
    if (run(all, transact, group)) {
        answer(ingested, server, std::move(group));
        return ingested;
    }
    for (const auto& [device, own] : by_device) {
        Group alone;
        if (const auto outcome = run(own, transact, alone); outcome)
            answer(ingested, server, std::move(alone));
        else
            ingested.unstored.push_back({device, outcome.error().detail});
    }
    return ingested;
}

}  // namespace kenpin::sync
