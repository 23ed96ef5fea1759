#include "station/app/incoming.hpp"

#include "core/base/overloaded.hpp"
#include "station/sync/boot_clock.hpp"

namespace kenpin::app {
namespace {

flow::Link to_flow(sync::Link link) {
    switch (link) {
        case sync::Link::offline:
            return flow::Link::offline;
        case sync::Link::online:
            return flow::Link::online;
        case sync::Link::not_accepted:
            return flow::Link::not_accepted;
    }
    return flow::Link::offline;
}

flow::DocumentsArrived arrived(const sync::DocumentsStored& stored, Millis mono) {
    return {.lists = stored.documents.lists,
            .packs = stored.documents.packs,
            .gone = stored.documents.gone,
            .settings = {},
            .mono = mono,
            .at = stored.received};
}

flow::DocumentsArrived arrived(const protocol::Settings& settings, Millis mono) {
    return {.lists = {}, .packs = {}, .gone = {}, .settings = settings, .mono = mono};
}

// What this program does not know is for a newer one.
std::vector<flow::Event> followed(const sync::CommandCame& came) {
    const auto& command = came.command;
    if (command.what == "message" || command.what == "print_now")
        return {flow::CommandCame{command, came.is_late, came.at}};
    if (command.what == "revoke" && !came.is_late)
        return {flow::ListRevoked{ListId{command.id}, command.command}};
    return {};
}

}  // namespace

std::vector<flow::Event> to_flow(const sync::Notice& notice, Millis mono) {
    using Events = std::vector<flow::Event>;
    return std::visit(
        Overloaded{
            [](const sync::EventsStored& n) -> Events {
                return {flow::Committed{n.ticket, n.events}};
            },
            [](const sync::CommitRefused& n) -> Events {
                return {flow::CommitFailed{n.ticket, n.error.kind}};
            },
            [&](const sync::DocumentsStored& n) -> Events { return {arrived(n, mono)}; },
            [&](const sync::SettingsStored& n) -> Events { return {arrived(n.settings, mono)}; },
            [](const sync::CommandCame& n) -> Events { return followed(n); },
            [](const sync::AnswersCame& n) -> Events {
                return {flow::AnswersCame{n.epoch, n.notes}};
            },
            [](const sync::LinkChanged& n) -> Events {
                return {flow::LinkChanged{to_flow(n.shown.link)},
                        flow::OutboxCounted{static_cast<std::size_t>(n.shown.waiting)}};
            },
            [](const sync::ServerTime&) -> Events { return {}; },
            [](const sync::SomethingOdd&) -> Events { return {}; },
        },
        notice);
}

std::string for_the_log(const sync::Notice& notice) {
    if (const auto* odd = std::get_if<sync::SomethingOdd>(&notice)) return odd->what;
    if (const auto* refused = std::get_if<sync::CommitRefused>(&notice))
        return "not stored: " + refused->error.detail;
    return {};
}

ScanFromBridge to_scan(const BridgeScan& scan) {
    return {.identity = scan.identity,
            .code = {scan.bytes, scan.symbology},
            .scanner = scan.dev.value,
            .mono = Millis{scan.t_mono_ns / 1'000'000}};
}

flow::Documents documents_of(const sync::Resume& resume, const sync::Receipt& now) {
    flow::Documents documents;
    if (resume.settings) documents.settings = *resume.settings;
    for (const auto& held : resume.lists) {
        documents.lists.push_back(held.doc);
        documents.lists.back().lease = sync::left_of(held.doc.lease, held.received, now);
    }
    for (const auto& held : resume.packs) documents.packs.push_back(held.doc);
    return documents;
}

}  // namespace kenpin::app
