#include "tests/sim/world.hpp"

#include <algorithm>
#include <utility>

#include "server/store/floor.hpp"
#include "server/store/shipments.hpp"
#include "tests/sim/invariants.hpp"

namespace kenpin::sim {
namespace {

constexpr Millis step_least{20}, step_most{120};
constexpr int order_comes = 30;  // once in so many steps
constexpr int work_starts = 60;
constexpr int crash_not_cut = 2;  // once in so many losses of power only the program dies

Instant morning() {
    return *parse_instant("2026-11-24T08:00:00+09:00");
}

}  // namespace

World::World(std::uint64_t seed, const Limits& limits)
    : seed_(seed),
      limits_(limits),
      chance_(seed),
      now_(morning()),
      story_(now_, limits.story_lines),
      goods_(Goods::made_up(chance_)),
      things_{goods_, 0, {}},
      network_(now_, chance_, faults_, story_),
      server_(now_, chance_, faults_, story_) {
    server_.import(goods_);
    const auto add = [&](const DeviceId& id, flow::Role role) {
        stations_.push_back(std::make_unique<StationInSim>(StationInSim::Place{
            site, id, role, now_, chance_, faults_, network_, story_,
            [this, id](const ShipmentId& shipment) { return server_.print_document(id, shipment); }}));
    };
    for (const auto& id : picker_ids) add(id, flow::Role::picker);
    add(packer_id, flow::Role::packer);
    for (auto& station : stations_) workers_.emplace_back(*station, things_, chance_, story_);
}

Outcome World::run() {
    Invariants invariants(*this);
    faults_ = a_bad_day();
    for (; steps_ < limits_.bad_steps + limits_.calm_steps && story_.broken().empty(); ++steps_) {
        if (steps_ == limits_.bad_steps) {
            story_.tell("everybody", "from here on nothing goes wrong");
            faults_ = no_faults();
        }
        step();
        if (steps_ > limits_.bad_steps && is_done()) break;
    }
    if (story_.broken().empty() && !is_done())
        story_.broken("not everything was done " + std::to_string(limits_.calm_steps) +
                      " steps after the last fault");
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
    server_.tick();
    server_publishes();
    for (std::size_t i = 0; i < stations_.size(); ++i) {
        stations_[i]->hear(network_.take_down(stations_[i]->id()));
        stations_[i]->step();
        workers_[i].step(faults_);
    }
    invariants.check_stations();
    if (server_changed_) invariants.check_server();
}

void World::let_orders_come() {
    const bool is_late = steps_ >= limits_.bad_steps / 2;
    if (orders_come_ < goods_.orders.size()) {
        if (!is_late && !chance_.one_in(order_comes)) return;
        server_changed_ = true;
        const bool is_taken = server_.take_order(goods_.orders[orders_come_]);
        if (is_taken && !chance_.one_in(4))
            ++orders_come_;  // sometimes the shop did not hear it and sends it again
        return;
    }
    if (all_is_started_ || (!is_late && !chance_.one_in(work_starts))) return;
    server_changed_ = true;
    all_is_started_ = server_.take_return_file(goods_.return_file(orders_come_)) && server_.start_work();
    note_lying_waybills();
}

void World::note_lying_waybills() {
    (void)server_.database().read(
        [&](sqlite::Tx& tx) -> kenpin::Outcome {  // what cannot be read is not there
            for (const auto& order : goods_.orders)
                if (!order.lying_waybill.value.empty())
                    for (const auto& shipment :
                         store::shipments_of_order(tx, site, OrderId{order.shop.value + ":" + order.number}))
                        things_.lying_waybills[shipment] = order.lying_waybill;
            return Done{};
        });
}

void World::let_things_go_wrong() {
    if (chance_.one_in(faults_.server_restarted)) {
        network_.lose_up();
        server_.restart();
        server_changed_ = true;
    }
    for (auto& station : stations_) {
        if (chance_.one_in(faults_.line_cut)) station->lose_line();
        if (chance_.one_in(faults_.power_lost)) station->lose_power(chance_.one_in(crash_not_cut));
        if (chance_.one_in(faults_.scan_sent_again)) station->bridge_sends_again();
    }
}

void World::server_hears() {
    std::vector<Letter> fresh;  // heard in one transaction
    for (const auto& letter : network_.take_up()) {
        server_changed_ = true;
        if (!server_.knows(letter)) {
            fresh.push_back(letter);
            continue;
        }
        server_.hear(std::exchange(fresh, {}));
        const auto before = whole_server(server_.database());
        server_.hear({letter});
        if (whole_server(server_.database()) != before)
            story_.broken("a message of " + letter.device.value + " that was heard before changed something");
    }
    server_.hear(std::exchange(fresh, {}));
}

void World::server_publishes() {
    Invariants invariants(*this);
    for (auto& letter : server_.take_letters()) {
        invariants.check_letter(letter);
        network_.send_down(letter.device, std::move(letter.topic), std::move(letter.payload));
    }
}

bool World::is_done() {
    if (!all_is_started_) return false;
    const auto settled = [](const auto& station) { return station->is_settled(); };
    if (!std::all_of(stations_.begin(), stations_.end(), settled)) return false;
    const auto all_left = server_.database().read([&](sqlite::Tx& tx) -> Result<bool> {
        for (const auto& row : store::shipment_rows(tx, site, {.shop = {}, .after = {}, .limit = 1'000})) {
            const bool could_start = row.states.stock == domain::StockState::allocated;
            const bool has_left = row.states.work == domain::WorkState::shipped && row.report == "accepted";
            if (could_start && !has_left) return false;
        }
        return store::unfinished_lists(tx, site).empty();
    });
    return all_left && all_left.value();
}

Outcome World::outcome() {
    Outcome out;
    out.seed = seed_;
    out.broken = story_.broken();
    out.story = story_.lines();
    out.steps = steps_;
    for (const auto& worker : workers_) {
        out.tally.scans += worker.tally().scans;
        out.tally.wrong += worker.tally().wrong;
        out.tally.green += worker.tally().green;
        out.tally.refused += worker.tally().refused;
    }
    (void)server_.database().read([&](sqlite::Tx& tx) -> kenpin::Outcome {  // figures only
        out.events = tx.value<std::int64_t>("SELECT count(*) FROM event WHERE site = ?", site).value_or(0);
        out.evidence = tx.value<int>("SELECT count(*) FROM evidence WHERE site = ?", site).value_or(0);
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
    text += "the last lines of its story:\n";
    for (const auto& line : outcome.story) text += "  " + line + "\n";
    return text;
}

}  // namespace kenpin::sim
