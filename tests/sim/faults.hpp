#pragma once
// Everything that may go wrong in a simulated world. Each kind of fault has a chance of its own, drawn from a
// stream of its own: so a fault can be left out of a day (to find out which ones were needed to break
// something) and the others still strike where they did.
#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/sim/chance.hpp"

namespace kenpin::sim {

enum class Fault {
    // of messages
    message_lost,
    message_repeated,
    message_late,  // overtaken by others, up to a minute
    // of steps, for each station
    line_cut,
    partition,  // nothing passes, up, down or both ways, for seconds or minutes; nobody is told
    power_lost,
    program_died,
    disk_full,  // for seconds
    disk_error,
    clock_jumps,      // its wall clock, up to a day
    scan_sent_again,  // its bridge sends what is not acknowledged
    disk_put_back,    // to an older copy, after a while in which it went on
    // of steps
    broker_restarted,
    server_power_lost,
    server_program_died,
    server_disk_full,
    server_disk_error,
    server_clock_jumps,
    // of what they name
    label_lost,  // nobody knows whether it came out
    shop_deaf,   // the shop answers an error
    scan_wrong,
    worker_leaves,  // he comes back after minutes
    // of steps, for the floor
    list_revoked,     // a supervisor takes it from whoever has it
    order_cancelled,  // mostly one that is in work
    // of a picker without a list
    list_taken_over,  // with the badge of whoever walks it
    // of a picker who is asked for goods
    goods_missing,  // the rest of the line is not on its shelf
    // of steps, for the floor
    shelf_counted,  // a supervisor frees a shelf that was short
    order_changed,  // its shop wants other lines, mostly of one that has not left
    count
};
inline constexpr std::size_t fault_kinds = static_cast<std::size_t>(Fault::count);

/// "power_lost" …, as on the command line and in stories.
std::string_view name(Fault fault);

/// Once in so many chances; 0: never.
using Odds = std::array<int, fault_kinds>;
Odds nothing_goes_wrong();
Odds a_bad_day();

/// One fault that struck: the nth of its kind, from 1.
using Blow = std::pair<Fault, int>;

class Misfortune {
public:
    /// `spared`: blows that do not fall in this run; `spared_kinds`: whole kinds.
    Misfortune(std::uint64_t seed, std::set<Fault> spared_kinds, std::set<Blow> spared);

    void set(const Odds& odds) { odds_ = odds; }
    bool strikes(Fault fault);
    /// For how long, how far, which: from the fault's own stream.
    Chance& chance(Fault fault) { return streams_[static_cast<std::size_t>(fault)]; }
    bool is_possible(Fault fault) const { return odds_[static_cast<std::size_t>(fault)] > 0; }

    const std::vector<Blow>& fallen() const { return fallen_; }

private:
    Odds odds_ = nothing_goes_wrong();
    std::vector<Chance> streams_;
    std::set<Fault> spared_kinds_;
    std::set<Blow> spared_;
    std::array<int, fault_kinds> drawn_{};
    std::vector<Blow> fallen_;
};

}  // namespace kenpin::sim
