#pragma once
// The server's heart in a simulated world: server/app's Floor with made time, its database on a disk of
// memory that may fail or lose its power, a shop that may be deaf. A restart keeps what the disk keeps,
// nothing else. (Stations and server share the namespace kenpin::app; so the server's headers stay behind
// this one.)
#include <map>
#include <memory>
#include <optional>
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

namespace kenpin::store {
struct BlockedShelf;
}

namespace kenpin::sim {

inline const SiteId site{"SIM1"};

class ServerInSim {
public:
    ServerInSim(const Instant& now, Chance& chance, Misfortune& misfortune, Story& story);
    ~ServerInSim();

    /// Masters and opening stock; on a sunny morning.
    void import(const Goods& goods);
    /// Each false when the disk failed: ask again.
    bool take_order(const OrderToCome& order);
    bool take_return_file(const std::string& csv);
    bool start_work();

    void hear(const std::vector<Letter>& letters);
    void tick();
    /// A supervisor takes back one of the lists that somebody walks. False: there is none, or it failed.
    bool revoke_a_leased_list(Chance& which);
    /// Its shop does not want one of the orders to leave, mostly one that is in work.
    void cancel_an_order(Chance& which);
    /// One that its shop may want to change, mostly one that has not left.
    std::optional<OrderId> an_order_to_change(Chance& which);
    /// "unchanged", "changed", "stopped", "too_late". Nothing: the disk failed, ask again.
    std::optional<std::string> change_order(const OrderToCome& wanted);
    bool is_void(const TrackingNo& waybill);
    /// A supervisor looked at shelves that were short: what the stock says is given out again.
    void free_a_shelf(Chance& which);
    void free_all_shelves();
    /// A supervisor says something to everybody, and wants the papers of a shipment now.
    void say_something();
    /// What it publishes now. Told to the shops meanwhile: what it owed them.
    std::vector<Letter> take_letters();

    /// What may go wrong goes wrong. True when it went off and is back: what was on its way to it is lost.
    bool let_things_go_wrong();
    /// From here on nothing goes wrong any more.
    void calm();

    /// How far the events of a device are in its database, as of when it last told somebody something or came
    /// back; 0: none.
    Seq upto(const DeviceId& device, Epoch epoch) const;
    int power_cuts() const { return power_cuts_; }

    /// The papers of a shipment as a bench pulls them, sealed.
    Result<std::string> print_document(const DeviceId& device, const ShipmentId& shipment);

    sqlite::Database& database();
    /// Reports that a shop accepted, by idempotency key: how often it heard each.
    const std::map<std::string, int>& heard_by_shops() const { return heard_by_shops_; }

private:
    struct Parts;
    void open();
    void come_back(bool is_power);
    void note_newest();
    void free_shelf(const store::BlockedShelf& shelf);

    const Instant& now_;
    Chance& chance_;
    Misfortune& misfortune_;
    Story& story_;
    std::unique_ptr<Parts> parts_;
    std::map<std::string, int> heard_by_shops_;
    std::int64_t newest_ = 0;  // position of the newest event that somebody was told of
    using Cursors = std::map<std::pair<DeviceId, Epoch>, Seq>;
    Cursors cursors_;
    int power_cuts_ = 0;
    bool is_any_cancelled_ = false;
};

}  // namespace kenpin::sim
