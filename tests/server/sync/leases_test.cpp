#include "server/sync/leases.hpp"

#include <doctest/doctest.h>

#include "core/base/limits.hpp"

using namespace kenpin;
using namespace kenpin::sync;
using namespace std::chrono_literals;

namespace {

const Instant start_of_day = from_ms(1'000'000'000);
const Lease lease = new_lease(ListId{"P-1"}, DeviceId{"HT01"}, start_of_day, limits::lease);

}  // namespace

TEST_CASE("a list is leased to one device, and to another only two minutes after the first one's time") {
    CHECK(may_lease(std::nullopt, DeviceId{"HT02"}, start_of_day));
    CHECK(may_lease(lease, DeviceId{"HT01"}, start_of_day));
    CHECK_FALSE(may_lease(lease, DeviceId{"HT02"}, start_of_day + 45min));
    CHECK_FALSE(may_lease(lease, DeviceId{"HT02"}, start_of_day + 47min - 1ms));
    CHECK(may_lease(lease, DeviceId{"HT02"}, start_of_day + 47min));
}

TEST_CASE("leases that are over are found, the others stay") {
    const auto longer = new_lease(ListId{"P-2"}, DeviceId{"HT02"}, start_of_day, 10h);
    CHECK(over({lease, longer}, start_of_day + 1h) == std::vector<Lease>{lease});
}

TEST_CASE("a device is given what it lacks or has in an old version, and told what is gone") {
    protocol::Hello hello;
    const Epoch server{9};
    hello.lists = {{"P-1", 1, server}, {"P-2", 1, server}, {"P-3", 1, server}};
    hello.packs = {{"S-1", 1, server}};
    const auto missing = missing_of(hello, {{{"P-1", 1}, {"P-2", 2}, {"P-4", 1}}, {{"S-2", 1}}}, server);
    CHECK(missing.lists == std::vector{ListId{"P-2"}, ListId{"P-4"}});
    CHECK(missing.packs == std::vector{ShipmentId{"S-2"}});
    CHECK(missing.gone == std::vector<std::string>{"P-3", "S-1"});
}

TEST_CASE("what another opening of the server's database made is brought anew, whatever its version") {
    protocol::Hello hello;
    hello.lists = {{"P-1", 1, Epoch{8}}};
    CHECK(missing_of(hello, {{{"P-1", 1}}, {}}, Epoch{9}).lists == std::vector{ListId{"P-1"}});
}

TEST_CASE("the board hears of a device only when it came or went") {
    Presences presences;
    CHECK(note(presences, DeviceId{"HT01"}, {true, Epoch{7}, "picker"}, start_of_day));
    CHECK_FALSE(note(presences, DeviceId{"HT01"}, {true, Epoch{7}, "picker"}, start_of_day + 1min));
    CHECK(presences.at(DeviceId{"HT01"}).since == start_of_day);
    CHECK(note(presences, DeviceId{"HT01"}, {false, Epoch{7}, "picker"}, start_of_day + 2min));
}
