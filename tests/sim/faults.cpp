#include "tests/sim/faults.hpp"

namespace kenpin::sim {
namespace {

struct Row {
    std::string_view name;
    int once_in;  // on a bad day
};

// In the order of the enumeration.
// clang-format off
constexpr std::array<Row, fault_kinds> table{{
    {"message_lost", 15},
    {"message_repeated", 15},
    {"message_late", 10},
    {"line_cut", 900},
    {"partition", 1'600},
    {"power_lost", 1'100},
    {"program_died", 1'800},
    {"disk_full", 1'500},
    {"disk_error", 600},
    {"clock_jumps", 4'000},
    {"scan_sent_again", 150},
    {"disk_put_back", 5'000},
    {"broker_restarted", 900},
    {"server_power_lost", 600},
    {"server_program_died", 1'200},
    {"server_disk_full", 800},
    {"server_disk_error", 150},
    {"server_clock_jumps", 3'000},
    {"label_lost", 6},
    {"shop_deaf", 4},
    {"scan_wrong", 12},
    {"worker_leaves", 150},
    {"list_revoked", 700},
    {"order_cancelled", 400},
    {"list_taken_over", 25},
    {"goods_missing", 60},
    {"shelf_counted", 500},
    {"order_changed", 300},
}};
// clang-format on

}  // namespace

std::string_view name(Fault fault) {
    return table[static_cast<std::size_t>(fault)].name;
}

Odds nothing_goes_wrong() {
    return {};
}

Odds a_bad_day() {
    Odds odds{};
    for (std::size_t i = 0; i < fault_kinds; ++i) odds[i] = table[i].once_in;
    return odds;
}

Misfortune::Misfortune(std::uint64_t seed, std::set<Fault> spared_kinds, std::set<Blow> spared)
    : spared_kinds_(std::move(spared_kinds)), spared_(std::move(spared)) {
    Chance seeds(seed);
    for (std::size_t i = 0; i < fault_kinds; ++i) streams_.emplace_back(seeds.next());
}

bool Misfortune::strikes(Fault fault) {
    const auto kind = static_cast<std::size_t>(fault);
    if (!streams_[kind].one_in(odds_[kind])) return false;
    const Blow blow{fault, ++drawn_[kind]};
    if (spared_kinds_.contains(fault) || spared_.contains(blow)) return false;
    fallen_.push_back(blow);
    return true;
}

}  // namespace kenpin::sim
