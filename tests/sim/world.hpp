#pragma once
// A whole floor in one thread, from one seed: server, three to twenty stations, their workers, the network
// between, and everything that may go wrong. First a bad day; then all faults stop and the floor must come to
// rest by itself, with everything that was due on its way.
#include <cstdint>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/sim/server_in_sim.hpp"
#include "tests/sim/station_in_sim.hpp"
#include "tests/sim/worker.hpp"

namespace kenpin::sim {

struct Limits {
    int bad_steps = 2'200;
    int calm_steps = 30'000;      // within these everything must be done
    std::size_t story_lines = 0;  // kept
    std::set<Fault> spared_kinds{};
    std::set<Blow> spared{};
    std::string letters_file{};  // all messages are written there; empty: nowhere
};

struct Outcome {
    std::uint64_t seed = 0;
    std::vector<std::string> broken;  // empty: all invariants held
    std::vector<std::string> story;   // the last lines
    std::vector<Blow> blows;          // what went wrong
    Tally tally;
    int steps = 0, shipped = 0, evidence = 0, power_cuts = 0;
    int shortages = 0;        // counted by the server
    int lost_with_disks = 0;  // records that were on a disk that was put back, and nowhere else
    std::int64_t events = 0;
};

class World {
public:
    explicit World(std::uint64_t seed, const Limits& limits = {});
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    /// Until everything is done, or an invariant broke.
    Outcome run();

private:
    friend class Invariants;
    void step();
    void let_orders_come();
    void let_things_go_wrong();
    void let_people_interfere();
    void let_shop_change_an_order();
    void ask_for_change();
    void calm_down();
    void check_outboxes_are_empty();
    void server_hears();
    void server_publishes();
    void note_lying_waybills();
    std::string undone();
    bool is_done();
    Outcome outcome();

    const std::uint64_t seed_;
    const Limits limits_;
    Chance chance_;
    Misfortune misfortune_;
    Instant now_;
    Story story_;
    Goods goods_;
    Things things_;
    std::ofstream letters_;
    Network network_;
    ServerInSim server_;
    std::vector<std::unique_ptr<StationInSim>> stations_;
    std::vector<Worker> workers_;

    int steps_ = 0;
    std::size_t orders_come_ = 0;
    struct Change {
        std::size_t order;  // of goods_.orders
        OrderToCome wanted;
    };
    std::optional<Change> asked_for_;  // and not answered yet
    bool all_is_started_ = false;
    bool is_revoked_ = false;  // only where letters are listened to
    bool server_changed_ = false;
    int changes_unseen_ = 0;  // steps that changed the server since all of it was checked
    Instant calm_since_{};
    std::map<DeviceId, std::vector<protocol::Life>> owed_;  // of each station when the last fault ended
};

Outcome run(std::uint64_t seed, const Limits& limits = {});
/// What a failing seed leaves to read.
std::string to_text(const Outcome& outcome);

}  // namespace kenpin::sim
