#include "server/app/backup.hpp"

#include <fstream>

#include <doctest/doctest.h>

#include "server/app/backups.hpp"
#include "server/app/data_lock.hpp"
#include "server/app/given_numbers.hpp"
#include "server/store/events.hpp"
#include "server/store/migrations.hpp"
#include "server/store/planning.hpp"
#include "tests/support/process.hpp"

using namespace kenpin;
using namespace kenpin::app;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

const SiteId site{"TOKYO1"};
const store::Author server{DeviceId{"server"}, Epoch{7}};
const Instant night = *parse_instant("2026-11-28T02:00:00+09:00");

struct Folder {
    support::TempDir folder;
    fs::path database = folder / "kenpin.db", backups = folder / "backups",
             numbers = folder / "given-numbers";
    std::string url = "sqlite:" + database.string();

    Folder() { decide(protocol::MasterImported{"item", 1, "h"}); }
    void decide(protocol::Body body) {
        auto opened = sqlite::Database::open(url);
        REQUIRE(opened);
        auto floor = std::move(opened).value();
        REQUIRE(sqlite::migrate(floor, store::migrations()));
        REQUIRE(floor.transact([&](sqlite::Tx& tx) -> Outcome {
            store::decide(tx, site, server, night, body);
            return Done{};
        }));
    }
    std::int64_t events() {
        auto opened = sqlite::Database::open(url);
        REQUIRE(opened);
        auto floor = std::move(opened).value();
        return floor
            .read([&](sqlite::Tx& tx) {
                return Result(tx.value<std::int64_t>("SELECT count(*) FROM event").value_or(0));
            })
            .value();
    }
    std::int64_t next_list() {
        auto opened = sqlite::Database::open(url);
        REQUIRE(opened);
        auto floor = std::move(opened).value();
        return floor
            .read([&](sqlite::Tx& tx) { return Result(store::next_number(tx, site, store::Running::list)); })
            .value();
    }
    MadeBackup make() {
        auto made = make_backup(url, site, backups, night);
        REQUIRE_MESSAGE(made, (made ? "" : made.error().detail));
        return made.value();
    }
};

std::size_t files_in(const fs::path& folder) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator{}));
}

}  // namespace

TEST_CASE("a backup says how far it goes, bears its time as name, and its owner alone may read it") {
    Folder site_folder;
    const auto made = site_folder.make();
    CHECK(made.upto == 1);
    CHECK(made.file.filename() == "kenpin-20261128-0200.db");
    CHECK(fs::status(made.file).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
    CHECK(files_in(site_folder.backups) == 1);
    CHECK(site_folder.make().file.filename() == "kenpin-20261128-0200-2.db");  // never over another
}

TEST_CASE(
    "a backup is put back, what was there is set aside, and numbers nobody knows of are not given again") {
    Folder site_folder;
    const auto made = site_folder.make();
    site_folder.decide(protocol::MasterImported{"item", 2, "h"});
    const auto restored = restore_backup(made.file, site_folder.database, site_folder.numbers, site);
    REQUIRE_MESSAGE(restored, (restored ? "" : restored.error().detail));
    CHECK(restored.value().upto == 1);
    CHECK(fs::exists(restored.value().set_aside));
    CHECK(site_folder.next_list() > 10'000);
    CHECK(fs::exists(made.file));
}

TEST_CASE("with the file of given numbers a restore skips nothing by itself: the server knows how far") {
    Folder site_folder;
    const auto made = site_folder.make();
    REQUIRE(write_given_numbers(site_folder.numbers, {{"list", 41}}));
    REQUIRE(restore_backup(made.file, site_folder.database, site_folder.numbers, site));
    CHECK(site_folder.events() == 1);
    CHECK(numbers_to_skip(read_given_numbers(site_folder.numbers).value(), {{"list", 40}}) ==
          GivenNumbers{{"list", 41 + numbers_unnoted}});
    CHECK(numbers_to_skip({{"list", 41}}, {{"list", 41}}).empty());
}

TEST_CASE("a backup that is not whole is refused and the database stays as it is") {
    Folder site_folder;
    const auto made = site_folder.make();
    SUBCASE("cut off") {
        fs::resize_file(made.file, fs::file_size(made.file) / 2);
    }
    SUBCASE("no database") {
        std::ofstream(made.file) << "rubbish";
    }
    SUBCASE("an event changed by hand") {
        auto opened = sqlite::Database::open("sqlite:" + made.file.string());
        REQUIRE(opened);
        REQUIRE(std::move(opened).value().transact([](sqlite::Tx& tx) -> Outcome {
            tx.run("UPDATE event SET kind = 'x'");
            return Done{};
        }));
    }
    SUBCASE("of another site") {
        CHECK_FALSE(restore_backup(made.file, site_folder.database, site_folder.numbers, SiteId{"OSAKA1"}));
        CHECK(site_folder.events() == 1);
        return;
    }
    const auto restored = restore_backup(made.file, site_folder.database, site_folder.numbers, site);
    CHECK_FALSE(restored);
    CHECK(site_folder.events() == 1);
}

TEST_CASE("nothing is put back under a server that runs") {
    Folder site_folder;
    const auto made = site_folder.make();
    const auto lock = DataLock::take(site_folder.database.parent_path());
    REQUIRE(lock);
    CHECK(restore_backup(made.file, site_folder.database, site_folder.numbers, site).error().kind ==
          Error::Kind::busy);
}

TEST_CASE("the newest backups stay, and other files of the folder too") {
    support::TempDir folder;
    for (const auto* name :
         {"kenpin-20261126-0200.db", "kenpin-20261127-0200.db", "kenpin-20261128-0200.db", "site.key"})
        std::ofstream(folder / name) << "x";
    REQUIRE(keep_newest_backups(folder / "", 2));
    CHECK_FALSE(fs::exists(folder / "kenpin-20261126-0200.db"));
    CHECK(fs::exists(folder / "kenpin-20261127-0200.db"));
    CHECK(fs::exists(folder / "site.key"));
}

TEST_CASE("a backup is due once a day after its time, and at once where there is none") {
    BackupSettings settings;
    CHECK_FALSE(is_backup_due(settings, std::nullopt, night));  // no folder
    settings.folder = "backups";
    CHECK(is_backup_due(settings, std::nullopt, night));
    CHECK_FALSE(is_backup_due(settings, night, night + 23h));
    CHECK(is_backup_due(settings, night, night + 24h));
    CHECK(is_backup_due(settings, night - 1h, night));
}

TEST_CASE("a file of given numbers that cannot be read is told with its line") {
    support::TempDir folder;
    CHECK(read_given_numbers(folder / "none").value().empty());
    std::ofstream(folder / "given-numbers") << "list 4\nshipment x\n";
    const auto read = read_given_numbers(folder / "given-numbers");
    REQUIRE_FALSE(read);
    CHECK(read.error().detail.find("shipment x") != std::string::npos);
}
