#pragma once
// What must hold on the floor whatever goes wrong (DOMAIN, invariants). Each broken one is told to the story
// in a sentence.
#include <string>

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
    void check_events();
    void check_closed_on_screens();
    void check_reports();
    void check_rebuild();

    World& world_;
    Story& story_;
};

/// Everything that the server knows, as one text.
std::string whole_server(sqlite::Database& database);

}  // namespace kenpin::sim
