#include "station/flow/update.hpp"

#include <algorithm>
#include <utility>

#include "core/base/limits.hpp"
#include "core/base/overloaded.hpp"
#include "station/flow/commands.hpp"
#include "station/flow/judge.hpp"
#include "station/flow/papers.hpp"
#include "station/flow/told.hpp"

namespace kenpin::flow {
namespace {

struct Source {  // where a record comes from
    std::string scanner;
    Instant at;
    std::uint64_t bridge_no = 0;
};

void add(std::vector<Effect>& effects, std::vector<Effect> more) {
    effects.insert(effects.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

std::optional<WorkerId> worker_of(const State& state, const std::vector<protocol::Body>& bodies) {
    if (const auto* in = std::get_if<protocol::WorkerSignedIn>(&bodies.front())) return in->worker;
    return state.worker;
}

Step store(State state, Judged judged, const Source& source, bool is_silent = false) {
    const Ticket ticket = state.next_ticket++;
    Commit commit{.ticket = ticket,
                  .bodies = std::move(judged.bodies),
                  .worker = {},
                  .scanner = source.scanner,
                  .at = source.at,
                  .bridge_no = source.bridge_no};
    commit.worker = worker_of(state, commit.bodies);
    state.pending = Pending{.ticket = ticket,
                            .bridge_no = source.bridge_no,
                            .green = judged.green,
                            .tone = judged.tone,
                            .is_silent = is_silent,
                            .band = std::move(judged.band),
                            .alarm = std::move(judged.alarm),
                            .read = std::move(judged.read)};
    Step step{std::move(state), {}};
    step.effects.emplace_back(std::move(commit));
    return step;
}

Step store_silently(State state, protocol::Body body, const Source& source) {
    Judged judged;
    judged.green = true;
    judged.bodies.push_back(std::move(body));
    return store(std::move(state), std::move(judged), source, true);
}

Step store_silently(State state, protocol::Body body, Instant at) {
    return store_silently(std::move(state), std::move(body), Source{{}, at, 0});
}

Step nothing(State state) {
    return {std::move(state), {}};
}

LogShown prompt_line(const State& state) {
    return {.what = LogShown::What::prompt, .text = {}, .events = {}, .read = {}, .prompt = prompt(state)};
}

// ---- what is judged in turn: each takes the state without a record under way

Step understood(State state) {
    state.alarm.reset();
    state.band.reset();
    return nothing(std::move(state));
}

// At the shelf the question stands behind whatever NG came over it.
Step confirm(State state, const Source& source) {
    auto shortage = state.alarm ? std::nullopt : judge_shortage(state);
    if (!shortage) return understood(std::move(state));
    state.short_said.reset();
    return store(std::move(state), std::move(*shortage), source);
}

Step take(State state, const Confirmed& confirmed) {
    return confirm(std::move(state), {{}, confirmed.at, 0});
}

Step asked_anew(State state) {
    Step step = understood(std::move(state));
    step.effects.emplace_back(prompt_line(step.state));
    return step;
}

Step take(State state, const ShortSaid&) {
    const HeldList* list = open_list(state);
    if (!list || !domain::short_now(list->task)) return nothing(std::move(state));
    state.short_said = domain::current_line(list->task)->no;
    return asked_anew(std::move(state));
}

Step take(State state, const ShortDropped&) {
    if (!short_asked(state)) return nothing(std::move(state));
    state.short_said.reset();
    return asked_anew(std::move(state));
}

// A code that stands for a button of this screen; nothing: it is judged like any other.
std::optional<Step> press(State& state, const Scanned& scan) {
    const bool may_confirm =
        state.role == Role::packer ? state.alarm.has_value() : short_asked(state).has_value();
    const bool asks_goods = state.role == Role::picker && prompt(state).ask == Ask::item;
    std::optional<Step> step;
    if (may_confirm && is_command(scan, confirm_command))
        step = confirm(std::move(state), {scan.scanner, scan.at, scan.bridge_no});
    else if (asks_goods && is_command(scan, short_command))
        step = take(std::move(state), ShortSaid{scan.at});
    const bool is_stored = step && step->state.pending;  // then its answer acknowledges the scan
    if (step && !is_stored && scan.bridge_no != 0) step->effects.emplace_back(AckBridgeScan{scan.bridge_no});
    return step;
}

Step take(State state, const Scanned& scan) {
    if (auto pressed = press(state, scan)) return std::move(*pressed);
    if (!state.alarm && !state.messages.empty() && is_command(scan, confirm_command)) {
        auto looked = seen(state.messages.front());
        return store_silently(std::move(state), std::move(looked),
                              Source{scan.scanner, scan.at, scan.bridge_no});
    }
    state.short_said.reset();
    Judged judged = judge(state, scan);
    state.last_scan = LastScan{scan.code.bytes, scan.mono};
    return store(std::move(state), std::move(judged), {scan.scanner, scan.at, scan.bridge_no});
}

Step take(State state, const ListChosen& chosen) {
    auto judged = choose_list(state, chosen.list);
    if (!judged) return nothing(std::move(state));
    return store(std::move(state), std::move(*judged), {{}, chosen.at, 0});
}

Step take(State state, const SignedOut& out) {
    if (!state.worker) return nothing(std::move(state));
    const WorkerId worker = *state.worker;
    return store_silently(std::move(state), protocol::WorkerSignedOut{worker}, out.at);
}

Step take(State state, const PaperReported& report) {
    return store_silently(std::move(state), report.paper, report.at);
}

Step take(State state, const PrinterReported& report) {
    const auto known = state.printers.find(report.printer);
    if (known != state.printers.end() && known->second == report.state) return nothing(std::move(state));
    return store_silently(std::move(state), protocol::PrinterChanged{report.printer, report.state},
                          report.at);
}

Step take(State state, const CommandCame& came) {
    if (state.commands.contains(came.command.command)) return nothing(std::move(state));
    auto answer = answer_to(state, came);
    return store_silently(std::move(state), std::move(answer), came.at);
}

Step take(State state, const MessageSeen& touch) {
    const auto message = std::find_if(state.messages.begin(), state.messages.end(),
                                      [&](const auto& shown) { return shown.command == touch.command; });
    if (message == state.messages.end()) return nothing(std::move(state));
    auto looked = seen(*message);
    return store_silently(std::move(state), std::move(looked), touch.at);
}

Step take_waiting(Step step) {
    while (!step.state.pending && !step.state.waiting.empty()) {
        const Waiting next = std::move(step.state.waiting.front());
        step.state.waiting.pop_front();
        Step after = std::visit([&](const auto& event) { return take(std::move(step.state), event); }, next);
        add(step.effects, std::move(after.effects));
        step.state = std::move(after.state);
    }
    return step;
}

std::size_t scans_waiting(const State& state) {
    return static_cast<std::size_t>(
        std::count_if(state.waiting.begin(), state.waiting.end(),
                      [](const Waiting& w) { return std::holds_alternative<Scanned>(w); }));
}

/// Too many scans at once: this one is dropped, and the worker hears it.
Step drop(State state, const Scanned& scan) {
    Step step{std::move(state), {}};
    step.effects.emplace_back(Tone{ToneKind::ng});
    if (scan.bridge_no != 0) step.effects.emplace_back(AckBridgeScan{scan.bridge_no});
    return step;
}

template <class Taken>
Step take_or_wait(State state, const Taken& event) {
    if (!state.pending) return take_waiting(take(std::move(state), event));
    if constexpr (std::is_same_v<Taken, Scanned>)
        if (scans_waiting(state) >= limits::waiting_scans) return drop(std::move(state), event);
    state.waiting.push_back(event);
    return nothing(std::move(state));
}

// ---- what the server says

Step begin_asked_list(Step step, Instant at) {
    if (!step.state.asked_list) return step;
    const auto offered = offered_lists(step.state);
    const bool has_come = std::any_of(offered.begin(), offered.end(), [&](const HeldList* list) {
        return list->task.list == *step.state.asked_list;
    });
    if (!has_come) return step;
    const ListId list = *std::exchange(step.state.asked_list, std::nullopt);
    Step begun = take_or_wait(std::move(step.state), ListChosen{list, at});
    add(step.effects, std::move(begun.effects));
    return {std::move(begun.state), std::move(step.effects)};
}

// All that was left of it was stopped: nothing will be scanned that could finish it.
Step finish_emptied_list(Step step, Instant at) {
    const HeldList* list = open_list(step.state);
    const bool is_empty = list && !list->finished && !step.state.pending && step.state.worker &&
                          domain::step_of(list->task) == domain::PickStep::done;
    if (!is_empty) return step;
    Step finished = store_silently(std::move(step.state), protocol::ListFinished{list->task.list}, at);
    add(step.effects, std::move(finished.effects));
    return {std::move(finished.state), std::move(step.effects)};
}

Step tell(Step step, std::optional<Alarm> alarm) {
    if (!alarm) return step;
    step.state.alarm = std::move(alarm);
    step.state.band.reset();
    step.effects.emplace_back(Tone{ToneKind::ng});
    return step;
}

Step on_answers(State state, const AnswersCame& came) {
    std::vector<protocol::AckNote> fresh;
    for (const auto& note : came.notes)
        if (state.told.insert({came.epoch, note.seq}).second) fresh.push_back(note);
    auto alarm = not_counted(state, came.epoch, fresh);
    if (is_open_list_taken_back(state, came.epoch, fresh)) state.open_list.reset();
    return tell({std::move(state), {}}, std::move(alarm));
}

// ---- what becomes of a record

std::vector<Effect> print_if_due(const State& state) {
    std::vector<Effect> out;
    for (auto& papers : papers_to_print(state)) out.emplace_back(std::move(papers));
    return out;
}

std::vector<Effect> after_closing(const State& state, const std::vector<protocol::Event>& events) {
    std::vector<Effect> out;
    for (const auto& event : events)
        if (const auto* closed = std::get_if<protocol::PieceClosed>(&event.body))
            if (state.last_closed == closed->shipment) out.emplace_back(ErasePapers{closed->shipment});
    return out;
}

bool may_begin_papers(const std::vector<protocol::Event>& events) {
    return std::any_of(events.begin(), events.end(), [](const protocol::Event& event) {
        return std::holds_alternative<protocol::GoodsVerified>(event.body) ||
               std::holds_alternative<protocol::CommandAnswered>(event.body) ||
               std::holds_alternative<protocol::PackOpened>(event.body);
    });
}

void note_asked(State& state, const std::vector<protocol::Event>& events) {
    for (const auto& event : events) {
        if (const auto* asked = std::get_if<protocol::TakeOverAsked>(&event.body))
            state.asked_list = asked->list;
        if (std::holds_alternative<protocol::ListOpened>(event.body) ||
            std::holds_alternative<protocol::WorkerSignedOut>(event.body))
            state.asked_list.reset();
    }
}

void show(State& state, const Pending& pending) {
    if (pending.is_silent) return;
    if (pending.green) {
        state.alarm.reset();
        state.band = pending.band;
        return;
    }
    state.alarm = pending.alarm;
    state.band.reset();
}

LogShown log_line(const State& state, const Pending& pending, const std::vector<protocol::Event>& events) {
    const std::string text = pending.green ? (pending.band ? pending.band->message.key : std::string{})
                                           : (pending.alarm ? pending.alarm->message.key : std::string{});
    return {.what = pending.green ? LogShown::What::green : LogShown::What::red,
            .text = text,
            .events = events,
            .read = pending.read,
            .prompt = prompt(state)};
}

Step on_committed(State state, const Committed& committed) {
    if (!state.pending || state.pending->ticket != committed.ticket) return nothing(std::move(state));
    const Pending pending = *std::exchange(state.pending, std::nullopt);
    for (const auto& event : committed.events) state = apply(std::move(state), event);
    note_asked(state, committed.events);
    state.outbox_full = false;
    show(state, pending);
    Step step{std::move(state), {}};
    if (!pending.is_silent) {
        step.effects.emplace_back(Tone{pending.tone});
        step.effects.emplace_back(log_line(step.state, pending, committed.events));
    }
    if (pending.bridge_no != 0) step.effects.emplace_back(AckBridgeScan{pending.bridge_no});
    if (may_begin_papers(committed.events)) add(step.effects, print_if_due(step.state));
    add(step.effects, after_closing(step.state, committed.events));
    return finish_emptied_list(take_waiting(std::move(step)), committed.events.back().device_time);
}

Step on_commit_failed(State state, const CommitFailed& failed) {
    if (!state.pending || state.pending->ticket != failed.ticket) return nothing(std::move(state));
    const Pending pending = *std::exchange(state.pending, std::nullopt);
    state.outbox_full = state.outbox_full || failed.why == Error::Kind::full;
    Step step{std::move(state), {}};
    if (!pending.is_silent) {
        Alarm alarm;
        alarm.message.key = failed.why == Error::Kind::full ? "ng.outbox_full" : "ng.not_stored";
        alarm.read = pending.read;
        alarm.not_stored = true;
        step.state.alarm = std::move(alarm);
        step.state.band.reset();
        step.effects.emplace_back(Tone{ToneKind::ng});
    }
    if (pending.bridge_no != 0)
        step.effects.emplace_back(AckBridgeScan{pending.bridge_no});  // the worker scans again
    return take_waiting(std::move(step));
}

// ---- what needs no record

bool lies_stopped(const State& state) {
    const HeldPack* pack = open_pack(state);
    return pack && pack->task.stopped;
}

Step on_documents(State state, const DocumentsArrived& arrived) {
    const bool was_stopped = lies_stopped(state);
    const bool first_settings = state.settings.workers.empty();
    const auto before = list_in_hand(state);
    state = take_documents(std::move(state), arrived);
    if (arrived.settings && first_settings) state.language = arrived.settings->language;
    Step step{std::move(state), {}};
    add(step.effects, print_if_due(step.state));  // a number that was waited for may have come
    if (lies_stopped(step.state) && !was_stopped) {
        const bool is_short = open_pack(step.state)->task.is_short;
        step.state.band = Band{Band::Kind::ng, {is_short ? "ng.short_of_goods" : "ng.stopped", {}, {}}};
        step.effects.emplace_back(Tone{ToneKind::ng});
    }
    for (const auto& pack : arrived.packs)
        if (pack.task.stopped) step.effects.emplace_back(WithdrawPapers{pack.task.shipment});
    auto alarm = taken_from_hand(step.state, before);
    step = tell(std::move(step), std::move(alarm));
    return begin_asked_list(finish_emptied_list(std::move(step), arrived.at), arrived.at);
}

Step on_put_aside(State state) {
    state.is_aside = state.open_pack.has_value() && !state.alarm;
    state.band.reset();
    return nothing(std::move(state));
}

Step on_reprint(State state, const ReprintWanted& wanted) {
    Step step{std::move(state), {}};
    if (const HeldPack* pack = open_pack(step.state))
        step.effects.emplace_back(PrintPapers{pack->task.shipment, {next_copy(*pack, wanted)}});
    return step;
}

// The list may have come back to this worker since: the same word again is not a second one.
Step on_revoked(State state, const ListRevoked& revoked) {
    const bool is_known = !revoked.command.empty() && !state.commands.insert(revoked.command).second;
    if (is_known) return nothing(std::move(state));
    for (auto& list : state.lists)
        if (list.task.list == revoked.list) list.revoked = true;
    return nothing(std::move(state));
}

Step dispatch(State state, const Event& event) {
    return std::visit(Overloaded{
                          [&](const Committed& e) { return on_committed(std::move(state), e); },
                          [&](const CommitFailed& e) { return on_commit_failed(std::move(state), e); },
                          [&](const DocumentsArrived& e) { return on_documents(std::move(state), e); },
                          [&](const AnswersCame& e) { return on_answers(std::move(state), e); },
                          [&](const PutAside&) { return on_put_aside(std::move(state)); },
                          [&](const ReprintWanted& e) { return on_reprint(std::move(state), e); },
                          [&](const ListRevoked& e) { return on_revoked(std::move(state), e); },
                          [&](const LanguageChosen& e) {
                              state.language = e.language;
                              return nothing(std::move(state));
                          },
                          [&](const LinkChanged& e) {
                              if (state.link != e.link) state.link_since = state.now;
                              state.link = e.link;
                              return nothing(std::move(state));
                          },
                          [&](const OutboxCounted& e) {
                              state.unsent = e.unsent;
                              state.outbox_full = e.unsent >= limits::outbox_events;
                              return nothing(std::move(state));
                          },
                          [&](const Tick& e) {
                              state.now = e.mono;
                              return nothing(std::move(state));
                          },
                          [&](const auto& e) { return take_or_wait(std::move(state), e); },
                      },
                      event);
}

}  // namespace

Step update(State state, const Event& event) {
    const Prompt before = prompt(state);
    Step step = dispatch(std::move(state), event);
    if (prompt(step.state) != before) step.effects.emplace_back(prompt_line(step.state));
    return step;
}

std::vector<Effect> effects_after_resume(const State& state) {
    std::vector<Effect> out = print_if_due(state);
    out.emplace_back(prompt_line(state));
    return out;
}

}  // namespace kenpin::flow
