#include "tests/sim/station_in_sim.hpp"

#include <algorithm>
#include <utility>

#include "core/base/check.hpp"
#include "core/base/overloaded.hpp"
#include "station/app/incoming.hpp"
#include "station/flow/fold.hpp"
#include "station/flow/prompt.hpp"

namespace kenpin::sim {
namespace {

constexpr Millis tick_every{1'000};
constexpr int disk_is_slow = 4;           // once in so many steps it answers nothing
constexpr int nobody_answers = 4;         // once in so many tries to connect
constexpr int ack_is_written = 5;         // once in so many steps
constexpr int checkpoint_every = 40;      // commits
constexpr int prune_comes = 500;          // once in so many steps
constexpr std::size_t newest_kept = 200;  // more than anybody does while a message is late
constexpr int few_operations = 25;        // the power goes within so many operations of the disk
constexpr Millis off_at_latest{3'000};
constexpr Millis full_least{500}, full_most{20'000};
constexpr Millis parted_least{1'000}, parted_most{30'000}, parted_long{120'000};
constexpr int parted_for_long = 8;            // once in so many
constexpr std::int64_t little_room = 20'000;  // bytes
constexpr Millis a_day{std::chrono::hours{24}};
constexpr Millis copy_youngest{1'000}, copy_oldest{60'000};

std::string role_name(flow::Role role) {
    return role == flow::Role::packer ? "packer" : "picker";
}

bool is_good(flow::ToneKind tone) {
    return tone != flow::ToneKind::ng && tone != flow::ToneKind::twice;
}

}  // namespace

StationInSim::StationInSim(Place place)
    : at_(std::move(place)),
      disk_(at_.chance.next()),
      papers_({at_.chance, at_.misfortune, at_.story,
               [this](const ShipmentId& shipment) -> Result<std::string> {
                   if (!at_.network.has_line(at_.id)) return Error{Error::Kind::unreachable, "no line"};
                   return at_.pull(shipment);
               },
               [this] { return client_->state().settings.document_key; },
               [this](const protocol::PaperPrinted& paper) {
                   client_->take(flow::PaperReported{paper, wall()});
               }}) {
    open_outbox();
    power_on();
}

void StationInSim::open_outbox() {
    const auto open = [this] {
        return sync::Outbox::open(
            {.path = disk_.path("outbox.db"),
             .device = at_.id,
             .newest_kept = newest_kept,
             .fresh_epoch = [this] { return Epoch{at_.chance.between(1, 1'000'000'000)}; }});
    };
    auto opened = open();
    if (!opened) opened = open();  // its disk failed once more: its program is started again
    KENPIN_CHECK(static_cast<bool>(opened));
    outbox_.emplace(std::move(opened).value());
}

// ---- power

void StationInSim::power_on() {
    const auto resume = outbox_->resume();
    KENPIN_CHECK(static_cast<bool>(resume));
    const auto& kept = resume.value();
    exchange_ = sync::start({at_.site, at_.id, role_name(at_.role), "sim"}, outbox_->known());
    exchange_.connect_at = mono();
    auto state = flow::resume(at_.role, app::documents_of(kept, {"sim", mono()}), kept.events, mono());
    client_ = std::make_unique<app::Client>(app::Ports{*this, papers_, *this, *this, *this},
                                            app::Clocks{[this] { return wall(); }, [this] { return mono(); }},
                                            std::move(state), kept.taken_scans);
    client_->start();
}

void StationInSim::turn_off() {
    at_.network.cut(at_.id);
    client_.reset();
    outbox_.reset();
    requests_.clear();
    answers_.clear();
    unwritten_acks_.clear();
    wants_line_ = commit_is_under_way_ = false;
    goes_off_.reset();
    cut_off_.clear();
}

void StationInSim::turn_disk(Off why) {
    papers_.lose_power();
    if (why == Off::program) return disk_.restart_program();
    ++bridge_run_;
    at_bridge_.clear();
    if (why == Off::power) {
        ++power_cuts_;
        return disk_.restart_power();
    }
    disk_.put_back(copy_->disk);
    papers_.put_back(copy_->papers);
    stopped_.clear();
    unanswered_ = copy_->unanswered;
}

void StationInSim::come_back(Off why) {
    at_.story.tell(at_.id.value, why == Off::program ? "its program dies and comes back"
                                 : why == Off::power ? "loses its power and has it again"
                                                     : "its disk is put back to a copy of " +
                                                           to_text(copy_->made).substr(11, 8));
    const auto before = flow::prompt(client_->state());
    const bool was_at_rest = requests_.empty() && answers_.empty() && !client_->state().pending &&
                             !client_->state().alarm && !client_->state().is_aside && unanswered_ == 0 &&
                             !is_cut_off(before) && why != Off::put_back;
    turn_off();
    turn_disk(why);
    open_outbox();
    check_outbox(why);
    if (why == Off::put_back) copy_.reset();
    power_on();
    const auto after = flow::prompt(client_->state());
    const bool is_of_a_list = before.ask == flow::Ask::list || before.ask == flow::Ask::no_list ||
                              before.ask == flow::Ask::lease_over;  // leases run out meanwhile
    const bool is_told_anew =  // that it was stopped: what was put aside lies there again
        after.ask == flow::Ask::lease_over || after.ask == flow::Ask::stopped;
    // That goods are missing was asked and not confirmed: nothing is recorded, he is asked for them again.
    const bool is_unsaid = before.ask == flow::Ask::short_pick && after.ask == flow::Ask::item &&
                           after.line == before.line && after.remaining >= before.remaining;
    if (was_at_rest && !is_of_a_list && !is_told_anew && !is_unsaid &&
        (after.ask != before.ask || after.line != before.line || after.remaining != before.remaining))
        at_.story.broken(at_.id.value + " does not stand where it stood before the power went: " +
                         std::string(flow::name(before.ask)) + ", now " + std::string(flow::name(after.ask)));
    papers_.report_all();
    bridge_sends_again();
}

// ---- what goes wrong

void StationInSim::let_things_go_wrong() {
    auto& bad = at_.misfortune;
    if (bad.strikes(Fault::line_cut)) lose_line();
    if (bad.strikes(Fault::scan_sent_again)) bridge_sends_again();
    if (bad.strikes(Fault::partition)) {
        auto& chance = bad.chance(Fault::partition);
        const int way = chance.below(4);  // as often both ways as one way
        const auto length =
            chance.between(parted_least, chance.one_in(parted_for_long) ? parted_long : parted_most);
        at_.story.tell(at_.id.value, "nothing passes ",
                       way == 0   ? "up"
                       : way == 1 ? "down"
                                  : "up or down",
                       " for ", std::to_string(length.count() / 1'000), " s");
        at_.network.part(at_.id, way != 1, way != 0, at_.now + length);
    }
    if (bad.strikes(Fault::clock_jumps)) {
        clock_is_off_ = bad.chance(Fault::clock_jumps).between(-a_day, a_day);
        at_.story.tell(at_.id.value, "its clock jumps, it is off by ",
                       std::to_string(clock_is_off_.count() / 60'000), " min");
    }
    let_disk_go_wrong();
    let_it_go_off();
}

void StationInSim::let_disk_go_wrong() {
    auto& bad = at_.misfortune;
    if (bad.strikes(Fault::disk_error))
        disk_.fail_at(disk_.operations() + bad.chance(Fault::disk_error).between(1, few_operations));
    if (bad.strikes(Fault::disk_full)) {
        auto& chance = bad.chance(Fault::disk_full);
        at_.story.tell(at_.id.value, "its disk is full");
        disk_.set_room(chance.below(little_room));
        disk_has_room_at_ = at_.now + chance.between(full_least, full_most);
    }
    if (bad.strikes(Fault::disk_put_back) && !copy_)
        copy_ = Copy{disk_.image(), papers_.kept(), unanswered_, at_.now,
                     at_.now + bad.chance(Fault::disk_put_back).between(copy_youngest, copy_oldest)};
}

void StationInSim::let_it_go_off() {
    auto& bad = at_.misfortune;
    for (const auto fault : {Fault::power_lost, Fault::program_died}) {
        if (!bad.strikes(fault) || goes_off_) continue;
        auto& chance = bad.chance(fault);
        goes_off_ = fault == Fault::power_lost ? Off::power : Off::program;
        goes_off_by_ = at_.now + chance.between(Millis{0}, off_at_latest);
        disk_.stop_at(disk_.operations() + chance.between(1, few_operations));
    }
}

void StationInSim::look_after_disk() {
    if (disk_has_room_at_ != Instant{} && at_.now >= disk_has_room_at_) {
        disk_.set_room(std::nullopt);
        disk_has_room_at_ = {};
    }
    if (commits_ >= checkpoint_every && outbox_->checkpoint()) commits_ = 0;
    if (at_.chance.one_in(prune_comes)) prune();
    if (goes_off_ && (disk_.is_stopped() || at_.now >= goes_off_by_)) {
        disk_.stop();
        come_back(*goes_off_);
    }
    if (copy_ && at_.now >= copy_->put_back_at) {
        disk_.stop();
        come_back(Off::put_back);
    }
}

void StationInSim::prune() {
    if (!outbox_->prune(wall())) return;  // then later
    ledger_.note_pruned(outbox_->known().lives);
    feed(sync::Pruned{outbox_->known().lives});
}

void StationInSim::calm() {
    if (goes_off_) come_back(*goes_off_);
    copy_.reset();
    disk_.fail_at(0);
    disk_.set_room(std::nullopt);
    disk_has_room_at_ = {};
    clock_is_off_ = Millis{0};
}

void StationInSim::lose_line() {
    at_.story.tell(at_.id.value, "its line is cut");
    at_.network.cut(at_.id);
    feed(sync::Disconnected{});
}

// ---- what happens to it

void StationInSim::step() {
    let_things_go_wrong();
    connect_if_wanted();
    serve_disk();
    if (!disk_.is_stopped()) tell();
    look_after_disk();
    tick();
    papers_.step();
    if (client_->has_news() && !at_.chance.one_in(3)) client_->was_drawn("sim");
}

void StationInSim::hear(const std::vector<Letter>& letters) {
    for (const auto& letter : letters) {
        const auto ack = read_ack(letter);
        if (ack) expect_of(*ack);
        feed(sync::Arrived{letter.topic, letter.payload});
        if (ack) check_heard();
    }
}

void StationInSim::scan(const std::string& bytes) {
    const protocol::ScanIdentity identity{protocol::BridgeRun{"run" + std::to_string(bridge_run_)},
                                          protocol::ScanSeq{++last_scan_}};
    at_bridge_[identity] = bytes;
    client_->take({identity, {bytes, domain::Symbology::unknown}, "bridge", mono()});
}

void StationInSim::bridge_sends_again() {
    const auto waiting = at_bridge_;  // taking one may acknowledge it
    for (const auto& [identity, bytes] : waiting)
        client_->take({identity, {bytes, domain::Symbology::unknown}, "bridge", mono()});
}

void StationInSim::connect_if_wanted() {
    if (!std::exchange(wants_line_, false)) return;
    if (at_.network.is_parted(at_.id)) return;  // nobody answers, not even a no
    if (at_.misfortune.is_possible(Fault::line_cut) && at_.chance.one_in(nobody_answers))
        return feed(sync::Disconnected{});
    at_.network.connect(at_.id);
    feed(sync::Connected{});
}

void StationInSim::tick() {
    if (const auto due = sync::wakes_at(exchange_); due && *due <= mono()) feed(sync::Tick{});
    if (mono() - ticked_ < tick_every) return;
    ticked_ = mono();
    client_->take(flow::Tick{mono()});
}

// ---- the exchange

void StationInSim::feed(const sync::Input& input) {
    auto step = sync::on(std::move(exchange_), input, {mono(), wall()});
    exchange_ = std::move(step.state);
    for (const auto& output : step.outputs) perform(output);
}

void StationInSim::perform(const sync::Output& output) {
    std::visit(
        Overloaded{[this](const sync::Connect&) {
                       at_.network.cut(at_.id);
                       wants_line_ = true;
                   },
                   [](const sync::Subscribe&) {},
                   [this](const sync::Publish& message) {
                       note_sent(message);
                       at_.network.send_up(at_.id, message.topic, message.payload);
                   },
                   [this](const sync::Deliver& command) {
                       answers_.emplace_back(
                           sync::Notice{sync::CommandCame{command.command, command.is_late, wall()}});
                   },
                   [this](const sync::Answered& answer) {
                       if (heard_) heard_->notes_to_pass = 0;
                       answers_.emplace_back(sync::Notice{sync::AnswersCame{answer.epoch, answer.notes}});
                   },
                   [this](const sync::Complain& complaint) { at_.story.tell(at_.id.value, complaint.what); },
                   [this](const sync::Show& show) {
                       answers_.emplace_back(sync::Notice{sync::LinkChanged{show.shown}});
                   },
                   [this](const auto& request) { requests_.emplace_back(request); }},
        output);
}

// ---- the disk, as station/sync's storage thread serves it

void StationInSim::commit(const flow::Commit& commit, const std::optional<protocol::ScanIdentity>& scan) {
    if (commit_is_under_way_) at_.story.broken(at_.id.value + " stores two records at once");
    commit_is_under_way_ = true;
    for (const auto& body : commit.bodies) {
        check_not_stopped(body);
        check_lease(body);
    }
    requests_.emplace_front(CommitAsked{commit, scan});
}

void StationInSim::serve_disk() {
    if (!unwritten_acks_.empty() && at_.chance.one_in(ack_is_written)) {
        const auto& [epoch, upto] = *unwritten_acks_.begin();
        if (outbox_->mark_acked(epoch, upto)) unwritten_acks_.erase(unwritten_acks_.begin());
    }
    if (at_.chance.one_in(disk_is_slow)) return;
    for (const auto& request : std::exchange(requests_, {}))
        std::visit([this](const auto& what) { serve(what); }, request);
}

void StationInSim::serve(const CommitAsked& asked) {
    std::vector<sync::NewEvent> events;
    for (const auto& body : asked.commit.bodies)
        events.push_back({asked.commit.at, asked.commit.worker, asked.commit.scanner, body});
    auto done = outbox_->commit(events, asked.scan);
    if (!done) unanswered_ += events.size();
    if (disk_.is_stopped() && !done) return;  // nobody lives to hear it
    if (!done) {
        at_.story.tell(at_.id.value, "its disk does not take it");
        answers_.emplace_back(sync::Notice{sync::CommitRefused{asked.commit.ticket, done.error()}});
        return;
    }
    ++commits_;
    unanswered_ = 0;  // its place in the log is taken
    cut_off_.clear();
    for (const auto& event : done.value())
        ledger_.note({event.epoch, event.seq}, protocol::body_to_json(event.body));
    answers_.emplace_back(sync::Notice{sync::EventsStored{asked.commit.ticket, done.value()}});
    answers_.emplace_back(sync::Input{sync::EventsCommitted{std::move(done).value()}});
}

void StationInSim::serve(const sync::ReadEvents& wanted) {
    auto events = outbox_->read(wanted.epoch, wanted.after, wanted.most);
    if (events)
        answers_.emplace_back(
            sync::Input{sync::EventsRead{wanted.epoch, wanted.after, std::move(events).value()}});
}

void StationInSim::serve(const sync::StoreDocuments& documents) {
    note_leases(documents);
    auto taken = outbox_->store(documents, {"sim", mono()});
    if (!taken) {  // the next hello asks again
        for (const auto& doc : documents.lists) cut_off_.insert(doc.task.list.value);
        for (const auto& doc : documents.packs) cut_off_.insert(doc.task.shipment.value);
        cut_off_.insert(documents.gone.begin(), documents.gone.end());
        return;
    }
    cut_off_.clear();  // its place in the log is taken
    answers_.emplace_back(sync::Input{sync::DocumentsHeld{outbox_->known().lists, outbox_->known().packs}});
    answers_.emplace_back(sync::Notice{sync::DocumentsStored{std::move(taken).value(), wall()}});
}

void StationInSim::serve(const sync::ApplySettings& given) {
    const auto changed = outbox_->store(given.settings, given.server);
    if (changed && changed.value()) answers_.emplace_back(sync::Notice{sync::SettingsStored{given.settings}});
}

void StationInSim::serve(const sync::MarkKept& mark) {
    (void)outbox_->mark_kept(mark.epoch,
                             mark.upto);  // a disk that is full now: the next snapshot says it again
}

void StationInSim::tell() {
    while (!answers_.empty() && !at_.chance.one_in(disk_is_slow)) {
        const auto answer = std::move(answers_.front());
        answers_.pop_front();
        if (const auto* input = std::get_if<sync::Input>(&answer)) {
            feed(*input);
            continue;
        }
        const auto& notice = std::get<sync::Notice>(answer);
        is_durable_ = std::holds_alternative<sync::EventsStored>(notice);
        if (is_durable_ || std::holds_alternative<sync::CommitRefused>(notice)) commit_is_under_way_ = false;
        if (const auto* stored = std::get_if<sync::DocumentsStored>(&notice)) note_told(stored->documents);
        for (const auto& event : app::to_flow(notice, mono())) client_->take(event);
        is_durable_ = false;
    }
}

// ---- what a worker hears and sees

void StationInSim::play(flow::ToneKind tone) {
    if (is_good(tone) && !is_durable_)
        at_.story.broken(at_.id.value + " sounded OK before the record was durable");
}

void StationInSim::saw(const flow::LogShown& shown, const std::string&, Instant) {
    if (shown.what == flow::LogShown::What::prompt) return;
    const bool is_green = shown.what == flow::LogShown::What::green;
    verdicts_.push_back({is_green, shown.text});
    at_.story.tell(at_.id.value, is_green ? "green " : "NG ", shown.text, " ", shown.read);
    if (!is_green) return;
    for (const auto& event : shown.events) {
        if (!is_safe(event)) at_.story.broken(at_.id.value + " showed green what is not safe on its disk");
        if (const auto* closed = std::get_if<protocol::PieceClosed>(&event.body))
            closed_.emplace(Ledger::Name{event.epoch, event.seq}, *closed);
    }
}

bool StationInSim::is_safe(const protocol::Event& event) const {
    return ledger_.holds({event.epoch, event.seq}, protocol::body_to_json(event.body));
}

bool StationInSim::is_settled() const {
    return requests_.empty() && answers_.empty() && !client_->state().pending &&
           exchange_.shown.link == sync::Link::online && exchange_.shown.waiting == 0 && at_bridge_.empty();
}

}  // namespace kenpin::sim
