#pragma once
// What must hold on the floor whatever goes wrong (DOMAIN, invariants). Each broken one is told to the story
// in a sentence.
//
//   check_events, StationInSim::saw     a green light is on the server exactly once
//   check_effects, check_rebuild        nothing is applied twice, and nothing not at all
//   check_stock                         goods are conserved, never below nothing
//   check_closed_pieces, check_labels   what left holds exactly its lines, under its own label
//   check_closed_on_screens             so did every screen
//   check_reports                       its shop heard it once
//   PapersInSim                         a copy of a paper has one job
//   check_leases                        a list is with one device at a time
//   check_shortages                     what is short waits for its shop, its shelf is given out to nobody
//   check_wanted                        what left is what its shop wanted last, once
//   check_void_waybills                 waybills of what will not leave are void and wait to be pulled out
//   check_cancelled, StationInSim       what was cancelled does not leave, and nobody who knows goes on with
//   it check_rest                          the chain over the events is whole World::check_outboxes_are_empty
//   outboxes are empty a minute after the last fault check_letter, check_stations        nothing is
//   acknowledged that is not durable check_evidence                      a green light goes back only for
//   what the device could not know StationInSim::come_back             a worker stands where he stood
#include <string>
#include <vector>

#include "tests/sim/world.hpp"

namespace kenpin::sim {

class Invariants {
public:
    explicit Invariants(World& world) : world_(world), story_(world.story_) {}

    /// After every step.
    void check_stations();
    /// After every step in which the server heard or did something.
    void check_server();
    /// Before a letter of the server goes out: it acknowledges nothing that is not durable.
    void check_letter(const Letter& letter);
    /// When everything is done and quiet.
    void check_rest();

private:
    void check_stock(sqlite::Tx& tx);
    void check_closed_pieces(sqlite::Tx& tx);
    void check_labels(sqlite::Tx& tx);
    void check_evidence(sqlite::Tx& tx);
    void check_leases(sqlite::Tx& tx);
    void check_cancelled(sqlite::Tx& tx);
    void check_shortages(sqlite::Tx& tx);
    void check_wanted(sqlite::Tx& tx);
    void check_void_waybills(sqlite::Tx& tx);
    void check_effects(sqlite::Tx& tx);
    void check_events();
    void check_closed_on_screens();
    void check_reports();
    void check_rebuild();
    struct Late {  // on the server; its station does not know of it any more
        DeviceId device;
        std::int64_t position;
        protocol::Body body;
    };
    std::vector<Late> of_lost_disks(sqlite::Tx& tx) const;
    const StationInSim& station_of(const DeviceId& device) const;

    World& world_;
    Story& story_;
};

/// Everything that the server knows, as one text.
std::string whole_server(sqlite::Database& database);

}  // namespace kenpin::sim
