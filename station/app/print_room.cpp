#include "station/app/print_room.hpp"

#include <algorithm>
#include <utility>

#include "adaptors/log/log.hpp"
#include "core/base/limits.hpp"

namespace kenpin::app {
namespace {

constexpr Millis while_unproven{250};  // how often a printer with labels in flight is asked
constexpr Millis while_idle{1'000};  // and one that has nothing to do: its trouble shows before it is needed
constexpr Millis while_broken{1'000};
constexpr Millis stand_in_after{5'000};  // a lid that is opened to put paper in is no reason
constexpr Millis erase_every{60'000};
constexpr Millis longest_fetch_pause{15'000};

bool is_told(spool::JobState state) {  // "queued" and "sending" are nobody's news
    return state != spool::JobState::queued && state != spool::JobState::sending;
}

std::string printer_word(const spool::DeskStep& step) {
    if (!step.status) return step.error ? "offline" : "ready";
    return encode::floor_word(*step.status);
}

bool cannot_print(const spool::DeskStep& step) {
    return step.status ? !step.status->can_print() : step.error.has_value();
}

spool::Paper kind_of(const std::string& paper) {
    return paper == "slip" ? spool::Paper::slip : spool::Paper::label;
}

}  // namespace

Result<std::unique_ptr<PrintRoom>> PrintRoom::open(PrintRoomSetup setup, FetchDocument fetch, Report report,
                                                   Instant now) {
    auto spool = spool::Spool::open(setup.spool_url, now);
    if (!spool) return spool.error();
    auto documents = DocumentStore::open(setup.documents_url);
    if (!documents) return documents.error();
    std::unique_ptr<PrintRoom> room(new PrintRoom(std::move(setup), std::move(fetch), std::move(report),
                                                  std::move(spool).value(), std::move(documents).value()));
    room->report_unknown(now);
    return room;
}

PrintRoom::PrintRoom(PrintRoomSetup setup, FetchDocument fetch, Report report, spool::Spool spool,
                     DocumentStore documents)
    : setup_(std::move(setup)),
      fetch_(std::move(fetch)),
      report_(std::move(report)),
      spool_(std::move(spool)),
      documents_(std::move(documents)),
      maker_(setup_.label_model) {
    if (setup_.label_address) add_label_printer(setup_.label_printer, *setup_.label_address);
    if (setup_.label_address && setup_.stand_in_address)
        add_label_printer(setup_.stand_in_printer, *setup_.stand_in_address);
    if (setup_.slip_queue)
        slips_.emplace(
            spool_, setup_.slip_printer, *setup_.slip_queue,
            [this](const spool::Job& job, const std::string& sealed) { return maker_.make(job, sealed); });
}

void PrintRoom::add_label_printer(const PrinterId& printer, const transport::Address& address) {
    labels_.push_back(
        {printer, spool::LabelDesk(spool_, printer, transport::LabelPrinter(setup_.label_model, address),
                                   [this](const spool::Job& job, const std::string& sealed) {
                                       return maker_.make(job, sealed);
                                   })});
}

void PrintRoom::report_unknown(Instant now) {
    for (const auto& printer : {setup_.label_printer, setup_.stand_in_printer}) {
        auto unknown = spool_.in_state(printer, spool::JobState::unknown);
        if (!unknown) return log::error("spool: ", unknown.error().detail);
        for (const auto& job : unknown.value())
            if (job.changed_at == now) report_job(job, now);  // of this start; older ones were told before
    }
}

void PrintRoom::use_key(const std::string& base64) {
    if (base64.empty()) return;
    if (const auto used = maker_.use_key(base64); !used)
        log::error("key of the papers: ", used.error().detail);
    fetch_at_ = Millis{0};
}

void PrintRoom::prepare(const ShipmentId& shipment, const std::vector<TrackingNo>& numbers) {
    wanted_[shipment].numbers = numbers;
}

void PrintRoom::print(const flow::PrintPapers& wanted, Instant now) {
    if (queue(wanted.shipment, wanted.papers, now)) return;
    auto& waiting = wanted_[wanted.shipment].papers;
    for (const auto& paper : wanted.papers)
        if (std::find(waiting.begin(), waiting.end(), paper) == waiting.end()) waiting.push_back(paper);
}

// The document when it is here and opens; one that does not open was sealed under another key and is dropped.
std::optional<protocol::PrintDocument> PrintRoom::document(const ShipmentId& shipment) {
    const auto sealed = documents_.sealed(shipment);
    if (!sealed || !sealed.value()) return std::nullopt;
    auto opened = maker_.open(shipment, *sealed.value());
    if (opened) return std::move(opened).value();
    if (opened.error().kind == Error::Kind::corrupt)
        if (const auto erased = documents_.erase(shipment); !erased)
            log::error("documents: ", erased.error().detail);
    return std::nullopt;
}

// A server that was put back to a backup may have given the shipment another number since this was fetched.
bool PrintRoom::names_what_is_wanted(const protocol::PrintDocument& document) const {
    const auto wanted = wanted_.find(document.shipment);
    if (wanted == wanted_.end()) return true;
    const auto& named = document.waybills;
    return std::all_of(wanted->second.numbers.begin(), wanted->second.numbers.end(), [&](const auto& number) {
        return std::any_of(named.begin(), named.end(), [&](const auto& w) { return w.tracking == number; });
    });
}

bool PrintRoom::queue(const ShipmentId& shipment, const std::vector<flow::PrintPapers::Paper>& papers,
                      Instant now) {
    const auto opened = document(shipment);
    if (!opened || !names_what_is_wanted(*opened)) return false;
    const auto sealed = documents_.sealed(shipment);
    if (!sealed || !sealed.value()) return false;
    std::vector<spool::NewJob> wanted;
    for (const auto& paper : papers) {
        const bool is_slip = paper.paper == "slip";
        if (is_slip ? !slips_.has_value() : labels_.empty()) {
            report_no_printer(shipment, paper, now);
            continue;
        }
        wanted.push_back({.printer = is_slip ? setup_.slip_printer : setup_.label_printer,
                          .document = document_id({shipment, paper.paper, paper.piece}),
                          .copy_no = paper.copy,
                          .paper = kind_of(paper.paper),
                          .sealed = *sealed.value(),
                          .reason = paper.reason});
    }
    return queue_jobs(wanted, now);
}

// Nothing to wait for: said aloud, and the bench goes on.
void PrintRoom::report_no_printer(const ShipmentId& shipment, const flow::PrintPapers::Paper& paper,
                                  Instant now) {
    report_(flow::PaperReported{
        .paper = {.shipment = shipment,
                  .piece = paper.piece,
                  .paper = paper.paper,
                  .copy = paper.copy,
                  .printer = paper.paper == "slip" ? setup_.slip_printer : setup_.label_printer,
                  .state = spool::to_text(spool::JobState::failed),
                  .tracking = {},
                  .reason = "no_printer"},
        .at = now});
}

bool PrintRoom::queue_jobs(const std::vector<spool::NewJob>& wanted, Instant now) {
    if (wanted.empty()) return true;
    const auto jobs = spool_.enqueue(wanted, now);
    is_woken_ = true;
    if (!jobs) {
        log::error("spool: ", jobs.error().detail);
        return false;
    }
    report_all(jobs.value(), now);  // asked again after a restart: what is known of it is told again
    return true;
}

void PrintRoom::erase(const ShipmentId& shipment, PapersEnd why, Instant now) {
    if (why == PapersEnd::closed) prove_labels(shipment, now);
    const auto opened = document(shipment);
    std::vector<PaperName> names{{shipment, "slip", PieceNo{1}}};
    if (opened)
        for (const auto& waybill : opened->waybills) names.push_back({shipment, "waybill", waybill.piece});
    for (const auto& name : names)
        if (const auto done = spool_.void_document(document_id(name), now); !done)
            log::error("spool: ", done.error().detail);
    if (const auto done = documents_.erase(shipment); !done) log::error("documents: ", done.error().detail);
    wanted_.erase(shipment);
}

void PrintRoom::prove_labels(const ShipmentId& shipment, Instant now) {
    const auto opened = document(shipment);
    if (!opened) return;
    for (const auto& waybill : opened->waybills) {
        const auto proven =
            spool_.prove(document_id({shipment, "waybill", waybill.piece}), spool::Proof::scanned, now);
        if (!proven) log::error("spool: ", proven.error().detail);
        if (proven && proven.value()) report_job(*proven.value(), now);
    }
}

// Addressees stay no longer than limits::print_document_life, also on a station that is never switched off.
void PrintRoom::erase_expired(Instant now, Millis mono) {
    if (mono < erase_at_) return;
    erase_at_ = mono + erase_every;
    if (const auto erased = documents_.erase_expired(now); !erased)
        log::error("documents: ", erased.error().detail);
    if (const auto erased = spool_.erase_expired(now); !erased) log::error("spool: ", erased.error().detail);
}

Millis PrintRoom::step(Instant now, Millis mono) {
    erase_expired(now, mono);
    fetch_wanted(now, mono);
    run_labels(now, mono);
    run_slips(now, mono);
    is_woken_ = false;
    hand_over(now, mono);
    Millis next = wanted_.empty() ? while_idle : std::max(fetch_at_ - mono, Millis{0});
    for (const auto& stand : labels_) next = std::min(next, std::max(stand.next_at - mono, Millis{0}));
    if (slips_) next = std::min(next, std::max(slips_at_ - mono, Millis{0}));
    return std::max(next, Millis{10});
}

// One that the server does not give (withdrawn, not for this bench) does not stand in the way of the others;
// while the line is down none is asked for.
void PrintRoom::fetch_wanted(Instant now, Millis mono) {
    if (mono < fetch_at_ || !maker_.has_key()) {
        fetch_at_ = std::max(fetch_at_, maker_.has_key() ? fetch_at_ : mono + while_broken);
        return;
    }
    bool all_came = true;
    for (auto next = wanted_.begin(); next != wanted_.end();) {
        const auto fetched = fetch_one(next->first, next->second, now);
        if (fetched) {
            next = wanted_.erase(next);
            continue;
        }
        all_came = false;
        log::warn("print document of ", next->first.value, ": ", fetched.error().detail);
        if (fetched.error().kind == Error::Kind::unreachable) break;
        ++next;
    }
    fetch_pause_ = all_came ? Millis{0} : std::clamp(2 * fetch_pause_, Millis{1'000}, longest_fetch_pause);
    if (!all_came) fetch_at_ = mono + fetch_pause_;
}

Outcome PrintRoom::fetch_one(const ShipmentId& shipment, const Wanted& wanted, Instant now) {
    if (queue(shipment, wanted.papers, now)) return Done{};  // it lay ready
    auto sealed = fetch_(shipment);
    if (!sealed) return sealed.error();
    if (auto put = documents_.put(shipment, sealed.value(), now); !put) return put.error();
    if (!queue(shipment, wanted.papers, now)) return Error{Error::Kind::busy, "not usable"};
    return Done{};
}

bool PrintRoom::has_label_work(const PrinterId& printer) {
    const auto sent = spool_.in_state(printer, spool::JobState::sent);
    const auto queued = spool_.in_state(printer, spool::JobState::queued);
    return (sent && !sent.value().empty()) || (queued && !queued.value().empty());
}

void PrintRoom::run_labels(Instant now, Millis mono) {
    for (auto& stand : labels_)
        if (mono >= stand.next_at || is_woken_) run_label_printer(stand, now, mono);
}

void PrintRoom::run_label_printer(LabelStand& stand, Instant now, Millis mono) {
    const auto step = stand.desk.step(now);
    report_printer(stand.printer, step, now);
    report_all(step.changed, now);
    if (!cannot_print(step))
        stand.trouble_since.reset();
    else if (!stand.trouble_since)
        stand.trouble_since = mono;
    stand.next_at = mono + (step.error                      ? while_broken
                            : has_label_work(stand.printer) ? while_unproven
                                                            : while_idle);
}

// What waits for a printer that has been in trouble for a while goes to the one that can; what was begun
// stays.
void PrintRoom::hand_over(Instant now, Millis mono) {
    const auto well = std::find_if(labels_.begin(), labels_.end(),
                                   [](const LabelStand& stand) { return !stand.trouble_since; });
    if (well == labels_.end()) return;
    for (const auto& stand : labels_) {
        if (!stand.trouble_since || mono - *stand.trouble_since < stand_in_after) continue;
        const auto moved = spool_.hand_over(stand.printer, well->printer, now);
        if (!moved) return log::error("spool: ", moved.error().detail);
        if (moved.value() == 0) continue;
        log::warn("labels of ", stand.printer.value, " come out of ", well->printer.value, ": ",
                  moved.value());
        is_woken_ = true;
        well->next_at = mono;
    }
}

void PrintRoom::run_slips(Instant now, Millis mono) {
    if (!slips_ || (mono < slips_at_ && !is_woken_)) return;
    const auto step = slips_->step(now);
    if (step.error || !step.changed.empty()) report_printer(setup_.slip_printer, step, now);
    report_all(step.changed, now);
    slips_at_ = mono + (step.error ? while_broken : while_idle);
}

void PrintRoom::report_all(const std::vector<spool::Job>& jobs, Instant now) {
    for (const auto& job : jobs) report_job(job, now);
}

void PrintRoom::report_job(const spool::Job& job, Instant now) {
    const auto name = paper_name(job.document);
    if (!name || !is_told(job.state)) return;
    report_(flow::PaperReported{.paper = {.shipment = name->shipment,
                                          .piece = name->piece,
                                          .paper = name->paper,
                                          .copy = job.copy_no,
                                          .printer = job.printer,
                                          .state = spool::to_text(job.state),
                                          .tracking = {},
                                          .reason = job.reason},
                                .at = now});
}

void PrintRoom::report_printer(const PrinterId& printer, const spool::DeskStep& step, Instant now) {
    const std::string state = printer_word(step);
    auto& known = printer_states_[printer];
    if (known == state) return;
    known = state;
    if (step.error) log::warn("printer ", printer.value, ": ", step.error->detail);
    report_(flow::PrinterReported{printer, state, now});
}

}  // namespace kenpin::app
