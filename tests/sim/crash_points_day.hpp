#pragma once
// One day of a small floor for the crash points of the server: the disk at each of its moments, and the words
// to go on from there.
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "server/app/floor.hpp"
#include "tests/sim/goods.hpp"
#include "tests/support/fault_disk.hpp"

namespace kenpin::sim::day {

inline constexpr const char* file = "server.db";
inline const SiteId site{"SIM1"};
inline const Instant morning = *parse_instant("2026-11-24T08:00:00+09:00");
inline constexpr Day whenever{std::chrono::days{30'000}};
inline constexpr std::size_t orders_taken = 3;
inline const DeviceId picker{"H1"}, other_picker{"H2"}, bench{"B1"};
inline const std::string somebody = "K0001";

Goods small_goods();

Result<sqlite::Database> open_database(support::FaultDisk& disk);
/// `later`: how far the clock has gone since the morning.
Result<std::unique_ptr<app::Floor>> open(support::FaultDisk& disk, Millis later = Millis{0});

template <class T>
Outcome done_or_error(const Result<T>& result) {
    if (!result) return result.error();
    return Done{};
}
Outcome done_if(bool is_done);

struct Told {  // by a station
    DeviceId device;
    Seq seq;
    protocol::Body body;
};
/// Done when the server acknowledged all of it.
Outcome tell(app::Floor& floor, const std::vector<Told>& told);
/// The answer to a hello; none when the server could not give one.
std::optional<protocol::Snapshot> greet(app::Floor& floor, const DeviceId& device);

/// The disk of the server at each moment of one day.
struct Recorded {
    support::FaultDisk::Image opened, without_stock, with_masters, with_orders, with_return_file, started,
        half_picked, shipped;
    std::vector<Told> told;                         // in order
    std::vector<support::FaultDisk::Image> before;  // each of them
    ListId list;
    ShipmentId shipment;
};
Recorded record(const Goods& goods);

}  // namespace kenpin::sim::day
