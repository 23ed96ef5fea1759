// Signing in and taking a list in hand.
#include <algorithm>

#include "core/base/limits.hpp"
#include "core/domain/barcode.hpp"
#include "station/flow/judge.hpp"

namespace kenpin::flow {
namespace {

using domain::Refusal;

Judged open(const HeldList& list, std::string read) {
    const std::string shown = list.doc.title.empty() ? list.task.list.value : list.doc.title;
    return {.bodies = {protocol::ListOpened{list.task.list}},
            .green = true,
            .tone = ToneKind::ok,
            .band = Band{Band::Kind::ok, {"ok.list", {}, shown}},
            .alarm = {},
            .read = std::move(read)};
}

bool is_here(const State& state, const std::string& id) {
    return std::any_of(state.lists.begin(), state.lists.end(),
                       [&](const HeldList& list) { return list.task.list.value == id && list.finished; });
}

Judged refuse_list(const State& state, const domain::Code& code, const char* why) {
    auto refused = refuse(state, code, Refusal::nothing_to_do, {});
    if (refused.alarm) refused.alarm->message.key = why;
    return refused;
}

/// Two workers scanned the same list in the same moment: the first has it.
bool is_just_gone(const State& state, const std::string& list, Millis mono) {
    const auto gone = state.gone_lists.find(ListId{list});
    return gone != state.gone_lists.end() && mono - gone->second < limits::just_gone;
}

/// Only the server can say whose a list is.
Judged take_over(const State& state, const domain::Code& code, const std::string& list) {
    if (state.link != Link::online) return refuse_list(state, code, "ng.needs_server");
    return {.bodies = {protocol::TakeOverAsked{ListId{list}}},
            .green = true,
            .tone = ToneKind::ok,
            .band = Band{Band::Kind::caution, {"list.asked", {}, list}},
            .alarm = {},
            .read = domain::shown(code)};
}

const HeldList* offered(const State& state, const std::string& id) {
    const auto all = offered_lists(state);
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const HeldList* l) { return l->task.list.value == id; });
    return found == all.end() ? nullptr : *found;
}

}  // namespace

Judged judge_badge(const State& state, const Scanned& scan) {
    const auto code = domain::classify(scan.code, domain::Expect::worker);
    if (std::holds_alternative<domain::Unreadable>(code)) return refuse(state, code, Refusal::unreadable, {});
    const auto* own = std::get_if<domain::OwnCode>(&code);
    if (!own || own->kind != domain::OwnKind::worker) return refuse(state, code, Refusal::wrong_kind, {});
    for (const auto& row : state.settings.workers)
        if (row.worker.value == own->body)
            return {.bodies = {protocol::WorkerSignedIn{row.worker}},
                    .green = true,
                    .tone = ToneKind::ok,
                    .band = Band{Band::Kind::ok, {"ok.badge", {}, row.name}},
                    .alarm = {},
                    .read = domain::shown(code)};
    auto refused = refuse(state, code, Refusal::unknown_worker, {});
    // Nobody is known before the server's first settings came: that is no mistake of the worker's.
    if (state.settings.site_name.empty() && state.settings.workers.empty() && refused.alarm)
        refused.alarm->message.key = "ng.no_settings_yet";
    return refused;
}

Judged judge_list_choice(const State& state, const Scanned& scan) {
    const auto code = domain::classify(scan.code, domain::Expect::anything);
    if (std::holds_alternative<domain::Unreadable>(code)) return refuse(state, code, Refusal::unreadable, {});
    const auto* own = std::get_if<domain::OwnCode>(&code);
    if (!own || own->kind != domain::OwnKind::list) return refuse(state, code, Refusal::wrong_kind, {});
    if (const HeldList* list = offered(state, own->body)) return open(*list, domain::shown(code));
    if (is_here(state, own->body)) return refuse(state, code, Refusal::nothing_to_do, {});
    if (is_just_gone(state, own->body, scan.mono)) return refuse_list(state, code, "ng.list_just_gone");
    return take_over(state, code, own->body);
}

std::optional<Judged> choose_list(const State& state, const ListId& list) {
    const bool may_choose = state.worker && (!open_list(state) || must_stop_list(state));
    const HeldList* chosen = may_choose ? offered(state, list.value) : nullptr;
    if (!chosen) return std::nullopt;
    return open(*chosen, {});
}

}  // namespace kenpin::flow
