// The half of the floor that speaks with devices: what they say, what they are answered, what is published.
#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <variant>

#include "adaptors/log/log.hpp"
#include "core/base/limits.hpp"
#include "core/base/overloaded.hpp"
#include "server/app/commands.hpp"
#include "server/app/device_events.hpp"
#include "server/app/floor.hpp"
#include "server/app/lists.hpp"
#include "server/store/backups.hpp"
#include "server/store/exceptions.hpp"
#include "server/sync/ingest.hpp"

namespace kenpin::app {
namespace {

// Of those that are stored and the device does not know to be: it will not send them again, so the
// acknowledgement that would have told it does not come.
std::optional<std::vector<protocol::AckNote>> notes_for(sqlite::Tx& tx, const SiteId& site,
                                                        const DeviceId& device, const protocol::Life& life) {
    const auto stored = store::stored_upto(tx, site, device, life.epoch);
    if (stored <= life.acked_upto) return std::nullopt;
    auto notes = store::notes_of(tx, site, device, life.epoch, Seq{life.acked_upto.value + 1}, stored);
    if (notes.empty()) return std::nullopt;
    return notes;
}

}  // namespace

// ---- devices
// ------------------------------------------------------------------------------------------------

void Floor::hear(const std::vector<sync::Inbound>& came) {
    std::vector<sync::BatchCame> batches;
    for (const auto& message : came)
        if (const auto* batch = std::get_if<sync::BatchCame>(&message)) batches.push_back(*batch);
    ingest(batches);
    for (const auto& message : came)
        std::visit(
            Overloaded{[](const sync::BatchCame&) {},
                       [&](const sync::HelloCame& hello) { answer_hello(hello); },
                       [&](const sync::PresenceCame& said) { note_presence(said.device, said.presence); },
                       [](const sync::Garbage& garbage) {
                           log::warn("unreadable message of ", garbage.device, ": ", garbage.why);
                       }},
            message);
}

void Floor::ingest(const std::vector<sync::BatchCame>& batches) {
    if (batches.empty()) return;
    Changes changes, of_run;
    const auto now = parts_.now();
    const auto transact = [&](const std::function<void(sync::IngestPort&)>& work) -> Outcome {
        auto outcome = database_.transact([&](sqlite::Tx& tx) -> Outcome {
            of_run = {};
            const Deciding deciding{tx, parts_.site, author_, now, of_run};
            DeviceEvents events(deciding);
            work(events);
            if (tx.is_spoiled()) return *tx.error();
            return Done{};
        });
        if (!outcome) return outcome;
        changes.started.merge(of_run.started);
        changes.for_benches.merge(of_run.for_benches);
        changes.leased.insert(changes.leased.end(), of_run.leased.begin(), of_run.leased.end());
        changes.taken_from.insert(changes.taken_from.end(), of_run.taken_from.begin(),
                                  of_run.taken_from.end());
        changes.lists.merge(of_run.lists);
        changes.anything = changes.anything || of_run.anything;
        return outcome;
    };
    const auto ingested = sync::ingest(batches, author_.epoch, transact);
    for (const auto& answer : ingested.answers)
        effects_.publish.push_back({answer.device, protocol::Topic::ack, protocol::to_json(answer.ack)});
    for (const auto& unstored : ingested.unstored)
        log::error("events of ", unstored.device, " could not be stored: ", unstored.why);
    publish_changes(changes);
}

void Floor::note_presence(const DeviceId& device, const protocol::Presence& said) {
    if (sync::note(presences_, device, said, parts_.now())) effects_.board_changed = true;
}

void Floor::note_hello(const DeviceId& device, const protocol::Hello& hello) {
    const auto now = parts_.now();
    auto& present = presences_[device];
    const bool were_two = present.voices.are_two();
    const auto two = present.voices.hear(hello, now);
    const bool is_other_clock = present.clock.note(hello.device_time, now);
    if (is_other_clock || were_two != present.voices.are_two()) effects_.board_changed = true;
    if (two) tell_of_two(device, *two);
}

// Once for each pair, and not again while somebody has it before him.
void Floor::tell_of_two(const DeviceId& device, const sync::Voices::Two& two) {
    const auto is_told = database_.read(
        [&](sqlite::Tx& tx) -> Result<bool> { return store::is_told_of_two(tx, site(), device, two.later); });
    if (!is_told || is_told.value()) return;
    log::error("two devices speak as ", device);
    const auto told = decide<Done>([&](const Deciding& deciding) -> Outcome {
        deciding.decide(protocol::TwoDevices{device, two.later, two.still});
        return Done{};
    });
    if (!told)
        log::error("two devices as ", device, ": ", told.error().detail);  // the next hello tries again
}

// A hello that was late on its way names fewer lives than the device has; what it does not name would be
// counted twice.
void Floor::note_lives(const DeviceId& device, const protocol::Hello& hello) {
    auto& holder = holders_[device];
    holder.device = device;
    std::vector<Epoch> named;
    for (const auto& life : hello.lives) named.push_back(life.epoch);
    const auto has = [](const std::vector<Epoch>& epochs, Epoch epoch) {
        return std::find(epochs.begin(), epochs.end(), epoch) != epochs.end();
    };
    if (holder.epochs.empty() || has(named, holder.epochs.back()))
        holder.epochs = std::move(named);
    else if (!has(holder.epochs, named.back()))
        holder.epochs.push_back(named.back());
}

// What the device no longer has and this database does not have: it was put back to a copy older than what
// devices keep. Said once, and the device's later events can come.
void Floor::skip_what_is_lost(const DeviceId& device, const protocol::Hello& hello) {
    const auto lacks = [&](sqlite::Tx& tx, const protocol::Life& life) {
        return store::stored_upto(tx, site(), device, life.epoch).value + 1 < life.first_seq.value;
    };
    const auto is_any = database_.read([&](sqlite::Tx& tx) -> Result<bool> {
        return std::any_of(hello.lives.begin(), hello.lives.end(),
                           [&](const auto& life) { return lacks(tx, life); });
    });
    if (!is_any || !is_any.value()) return;
    const auto skipped = decide<Done>([&](const Deciding& deciding) -> Outcome {
        for (const auto& life : hello.lives)
            if (lacks(deciding.tx, life))
                store::skip_lost(deciding.tx, deciding.site.site, deciding.author, deciding.now, device,
                                 life.epoch, Seq{life.first_seq.value - 1});
        return Done{};
    });
    if (!skipped) return log::error("lost events of ", device, ": ", skipped.error().detail);
    log::error("events of ", device, " are lost: this database was put back to a copy older than they are");
}

// Asked once for each backup: a life's events in it change no more.
std::optional<Seq> Floor::kept_upto(sqlite::Tx& tx, const DeviceId& device, Epoch epoch) {
    const auto newest = store::backups(tx, site(), 1);
    if (newest.empty()) return std::nullopt;
    if (const auto upto = newest.front().upto; kept_by_ != upto) {
        kept_by_ = upto;
        kept_.clear();
    }
    const auto found = kept_.find({device, epoch});
    if (found != kept_.end()) return found->second;
    const auto kept = store::seq_at(tx, site(), device, epoch, kept_by_);
    kept_.emplace(std::pair{device, epoch}, kept);
    return kept;
}

std::vector<protocol::StoredUpto> Floor::stored_of(sqlite::Tx& tx, const DeviceId& device,
                                                   const protocol::Hello& hello) {
    std::vector<protocol::StoredUpto> stored;
    for (const auto& life : hello.lives)
        stored.push_back({life.epoch, store::stored_upto(tx, site(), device, life.epoch),
                          kept_upto(tx, device, life.epoch), notes_for(tx, site(), device, life)});
    return stored;
}

// The others know already that they do not have it: only the holder's document changes, and the snapshot that
// follows brings it.
void Floor::renew_leases(const DeviceId& device) {
    const auto due = database_.read([&](sqlite::Tx& tx) -> Result<std::vector<ListId>> {
        return leases_to_renew(tx, parts_.site, device, parts_.now());
    });
    if (!due || due.value().empty()) return;
    const auto renewed = decide<Done>([&](const Deciding& deciding) -> Outcome {
        for (const auto& list : leases_to_renew(deciding.tx, deciding.site, device, deciding.now))
            deciding.decide(protocol::ListLeased{list, device, deciding.now + deciding.site.lease});
        return Done{};
    });
    if (!renewed)
        log::error("leases of ", device, ": ", renewed.error().detail);  // the next hello tries again
}

void Floor::answer_hello(const sync::HelloCame& came) {
    renew_leases(came.device);
    skip_what_is_lost(came.device, came.hello);
    note_lives(came.device, came.hello);
    note_hello(came.device, came.hello);
    const auto now = parts_.now();
    note_presence(came.device,
                  {.online = true, .epoch = came.hello.lives.back().epoch, .role = came.hello.role});
    auto snapshot = database_.read([&](sqlite::Tx& tx) -> Result<protocol::Snapshot> {
        const DocumentMaker documents(tx, parts_.site, now);
        const auto& holder = holders_.at(came.device);
        const auto wanted = documents.wanted(came.device);
        auto missing = sync::missing_of(came.hello, wanted, author_.epoch);
        for (const auto& list : lists_to_renew(came.device, wanted))
            if (std::find(missing.lists.begin(), missing.lists.end(), list) == missing.lists.end())
                missing.lists.push_back(list);
        protocol::Snapshot answer{.epoch = came.hello.lives.back().epoch,
                                  .hello = came.hello.number,
                                  .server = author_.epoch,
                                  .stored = stored_of(tx, came.device, came.hello),
                                  .server_time = now,
                                  .settings = documents.settings(parts_.key, came.device),
                                  .lists = {},
                                  .packs = {},
                                  .gone = missing.gone};
        for (const auto& list : missing.lists)
            if (auto doc = documents.pick_list(holder, list)) answer.lists.push_back(std::move(*doc));
        for (const auto& shipment : missing.packs)
            if (auto doc = documents.pack(holder, shipment)) answer.packs.push_back(std::move(*doc));
        return answer;
    });
    if (!snapshot) return log::error("no snapshot for ", came.device, ": ", snapshot.error().detail);
    for (const auto& list : snapshot.value().lists) offered_at_[{came.device, list.task.list}] = now;
    effects_.publish.push_back({came.device, protocol::Topic::snapshot, protocol::to_json(snapshot.value())});
    say_again(came.device);
}

// What the device has not answered yet. It may come twice: each has its name.
void Floor::say_again(const DeviceId& device) {
    const auto open = database_.read([&](sqlite::Tx& tx) -> Result<std::vector<store::CommandRow>> {
        return store::commands_for(tx, site(), device, parts_.now());
    });
    if (!open) return log::error("commands for ", device, ": ", open.error().detail);
    for (const auto& row : open.value()) publish_command(device, to_message(row));
}

// A device counts a lease from receipt; an offer that lies there for long is made anew before it is over.
std::set<ListId> Floor::lists_to_renew(const DeviceId& device, const sync::Wanted& wanted) {
    std::set<ListId> renew;
    const auto now = parts_.now();
    for (const auto& held : wanted.lists) {
        const auto offered = offered_at_.find({device, ListId{held.id}});
        const bool is_known = offered != offered_at_.end();  // not after a restart
        if (!is_known || now - offered->second > parts_.site.lease / 2) renew.insert(ListId{held.id});
    }
    return renew;
}

// ---- publishing
// ---------------------------------------------------------------------------------------------

void Floor::publish_doc(const DeviceId& device, const protocol::DocPublished& doc) {
    effects_.publish.push_back({device, protocol::Topic::doc, protocol::to_json(doc)});
}

// Beside the document that is gone: whoever has the list in hand is told why.
void Floor::command_revoke(const DeviceId& device, const ListId& list) {
    publish_command(device,
                    {next_command_name(), "revoke", list.value, "", parts_.now() + limits::command_expiry});
}

void Floor::publish_command(const DeviceId& device, const protocol::Command& command) {
    effects_.publish.push_back({device, protocol::Topic::cmd, protocol::to_json(command)});
}

// Only to devices heard since the start: the others say hello and get everything then.
void Floor::publish_changes(const Changes& changes) {
    if (changes.anything) effects_.board_changed = true;
    const auto now = parts_.now();
    std::map<DeviceId, protocol::DocPublished> docs;
    const auto read = database_.read([&](sqlite::Tx& tx) -> Outcome {
        docs.clear();
        const DocumentMaker documents(tx, parts_.site, now);
        const auto give_list = [&](const DeviceId& device, const ListId& list) {
            const auto holder = holders_.find(device);
            if (holder == holders_.end()) return;
            if (auto doc = documents.pick_list(holder->second, list))
                docs[device].lists.push_back(std::move(*doc));
        };
        const auto pickers = documents.stations("picker");
        for (const auto& list : changes.started)
            for (const auto& device : pickers) give_list(device, list);
        for (const auto& [list, holder] : changes.leased) {
            give_list(holder, list);
            for (const auto& device : pickers)
                if (device != holder && holders_.contains(device)) docs[device].gone.push_back(list.value);
        }
        for (const auto& list : changes.lists)
            for (const auto& device : pickers)
                if (documents.may_have(device, list)) give_list(device, list);
        for (const auto& [list, holder] : changes.revoked) {
            if (holders_.contains(holder)) docs[holder].gone.push_back(list.value);
            for (const auto& device : pickers)
                if (device != holder) give_list(device, list);
        }
        for (const auto& shipment : changes.for_benches) {
            const auto bench = documents.bench_for(shipment);
            const auto holder = bench ? holders_.find(*bench) : holders_.end();
            if (holder == holders_.end()) continue;
            if (auto doc = documents.pack(holder->second, shipment))
                docs[*bench].packs.push_back(std::move(*doc));
        }
        return Done{};
    });
    if (!read)
        return log::error("documents could not be read: ",
                          read.error().detail);  // the next hello brings them
    for (const auto& [list, holder] : changes.taken_from) command_revoke(holder, list);
    for (auto& [device, doc] : docs) {
        for (const auto& list : doc.lists) offered_at_[{device, list.task.list}] = now;
        doc.server = author_.epoch;
        publish_doc(device, doc);
    }
}

}  // namespace kenpin::app
