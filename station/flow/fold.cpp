#include "station/flow/fold.hpp"

#include <algorithm>
#include <utility>

#include "core/base/limits.hpp"
#include "core/base/overloaded.hpp"
#include "core/domain/close_piece.hpp"

namespace kenpin::flow {
namespace {

template <class T>
concept OfAList = requires(const T& body) {
    body.list.value.size();  // not one that may name a list
}
&&!std::is_same_v<T, protocol::ListStarted> && !std::is_same_v<T, protocol::ListLeased> &&
    !std::is_same_v<T, protocol::ListRevoked>;

// The document a body of this device is about; empty for all others.
std::string document_of(const protocol::Body& body) {
    return std::visit(
        Overloaded{
            [](const protocol::PackOpened& b) { return b.shipment.value; },
            [](const protocol::GoodsVerified& b) { return b.shipment.value; },
            [](const protocol::PaperPrinted& b) { return b.shipment.value; },
            [](const protocol::PieceClosed& b) { return b.shipment.value; },
            [](const protocol::CommandAnswered& b) { return b.shipment ? b.shipment->value : std::string{}; },
            [](const OfAList auto& b) { return b.list.value; },
            [](const auto&) { return std::string{}; },
        },
        body);
}

// Progress: what the server may already have counted into a document.
void count(domain::PickTask& task, const protocol::Body& body) {
    std::visit(Overloaded{
                   [&](const protocol::ToteBound& b) { domain::bind_tote(task, b.slot, b.tote); },
                   [&](const protocol::LocationConfirmed& b) { domain::confirm_location(task, b.line); },
                   [&](const protocol::ItemPicked& b) { domain::take_item(task, b.line, b.units); },
                   [&](const protocol::SlotConfirmed& b) { domain::put_in_slot(task, b.line, b.units); },
                   [&](const protocol::ShortageFound& b) { domain::note_missing(task, b.line, b.missing); },
                   [](const auto&) {},
               },
               body);
}

void count(domain::PackTask& task, const protocol::Body& body) {
    std::visit(Overloaded{
                   [&](const protocol::GoodsVerified& b) { domain::count_goods(task, b.line, b.units); },
                   [&](const protocol::PieceClosed& b) { domain::close_piece(task, b.piece); },
                   [](const auto&) {},
               },
               body);
}

// A server that knows of the finish and brings the list all the same did not count it: the list was taken
// back or went elsewhere meanwhile, and is there to be walked.
void note(HeldList& list, const protocol::Body& body, bool is_known_there) {
    if (std::holds_alternative<protocol::ListFinished>(body) && !is_known_there) list.finished = true;
}

// No document carries it, so it is folded whatever the server has counted.
void note(HeldPack& pack, const protocol::Body& body, bool) {
    if (const auto* paper = std::get_if<protocol::PaperPrinted>(&body))
        pack.papers[{paper->paper, paper->piece}] = *paper;
    if (const auto* command = std::get_if<protocol::CommandAnswered>(&body))
        pack.print_asked = pack.print_asked || command->answer == "printing";
}

bool is_counted(const std::vector<protocol::FoldedUpto>& folded, const protocol::Event& event) {
    return std::any_of(folded.begin(), folded.end(),
                       [&](const auto& life) { return life.epoch == event.epoch && event.seq <= life.seq; });
}

template <class Held>
void fold_log(Held& held, const State& state, const std::string& id) {
    for (const auto& event : state.log) {
        if (document_of(event.body) != id) continue;
        const bool is_known_there = is_counted(held.doc.folded_upto, event);
        if (!is_known_there) count(held.task, event.body);
        note(held, event.body, is_known_there);
    }
}

template <class Held>
void fold_one(std::vector<Held>& all, const std::string& id, const protocol::Event& event, auto id_of) {
    for (auto& held : all) {
        if (id_of(held) != id) continue;
        const bool is_known_there = is_counted(held.doc.folded_upto, event);
        if (!is_known_there) count(held.task, event.body);
        note(held, event.body, is_known_there);
    }
}

const std::string& list_id(const HeldList& held) {
    return held.task.list.value;
}
const std::string& pack_id(const HeldPack& held) {
    return held.task.shipment.value;
}

void after_piece_closed(State& state, const ShipmentId& shipment) {
    const auto pack = std::find_if(state.packs.begin(), state.packs.end(),
                                   [&](const HeldPack& p) { return p.task.shipment == shipment; });
    if (pack != state.packs.end() && !domain::may_ship(pack->task)) return;
    if (state.open_pack == shipment) state.open_pack.reset();
    state.last_closed = shipment;
    state.is_aside = false;
}

void note_command(State& state, const protocol::CommandAnswered& b) {
    state.commands.insert(b.command);
    if (b.answer == "shown" && b.text) state.messages.push_back({b.command, *b.text});
    if (b.answer == "seen")
        std::erase_if(state.messages, [&](const auto& message) { return message.command == b.command; });
}

void turn_to(State& state, const protocol::Body& body) {
    std::visit(Overloaded{
                   [&](const protocol::WorkerSignedIn& b) { state.worker = b.worker; },
                   [&](const protocol::WorkerSignedOut&) { state.worker.reset(); },
                   [&](const protocol::ListOpened& b) {
                       state.open_list = b.list;
                       state.last_finished.reset();
                   },
                   [&](const protocol::ListFinished& b) {
                       if (state.open_list == b.list) state.open_list.reset();
                       state.last_finished = b.list;
                   },
                   [&](const protocol::PackOpened& b) {
                       state.open_pack = b.shipment;
                       state.last_closed.reset();
                       state.is_aside = false;
                   },
                   [&](const protocol::PieceClosed& b) { after_piece_closed(state, b.shipment); },
                   [&](const protocol::PrinterChanged& b) { state.printers[b.printer] = b.state; },
                   [&](const protocol::CommandAnswered& b) { note_command(state, b); },
                   [](const auto&) {},
               },
               body);
}

// Versions are the storage's to compare: what arrives here is what is held from now on.
template <class Held>
void take(std::vector<Held>& all, Held fresh, const std::string& id, auto id_of) {
    const auto held = std::find_if(all.begin(), all.end(), [&](const Held& h) { return id_of(h) == id; });
    if (held == all.end())
        all.push_back(std::move(fresh));
    else
        *held = std::move(fresh);
}

void take_list(State& state, const protocol::PickListDoc& doc, Millis mono) {
    HeldList fresh{.doc = doc, .task = doc.task, .lease_until = mono + doc.lease};
    fold_log(fresh, state, doc.task.list.value);
    take(state.lists, std::move(fresh), doc.task.list.value, list_id);
}

void take_pack(State& state, const protocol::PackDoc& doc) {
    HeldPack fresh{.doc = doc, .task = doc.task, .papers = {}};
    fold_log(fresh, state, doc.task.shipment.value);
    take(state.packs, std::move(fresh), doc.task.shipment.value, pack_id);
}

// What we did about it is not forgotten: a message that was late on its way may bring it again, as it stood
// before, and nobody walks the same list twice.
void drop(State& state, const std::string& id) {
    if (std::erase_if(state.lists, [&](const HeldList& held) { return list_id(held) == id; }) > 0)
        state.gone_lists[ListId{id}] = state.now;
    std::erase_if(state.packs, [&](const HeldPack& held) { return pack_id(held) == id; });
    if (state.open_list && state.open_list->value == id) state.open_list.reset();
    if (state.open_pack && state.open_pack->value == id) state.open_pack.reset();
}

}  // namespace

State apply(State state, const protocol::Event& event) {
    if (const std::string id = document_of(event.body); !id.empty()) {
        if (state.log.size() >= limits::own_events)  // of work of days ago
            state.log.erase(state.log.begin(), state.log.begin() + limits::own_events / 2);
        state.log.push_back(event);
        fold_one(state.lists, id, event, list_id);
        fold_one(state.packs, id, event, pack_id);
    }
    turn_to(state, event.body);
    return state;
}

State take_documents(State state, const DocumentsArrived& arrived) {
    state.now = arrived.mono;
    if (arrived.settings) state.settings = *arrived.settings;
    for (const auto& doc : arrived.lists) take_list(state, doc, arrived.mono);
    for (const auto& doc : arrived.packs) take_pack(state, doc);
    for (const auto& id : arrived.gone) drop(state, id);
    return state;
}

State resume(Role role, const Documents& documents, const std::vector<protocol::Event>& committed,
             Millis mono) {
    State state;
    state.link_since = mono;
    state.role = role;
    state.language = documents.settings.language;
    state = take_documents(std::move(state), {.lists = documents.lists,
                                              .packs = documents.packs,
                                              .gone = {},
                                              .settings = documents.settings,
                                              .mono = mono});
    for (const auto& event : committed) state = apply(std::move(state), event);
    return state;
}

}  // namespace kenpin::flow
