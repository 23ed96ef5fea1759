#include "printers/spool/desk.hpp"

#include <algorithm>
#include <utility>

namespace kenpin::spool {

namespace {

constexpr std::size_t mark_name_most = 16;  // JobMark

JobEvent outcome_of(const transport::Sent& sent) {
    if (sent.is_whole()) return WholeSent{};
    if (sent.taken == 0) return NothingSent{};
    return PartSent{};
}

// The job with its bytes; nothing when it cannot be drawn: it is failed and reported.
Result<std::optional<Ready>> drawn(Spool& spool, const Job& job, const Render& render, DeskStep& out,
                                   Instant now) {
    const auto sealed = spool.sealed(job.id);
    if (!sealed) return sealed.error();
    auto bytes = render(job, sealed.value());
    if (bytes) return std::optional(Ready{job, std::move(bytes).value()});
    auto failed = spool.apply(job.id, Undrawable{}, now, "cannot_be_drawn: " + bytes.error().detail);
    if (!failed) return failed.error();
    out.changed.push_back(std::move(failed).value());
    return std::optional<Ready>{};
}

// The next job that can be drawn.
Result<std::optional<Ready>> next_ready(Spool& spool, const PrinterId& printer, const Render& render,
                                        DeskStep& out, Instant now) {
    for (;;) {
        const auto next = spool.next(printer);
        if (!next) return next.error();
        if (!next.value()) return std::optional<Ready>{};
        auto ready = drawn(spool, *next.value(), render, out, now);
        if (!ready || ready.value()) return ready;
    }
}

// A printer that is silent may still print (some never answer): at most limits::labels_in_flight go to it
// unproven.
bool is_unreachable(const DeskStep& step) {
    return step.error && step.error->kind != Error::Kind::busy;
}

// File name of a document for CUPS' title: "S26112400017-slip-1".
std::string title_of(const Job& job) {
    auto title = job.document.value;
    std::replace(title.begin(), title.end(), '/', '-');
    return job.copy_no > 1 ? title + "-copy" + std::to_string(job.copy_no) : title;
}

}  // namespace

encode::JobMark mark_of(const Job& job) {
    const auto& document = job.document.value;
    auto name = document.substr(0, document.find('/')) + "-" + document.substr(document.rfind('/') + 1);
    if (job.copy_no > 1) name += "." + std::to_string(job.copy_no);
    return {job.id.value, name.size() <= mark_name_most ? name : name.substr(name.size() - mark_name_most)};
}

Result<Job> print_job(Spool& spool, const Job& job, const std::string& bytes,
                      const std::function<transport::Sent(std::string_view)>& send, Instant now) {
    if (const auto begun = spool.apply(job.id, Begun{}, now); !begun) return begun.error();
    return spool.apply(job.id, outcome_of(send(bytes)), now);
}

Result<std::vector<Job>> print_jobs(Spool& spool, const std::vector<Ready>& jobs, const SendJob& send,
                                    Instant now) {
    std::vector<JobChange> changes;
    for (const auto& ready : jobs) changes.push_back({ready.job.id, Begun{}});
    if (const auto begun = spool.apply(changes, now); !begun) return begun.error();
    bool goes_on = true;
    for (std::size_t n = 0; n < jobs.size(); ++n) {
        changes[n].event = NothingSent{};
        if (!goes_on) continue;
        const auto sent = send(jobs[n].job, jobs[n].bytes);
        changes[n].event = outcome_of(sent);
        goes_on = sent.is_whole();
    }
    return spool.apply(changes, now);
}

LabelDesk::LabelDesk(Spool& spool, PrinterId printer, transport::LabelPrinter device, Render render)
    : spool_(spool), printer_(std::move(printer)), device_(std::move(device)), render_(std::move(render)) {}

DeskStep LabelDesk::step(Instant now) {
    DeskStep out;
    look_after_sent(out, now);
    while (!is_unreachable(out) && print_more(out, now)) look_after_sent(out, now);
    return out;
}

void LabelDesk::look_after_sent(DeskStep& out, Instant now) {
    const bool might_prove = device_.may_prove();
    const auto answer = device_.ask();
    if (answer) out.status = answer.value();
    if (!answer) out.error = answer.error();
    take_proofs(out, now);
    if (might_prove && device_.may_prove()) return;
    // What was sent and not proven went over a connection that is lost.
    auto changed = spool_.apply_to_sent(printer_, Forgotten{}, now);
    if (!changed) {
        out.error = changed.error();
        return;
    }
    out.changed.insert(out.changed.end(), changed.value().begin(), changed.value().end());
}

void LabelDesk::take_proofs(DeskStep& out, Instant now) {
    for (const auto& mark : device_.take_proven()) {
        auto printed = spool_.apply({mark.number}, Proven{Proof::printer}, now);
        if (printed)
            out.changed.push_back(std::move(printed).value());
        else if (printed.error().kind != Error::Kind::refused)  // refused: its scan has proven it before
            out.error = printed.error();
    }
}

// What may leave together; behind labels that cannot be drawn, the next ones.
Result<std::vector<Ready>> LabelDesk::draw_more(DeskStep& out, Instant now) {
    for (;;) {
        const auto next = spool_.next_labels(printer_);
        if (!next) return next.error();
        std::vector<Ready> all;
        for (const auto& job : next.value()) {
            auto ready = drawn(spool_, job, render_, out, now);
            if (!ready) return ready.error();
            if (ready.value()) all.push_back(std::move(*ready.value()));
        }
        if (!all.empty() || next.value().empty()) return all;
    }
}

bool LabelDesk::print_more(DeskStep& out, Instant now) {
    if (out.status && !out.status->can_print()) return false;  // loud, and nothing more goes into its memory
    auto ready = draw_more(out, now);
    if (!ready) out.error = ready.error();
    if (!ready || ready.value().empty()) return false;
    std::optional<Error> broken;
    const auto send = [&](const Job& job, std::string_view bytes) {
        auto sent = device_.send(bytes, mark_of(job));
        broken = sent.error;
        return sent;
    };
    auto printed = print_jobs(spool_, ready.value(), send, now);
    if (broken) out.error = broken;
    if (!printed) {
        out.error = printed.error();
        return false;
    }
    out.changed.insert(out.changed.end(), printed.value().begin(), printed.value().end());
    return !broken;
}

SlipDesk::SlipDesk(Spool& spool, PrinterId printer, transport::CupsQueue queue, Render render)
    : spool_(spool), printer_(std::move(printer)), queue_(std::move(queue)), render_(std::move(render)) {}

DeskStep SlipDesk::step(Instant now) {
    DeskStep out;
    while (!out.error) {
        auto ready = next_ready(spool_, printer_, render_, out, now);
        if (!ready) out.error = ready.error();
        if (!ready || !ready.value()) break;
        const auto& job = ready.value()->job;
        const auto send = [&](std::string_view pdf) -> transport::Sent {
            const auto accepted = transport::submit_pdf(queue_, title_of(job), pdf, {});
            if (accepted) return {pdf.size(), pdf.size(), std::nullopt};
            out.error = accepted.error();
            // What CUPS may hold is unknown, never sent again by itself; the rest was not taken at all.
            const bool is_unknown = accepted.error().kind == Error::Kind::busy;
            return {is_unknown ? pdf.size() : std::size_t{0}, pdf.size(), accepted.error()};
        };
        auto printed = print_job(spool_, job, ready.value()->bytes, send, now);
        if (!printed) {
            out.error = printed.error();
            break;
        }
        out.changed.push_back(std::move(printed).value());
    }
    return out;
}

}  // namespace kenpin::spool
