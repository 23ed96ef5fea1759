#include "station/app/client.hpp"

#include <utility>

#include "station/flow/update.hpp"

namespace kenpin::app {
namespace {

// Only our own labels bear a number that the papers bring.
void prepare(Papers& papers, const domain::PackTask& task) {
    std::vector<TrackingNo> numbers;
    if (task.way == domain::WaybillWay::own_label)
        for (const auto& piece : task.pieces)
            if (piece.live) numbers.push_back(*piece.live);
    papers.prepare(task.shipment, numbers);
}

}  // namespace

Client::Client(Ports ports, Clocks clocks, flow::State state,
               const std::vector<protocol::ScanIdentity>& stored)
    : ports_(ports), clocks_(std::move(clocks)), state_(std::move(state)), seen_scans_(stored) {}

void Client::start() {
    for (const auto& pack : state_.packs)
        if (pack.doc.print_here && !pack.task.stopped) prepare(ports_.papers, pack.task);
    run(flow::effects_after_resume(state_));
}

void Client::take(const flow::Event& event) {
    waiting_.push_back(event);
    if (is_taking_) return;
    is_taking_ = true;
    while (!waiting_.empty()) {
        const flow::Event next = std::move(waiting_.front());
        waiting_.pop_front();
        update(next);
    }
    is_taking_ = false;
}

void Client::take(const ScanFromBridge& scan) {
    const auto seen = seen_scans_.look(scan.identity);
    if (seen == SeenScans::Seen::done) ports_.bridge.acknowledge(scan.identity);
    if (seen != SeenScans::Seen::never) return;
    seen_scans_.begin(scan.identity);
    in_hand_.emplace(++last_number_, scan.identity);
    take(flow::Scanned{.code = scan.code,
                       .scanner = scan.scanner,
                       .at = clocks_.business(),
                       .mono = scan.mono,
                       .bridge_no = last_number_});
}

void Client::was_drawn(const std::string& screen) {
    has_news_ = false;
    const Instant now = clocks_.business();
    for (const auto& shown : std::exchange(to_be_seen_, {})) ports_.witness.saw(shown, screen, now);
}

void Client::update(const flow::Event& event) {
    flow::Step step = flow::update(std::move(state_), event);
    state_ = std::move(step.state);
    if (!std::holds_alternative<flow::Tick>(event) || !step.effects.empty()) has_news_ = true;
    note_paper_work(event);
    run(step.effects);
}

void Client::note_paper_work(const flow::Event& event) {
    const auto* arrived = std::get_if<flow::DocumentsArrived>(&event);
    if (!arrived) return;
    for (const auto& pack : arrived->packs)
        if (pack.print_here && !pack.task.stopped) prepare(ports_.papers, pack.task);
    for (const auto& gone : arrived->gone) ports_.papers.erase(ShipmentId{gone}, PapersEnd::withdrawn);
}

void Client::run(const std::vector<flow::Effect>& effects) {
    for (const auto& effect : effects) std::visit([this](const auto& one) { run_one(one); }, effect);
}

std::optional<protocol::ScanIdentity> Client::identity(std::uint64_t number) const {
    const auto found = in_hand_.find(number);
    return found == in_hand_.end() ? std::nullopt : std::optional{found->second};
}

void Client::run_one(const flow::Commit& commit) {
    last_scanner_ = commit.scanner;
    ports_.storage.commit(commit, identity(commit.bridge_no));
}

void Client::run_one(const flow::Tone& tone) {
    ports_.speaker.play(tone.kind);
    const bool is_bad = tone.kind == flow::ToneKind::ng || tone.kind == flow::ToneKind::twice;
    if (!last_scanner_.empty())
        ports_.bridge.beep(is_bad ? protocol::Beep::bad : protocol::Beep::good, last_scanner_);
}

void Client::run_one(const flow::PrintPapers& wanted) {
    ports_.papers.print(wanted);
}

void Client::run_one(const flow::ErasePapers& wanted) {
    ports_.papers.erase(wanted.shipment, PapersEnd::closed);
}

void Client::run_one(const flow::WithdrawPapers& wanted) {
    ports_.papers.erase(wanted.shipment, PapersEnd::withdrawn);
}

void Client::run_one(const flow::AckBridgeScan& ack) {
    const auto scan = identity(ack.bridge_no);
    if (!scan) return;
    in_hand_.erase(ack.bridge_no);
    seen_scans_.finish(*scan);
    ports_.bridge.acknowledge(*scan);
}

void Client::run_one(const flow::LogShown& shown) {
    to_be_seen_.push_back(shown);
}

}  // namespace kenpin::app
