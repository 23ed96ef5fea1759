#pragma once
// The server's heart in a simulated world: server/app's Floor with made time, a database whose disk may fail,
// a shop that may be deaf. A restart keeps the database and nothing else. (Stations and server share the
// namespace kenpin::app; so the server's headers stay behind this one.)
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "adaptors/sqlite/database.hpp"
#include "core/base/ids.hpp"
#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "tests/sim/chance.hpp"
#include "tests/sim/faults.hpp"
#include "tests/sim/goods.hpp"
#include "tests/sim/network.hpp"
#include "tests/sim/story.hpp"

namespace kenpin::sim {

inline const SiteId site{"SIM1"};

class ServerInSim {
public:
    ServerInSim(const Instant& now, Chance& chance, const Faults& faults, Story& story);
    ~ServerInSim();

    /// Masters and opening stock; on a sunny morning.
    void import(const Goods& goods);
    /// Each false when the disk failed: ask again.
    bool take_order(const OrderToCome& order);
    bool take_return_file(const std::string& csv);
    bool start_work();

    void hear(const std::vector<Letter>& letters);
    /// Nothing in it is new: events that are durable already, or a greeting that was heard before.
    bool knows(const Letter& letter);
    void tick();
    /// What it publishes now. Told to the shops meanwhile: what it owed them.
    std::vector<Letter> take_letters();
    void restart();

    /// The papers of a shipment as a bench pulls them, sealed.
    Result<std::string> print_document(const DeviceId& device, const ShipmentId& shipment);

    sqlite::Database& database();
    /// Reports that a shop accepted, by idempotency key: how often it heard each.
    const std::map<std::string, int>& heard_by_shops() const { return heard_by_shops_; }

private:
    struct Parts;

    Chance& chance_;
    const Faults& faults_;
    Story& story_;
    std::unique_ptr<Parts> parts_;
    std::map<std::string, int> heard_by_shops_;
};

}  // namespace kenpin::sim
