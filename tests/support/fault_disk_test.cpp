// The disk that loses power is held against real SQLite: what it must keep, what it may lose, what it may
// never do. A database that syncs less than it should is found out.
#include "tests/support/fault_disk.hpp"

#include <doctest/doctest.h>

#include "adaptors/sqlite/database.hpp"

using namespace kenpin;
using support::FaultDisk;
using support::Unsynced;

namespace {

sqlite::Database open(const FaultDisk& disk, int checkpoint_pages = 1000) {
    auto opened =
        sqlite::Database::open("sqlite:" + disk.path("a.db"), {.checkpoint_pages = checkpoint_pages});
    REQUIRE(opened);
    return std::move(opened).value();
}

Outcome sql(sqlite::Database& database, const std::string& text) {
    return database.transact([&](sqlite::Tx& tx) -> Outcome {
        tx.run(text);
        return Done{};
    });
}

Outcome put(sqlite::Database& database, int number) {
    return database.transact([&](sqlite::Tx& tx) -> Outcome {
        tx.run("INSERT INTO scan (no, text) VALUES (?, ?)", number, std::string(3'000, 'x'));
        tx.run("UPDATE tally SET scans = scans + 1");
        return Done{};
    });
}

void set_up(sqlite::Database& database) {
    REQUIRE(sql(database, "CREATE TABLE scan (no BIGINT NOT NULL PRIMARY KEY, text TEXT NOT NULL)"));
    REQUIRE(sql(database, "CREATE TABLE tally (scans BIGINT NOT NULL)"));
    REQUIRE(sql(database, "INSERT INTO tally (scans) VALUES (0)"));
}

struct Left {
    int scans = -1, tally = -1;
    std::string integrity;
};

Left left_in(sqlite::Database& database) {
    Left left;
    (void)database.read([&](sqlite::Tx& tx) -> Outcome {  // what cannot be read stays -1
        left.scans = tx.value<int>("SELECT count(*) FROM scan").value_or(-1);
        left.tally = tx.value<int>("SELECT scans FROM tally").value_or(-1);
        left.integrity = tx.value<std::string>("PRAGMA integrity_check").value_or("unreadable");
        return Done{};
    });
    return left;
}

// Stores until the disk stops; answers how many were answered Done.
int store_until_it_stops(FaultDisk& disk, sqlite::Database& database, int from) {
    int done = from;
    while (!disk.is_stopped() && put(database, done + 1)) ++done;
    return done;
}

struct Cuts {
    int lost = 0, damaged = 0;
};

// Power cuts at ever later operations, on a disk that syncs or only says so.
Cuts after_cuts(int cuts, bool is_honest) {
    Cuts found;
    for (int cut = 0; cut < cuts; ++cut) {
        FaultDisk disk(static_cast<std::uint64_t>(cut) + 1);
        int stored = 0;
        {
            auto database = open(disk, 20);
            set_up(database);
            if (!is_honest) disk.lie_about_syncs();
            disk.stop_at(disk.operations() + 5 + 7 * cut);
            stored = store_until_it_stops(disk, database, 0);
        }
        disk.restart_power();
        auto opened = sqlite::Database::open("sqlite:" + disk.path("a.db"));
        Left left;
        if (opened) {
            auto database = std::move(opened).value();
            left = left_in(database);
        }
        if (left.integrity != "ok" || left.scans != left.tally)
            ++found.damaged;
        else if (left.scans < stored)
            ++found.lost;
    }
    return found;
}

}  // namespace

TEST_CASE("what was answered as stored is there after two hundred power cuts, whole and once") {
    const auto found = after_cuts(200, true);
    CHECK(found.lost == 0);
    CHECK(found.damaged == 0);
}

TEST_CASE("a disk that only says that it synced is found out") {
    const auto found = after_cuts(60, false);
    CHECK(found.lost + found.damaged > 20);
}

TEST_CASE("a program that dies loses nothing that it wrote") {
    FaultDisk disk(3);
    int stored = 0;
    {
        auto database = open(disk);
        set_up(database);
        disk.stop_at(disk.operations() + 100);
        stored = store_until_it_stops(disk, database, 0);
        CHECK(disk.is_stopped());
    }
    disk.restart_program();
    auto database = open(disk);
    CHECK(left_in(database).scans >= stored);
    CHECK(put(database, 100'000));
}

TEST_CASE("what a program that died left in the log is safe before anybody acts on it") {
    for (int operation = 1; operation <= 12; ++operation) {
        FaultDisk disk(static_cast<std::uint64_t>(operation));
        {
            auto database = open(disk);
            set_up(database);
            disk.stop_at(disk.operations() + operation);
            (void)put(database, 1);  // cut off somewhere
        }
        disk.restart_program();
        int seen = 0;
        {
            auto database = open(disk);
            seen = left_in(database).scans;
            disk.stop();
        }
        disk.restart_power(Unsynced::dropped);
        auto database = open(disk);
        CHECK(left_in(database).scans == seen);
    }
}

TEST_CASE("a full disk is answered as full, and takes more when there is room again") {
    FaultDisk disk(4);
    auto database = open(disk);
    set_up(database);
    disk.set_room(0);
    const auto refused = put(database, 1);
    REQUIRE(!refused);
    CHECK(refused.error().kind == Error::Kind::full);
    disk.set_room(std::nullopt);
    CHECK(put(database, 1));
    CHECK(left_in(database).scans == 1);
}

TEST_CASE("one failing operation fails one transaction and no other") {
    FaultDisk disk(5);
    auto database = open(disk);
    set_up(database);
    disk.fail_at(disk.operations() + 1);
    CHECK(!put(database, 1));
    CHECK(put(database, 2));
    CHECK(left_in(database).tally == 1);
}

TEST_CASE("an image that is put back is the database as it was") {
    FaultDisk disk(6);
    FaultDisk::Image image;
    {
        auto database = open(disk);
        set_up(database);
        REQUIRE(put(database, 1));
        image = disk.image();
        REQUIRE(put(database, 2));
    }
    disk.put_back(image);
    auto database = open(disk);
    CHECK(left_in(database).scans == 1);
}
