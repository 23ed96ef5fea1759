#include "tests/sim/world.hpp"

#include <algorithm>
#include <utility>

#include "server/store/floor.hpp"
#include "server/store/shipments.hpp"
#include "tests/sim/invariants.hpp"

namespace kenpin::sim {
namespace {

constexpr Millis step_least{20}, step_most{120};
constexpr int order_comes = 25;  // once in so many steps
constexpr int work_starts = 250;
constexpr int server_ticks = 8;
constexpr int server_is_busy = 2;       // once in so many steps it looks for messages
constexpr int changes_per_check = 100;  // of everything that the server knows
constexpr int steps_between_words = 700;
constexpr int steps_between_counts = 200;
constexpr Millis empty_within{60'000};  // outboxes, after the last fault

Instant morning() {
    return *parse_instant("2026-11-24T08:00:00+09:00");
}

}  // namespace

World::World(std::uint64_t seed, const Limits& limits)
    : seed_(seed),
      limits_(limits),
      chance_(seed),
      misfortune_(chance_.next(), limits.spared_kinds, limits.spared),
      now_(morning()),
      story_(now_, limits.story_lines),
      goods_(Goods::made_up(chance_)),
      things_{goods_, 0, {}, {}, {}},
      network_(now_, chance_, misfortune_, story_),
      server_(now_, chance_, misfortune_, story_) {
    if (!limits.letters_file.empty()) {
        letters_.open(limits.letters_file, std::ios::app);
        network_.tell_letters_to(letters_);
    }
    server_.import(goods_);
    const auto add = [&](const DeviceId& id, flow::Role role) {
        stations_.push_back(std::make_unique<StationInSim>(StationInSim::Place{
            site, id, role, now_, chance_, misfortune_, network_, story_,
            [this, id](const ShipmentId& shipment) { return server_.print_document(id, shipment); },
            [this, id](Epoch epoch) { return server_.upto(id, epoch); }}));
    };
    for (const auto& id : goods_.pickers) add(id, flow::Role::picker);
    for (const auto& id : goods_.packers) add(id, flow::Role::packer);
    for (auto& station : stations_) workers_.emplace_back(*station, things_, chance_, misfortune_, story_);
}

Outcome World::run() {
    Invariants invariants(*this);
    misfortune_.set(a_bad_day());
    for (; steps_ < limits_.bad_steps + limits_.calm_steps && story_.broken().empty(); ++steps_) {
        if (steps_ == limits_.bad_steps) calm_down();
        step();
        if (steps_ > limits_.bad_steps && is_done()) break;
    }
    if (story_.broken().empty())
        if (const auto left = undone(); !left.empty())
            story_.broken("half an hour after the last fault " + left);
    if (story_.broken().empty()) invariants.check_rest();
    return outcome();
}

void World::step() {
    Invariants invariants(*this);
    now_ += chance_.between(step_least, step_most);
    server_changed_ = false;
    let_orders_come();
    let_things_go_wrong();
    server_hears();
    if (steps_ % server_ticks == 0) server_.tick();
    if (letters_.is_open() && !is_revoked_)
        is_revoked_ = server_.revoke_a_leased_list(chance_);  // so that it is said
    if (steps_ < limits_.bad_steps && steps_ % steps_between_words == 0) server_.say_something();
    server_publishes();
    for (std::size_t i = 0; i < stations_.size(); ++i) {
        stations_[i]->hear(network_.take_down(stations_[i]->id()));
        stations_[i]->step();
        workers_[i].step();
    }
    invariants.check_stations();
    check_outboxes_are_empty();
    if (server_changed_ && ++changes_unseen_ >= changes_per_check) {
        changes_unseen_ = 0;
        invariants.check_server();
    }
}

void World::calm_down() {
    story_.tell("everybody", "from here on nothing goes wrong");
    misfortune_.set(nothing_goes_wrong());
    network_.heal();
    server_.calm();
    for (auto& station : stations_) {
        station->calm();
        owed_[station->id()] = station->known().lives;
    }
    calm_since_ = now_;
    all_is_started_ = false;  // while the server's clock stood on the day before, nothing was due
}

void World::check_outboxes_are_empty() {
    if (owed_.empty() || now_ < calm_since_ + empty_within) return;
    for (const auto& [device, lives] : owed_)
        for (const auto& life : lives)
            if (server_.upto(device, life.epoch) < life.last_seq)
                story_.broken(device.value +
                              " has events that the server does not have a minute after the last fault");
    owed_.clear();
}

void World::let_orders_come() {
    const bool is_late = steps_ >= limits_.bad_steps * 3 / 4;
    const bool some_wait = orders_come_ < goods_.orders.size();
    if (some_wait && (is_late || chance_.one_in(order_comes))) {
        server_changed_ = true;
        const bool is_taken = server_.take_order(goods_.orders[orders_come_]);
        if (is_taken && !chance_.one_in(8))
            ++orders_come_;  // sometimes the shop did not hear it and sends it again
    }
    const bool is_last = is_late && !some_wait;
    // The carrier's software prints for what the shop knows.
    if (asked_for_ || all_is_started_ || (!is_last && !chance_.one_in(work_starts))) return;
    server_changed_ = true;
    const bool is_started =
        server_.take_return_file(goods_.return_file(orders_come_)) && server_.start_work();
    all_is_started_ = is_started && is_last;
    note_lying_waybills();
}

void World::note_lying_waybills() {
    (void)server_.database().read(
        [&](sqlite::Tx& tx) -> kenpin::Outcome {  // what cannot be read is not there
            for (const auto& order : goods_.orders) {
                if (order.lying_waybill.value.empty()) continue;
                for (const auto& shipment : store::shipments_of_order(tx, site, order.id())) {
                    const bool is_new =
                        things_.lying_waybills.try_emplace(shipment, order.lying_waybill).second;
                    if (is_new && !order.former_waybills.empty())
                        things_.void_waybills[shipment] = order.former_waybills;
                }
            }
            return Done{};
        });
}

void World::let_things_go_wrong() {
    if (server_.let_things_go_wrong()) {
        network_.lose_up();
        server_changed_ = true;
    }
    if (misfortune_.strikes(Fault::broker_restarted)) {
        story_.tell("broker", "is restarted");
        network_.lose_everything();
        for (auto& station : stations_) station->lose_line();
    }
    let_people_interfere();
}

void World::let_people_interfere() {
    if (misfortune_.strikes(Fault::list_revoked) &&
        server_.revoke_a_leased_list(misfortune_.chance(Fault::list_revoked)))
        server_changed_ = true;
    if (misfortune_.strikes(Fault::order_cancelled)) {
        server_.cancel_an_order(misfortune_.chance(Fault::order_cancelled));
        server_changed_ = true;
    }
    if (misfortune_.strikes(Fault::order_changed) && !asked_for_) let_shop_change_an_order();
    if (asked_for_) ask_for_change();
    if (misfortune_.strikes(Fault::shelf_counted)) {
        server_.free_a_shelf(misfortune_.chance(Fault::shelf_counted));
        server_changed_ = true;
    }
    // After the bad day somebody counts them all: other shipments need not wait for them.
    if (steps_ > limits_.bad_steps && steps_ % steps_between_counts == 0) server_.free_all_shelves();
}

void World::let_shop_change_an_order() {
    auto& chance = misfortune_.chance(Fault::order_changed);
    const auto order = server_.an_order_to_change(chance);
    if (!order) return;
    const auto found = std::find_if(goods_.orders.begin(), goods_.orders.end(),
                                    [&](const auto& each) { return each.id() == *order; });
    asked_for_ =
        Change{static_cast<std::size_t>(found - goods_.orders.begin()), goods_.said_anew(*found, chance)};
}

// Until there is an answer; it may stand already when the answer was lost with the server.
void World::ask_for_change() {
    const auto answer = server_.change_order(asked_for_->wanted);
    if (!answer) return;
    server_changed_ = true;
    auto [nth, wanted] = *std::exchange(asked_for_, std::nullopt);
    if (*answer == "too_late") return;
    if (*answer != "unchanged" || server_.is_void(wanted.lying_waybill)) goods_.issue_anew(wanted);
    goods_.orders[nth] = std::move(wanted);
}

void World::server_hears() {
    if (!chance_.one_in(server_is_busy)) return;
    const auto letters = network_.take_up();
    if (letters.empty()) return;
    server_changed_ = true;
    server_.hear(letters);
}

void World::server_publishes() {
    Invariants invariants(*this);
    for (auto& letter : server_.take_letters()) {
        invariants.check_letter(letter);
        network_.send_down(letter.device, std::move(letter.topic), std::move(letter.payload));
    }
}

// What still has to be done, in the floor's words; empty: nothing.
std::string World::undone() {
    if (asked_for_) return asked_for_->wanted.number + " is to be changed and nobody answered";
    if (!all_is_started_) return "not every order's work is started";
    for (const auto& station : stations_)
        if (!station->is_settled()) return station->id().value + " has something under way";
    const auto left = server_.database().read([&](sqlite::Tx& tx) -> Result<std::string> {
        for (const auto& list : store::unfinished_lists(tx, site))
            return "list " + list.list.value + " is not finished, it is with " +
                   (list.leased_to ? list.leased_to->value : "nobody");
        // One row is enough, and this is asked often.
        for (const auto& [shipment, work] : tx.rows<ShipmentId, std::string>(
                 "SELECT shipment, work FROM shipment WHERE site = ? AND stock = 'allocated' AND work <> "
                 "'cancelled' AND (work <> "
                 "'shipped'"
                 " OR NOT EXISTS (SELECT 1 FROM report WHERE report.site = shipment.site"
                 " AND report.shipment = shipment.shipment AND report.state = 'accepted')) LIMIT 1",
                 site)) {
            // A cancelled order gave it its goods after the last start: somebody starts again.
            if (work == "waiting") all_is_started_ = false;
            return shipment.value +
                   (work == "shipped" ? "'s shop does not know that it left" : " has not left");
        }
        return std::string{};
    });
    return left ? left.value() : "the server cannot be read";
}

bool World::is_done() {
    return steps_ % server_ticks == 0 && undone().empty();
}

Outcome World::outcome() {
    Outcome out;
    out.seed = seed_;
    out.broken = story_.broken();
    out.story = story_.lines();
    out.steps = steps_;
    out.blows = misfortune_.fallen();
    out.power_cuts = server_.power_cuts();
    for (const auto& station : stations_) {
        out.power_cuts += station->power_cuts();
        out.lost_with_disks += station->ledger().excused();
    }
    for (const auto& worker : workers_) {
        out.tally.scans += worker.tally().scans;
        out.tally.wrong += worker.tally().wrong;
        out.tally.green += worker.tally().green;
        out.tally.refused += worker.tally().refused;
    }
    (void)server_.database().read([&](sqlite::Tx& tx) -> kenpin::Outcome {  // figures only
        out.events = tx.value<std::int64_t>("SELECT count(*) FROM event WHERE site = ?", site).value_or(0);
        out.evidence = tx.value<int>("SELECT count(*) FROM evidence WHERE site = ?", site).value_or(0);
        out.shortages =
            tx.value<int>("SELECT count(*) FROM pick_line WHERE site = ? AND missing > 0", site).value_or(0);
        for (const auto& row : store::shipment_rows(tx, site, {.shop = {}, .after = {}, .limit = 1'000}))
            out.shipped += row.states.work == domain::WorkState::shipped ? 1 : 0;
        return Done{};
    });
    return out;
}

Outcome run(std::uint64_t seed, const Limits& limits) {
    return World(seed, limits).run();
}

std::string to_text(const Outcome& outcome) {
    std::string text =
        "seed " + std::to_string(outcome.seed) + ", after " + std::to_string(outcome.steps) + " steps:\n";
    for (const auto& broken : outcome.broken) text += "  BROKEN: " + broken + "\n";
    std::map<Fault, int> fallen;
    text += "what went wrong (" + std::to_string(outcome.blows.size()) + "):";
    for (const auto& [fault, nth] : outcome.blows) ++fallen[fault];
    for (const auto& [fault, times] : fallen)
        text += " " + std::string(name(fault)) + " x" + std::to_string(times);
    text += "\nthe last lines of its story:\n";
    for (const auto& line : outcome.story) text += "  " + line + "\n";
    return text;
}

}  // namespace kenpin::sim
