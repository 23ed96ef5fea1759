#include "server/app/settings.hpp"

#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "places.hpp"
#include "tests/support/process.hpp"

using namespace kenpin;
using namespace kenpin::app;

namespace {

std::string write(const std::filesystem::path& path, const std::string& text, bool secret = false) {
    std::ofstream(path) << text;
    if (secret)
        std::filesystem::permissions(
            path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    return path.string();
}

}  // namespace

TEST_CASE("a server needs no configuration: everything on loopback, in one folder") {
    const auto settings = load_settings({});
    REQUIRE(settings);
    CHECK(settings.value().http.host == "127.0.0.1");
    CHECK(settings.value().mqtt.host == "127.0.0.1");
    CHECK(settings.value().database == "sqlite:kenpin-data/kenpin.db");
    CHECK(settings.value().site.lease == std::chrono::minutes{45});
    CHECK_FALSE(settings.value().now);
}

TEST_CASE("the example in deploy says the defaults") {
    const auto example =
        load_settings({.config_file = std::string(KENPIN_SOURCE_ROOT) + "/deploy/server.toml",
                       .data = {},
                       .now = {},
                       .http_port = {}});
    const auto defaults = load_settings({});
    REQUIRE(example);
    REQUIRE(defaults);
    CHECK(example.value().site.site == defaults.value().site.site);
    CHECK(example.value().site.depth == defaults.value().site.depth);
    CHECK(example.value().site.lease == defaults.value().site.lease);
    CHECK(example.value().site.slots_per_cart == defaults.value().site.slots_per_cart);
    CHECK(example.value().site.consolidate_across == defaults.value().site.consolidate_across);
    CHECK(example.value().site.ship_at_match == defaults.value().site.ship_at_match);
    CHECK(example.value().http.port == defaults.value().http.port);
    CHECK(example.value().database == defaults.value().database);
}

TEST_CASE("the file says what differs, the command line more") {
    const support::TempDir dir;
    const auto file = write(dir / "a.toml",
                            "site = \"OSAKA\"\nnow = \"2026-11-24T08:00+09:00\"\n[http]\nport = 9000\n"
                            "[rules]\nlease_minutes = 10\nscan_slot = false\n");
    const auto settings = load_settings({.config_file = file, .data = "/x", .now = {}, .http_port = 0});
    REQUIRE(settings);
    CHECK(settings.value().site.site == SiteId{"OSAKA"});
    CHECK(settings.value().http.port == 0);
    CHECK(settings.value().site.lease == std::chrono::minutes{10});
    CHECK_FALSE(settings.value().site.pick_rules.scan_slot);
    CHECK(settings.value().key_file == "/x/site.key");
    CHECK(to_text(*settings.value().now) == "2026-11-24T08:00:00.000+09:00");
}

TEST_CASE("orders of several shops are offered together only where the site says so") {
    const support::TempDir dir;
    const auto across = [&](const std::string& rules) {
        const auto file = write(dir / "a.toml", "[rules]\n" + rules);
        const auto settings = load_settings({.config_file = file, .data = {}, .now = {}, .http_port = {}});
        REQUIRE(settings);
        return settings.value().site.consolidate_across;
    };
    CHECK(across("") == plan::AcrossShops::no);
    CHECK(across("consolidate_across_shops = false\n") == plan::AcrossShops::no);
    CHECK(across("consolidate_across_shops = true\n") == plan::AcrossShops::of_one_owner);
}

TEST_CASE("a mistake in the file is named, not passed over") {
    const support::TempDir dir;
    for (const auto* wrong :
         {"sight = \"x\"\n", "[http]\nport = 99999\n", "depth = \"deep\"\n", "now = \"morning\"\n"}) {
        INFO(wrong);
        CHECK_FALSE(load_settings(
            {.config_file = write(dir / "b.toml", wrong), .data = {}, .now = {}, .http_port = {}}));
    }
}

TEST_CASE("accounts are read only from a file that nobody else can read") {
    const support::TempDir dir;
    const auto accounts = read_accounts(write(dir / "ok", "server:a:b\nB1:pw\n", true));
    REQUIRE(accounts);
    CHECK(accounts.value().at("server").reveal() == "a:b");
    CHECK_FALSE(read_accounts(write(dir / "open", "B1:pw\n")));
    CHECK_FALSE(read_accounts(write(dir / "wrong", "no colon\n", true)));
    CHECK_FALSE(read_accounts(dir / "nowhere"));
}

TEST_CASE("the administrator's key is made once, for its owner alone") {
    const support::TempDir dir;
    const auto made = load_or_create_secret(dir / "key");
    const auto again = load_or_create_secret(dir / "key");
    REQUIRE(made);
    REQUIRE(again);
    CHECK(made.value().reveal().size() == 48);
    CHECK(made.value().reveal() == again.value().reveal());
    CHECK(std::filesystem::status(dir / "key").permissions() ==
          (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
}

TEST_CASE(
    "watched folders come from the file or, instead, from the command line, each perhaps with its shop") {
    const support::TempDir dir;
    const auto file = write(dir / "a.toml",
                            "[watch]\nfolders = [\"/srv/all\", \"RAKUTEN=/srv/a=b\"]\nevery_ms = 500\n"
                            "partner_seconds = 60\n");
    const auto of_file = load_settings({.config_file = file, .data = {}, .now = {}, .http_port = {}});
    REQUIRE(of_file);
    const auto& watch = of_file.value().watch;
    REQUIRE(watch.folders.size() == 2);
    CHECK(watch.folders[0].folder == "/srv/all");
    CHECK_FALSE(watch.folders[0].shop);
    CHECK(watch.folders[1].folder == "/srv/a=b");
    CHECK(watch.folders[1].shop == ShopId{"RAKUTEN"});
    CHECK(watch.every == std::chrono::milliseconds{500});
    CHECK(watch.patience == std::chrono::seconds{60});

    const auto given =
        load_settings({.config_file = file, .data = {}, .now = {}, .http_port = {}, .watch = {"./a=b"}});
    REQUIRE(given);
    REQUIRE(given.value().watch.folders.size() == 1);
    CHECK(given.value().watch.folders[0].folder == "./a=b");
}

TEST_CASE("backups have a folder, a time and a number, and a wrong time is named") {
    const support::TempDir dir;
    const auto load = [&](const std::string& text) {
        return load_settings(
            {.config_file = write(dir / "a.toml", text), .data = {}, .now = {}, .http_port = {}});
    };
    const auto read = load("[backup]\nfolder = \"/srv/backups\"\nat = \"23:30\"\nkeep = 3\n");
    REQUIRE(read);
    CHECK(read.value().backup.folder == "/srv/backups");
    CHECK(read.value().backup.at == std::chrono::minutes{23 * 60 + 30});
    CHECK(read.value().backup.keep == 3);
    CHECK(load("").value().backup.folder.empty());
    for (const auto* wrong : {"25:00", "2:00", "at night"}) {
        const auto refused = load(std::string("[backup]\nat = \"") + wrong + "\"\n");
        REQUIRE_FALSE(refused);
        CHECK(refused.error().detail.find("backup.at") != std::string::npos);
    }
}

TEST_CASE("a watched folder without a folder is an error, and so is a look every millisecond") {
    const support::TempDir dir;
    for (const char* text : {"[watch]\nfolders = [\"RAKUTEN=\"]\n", "[watch]\nevery_ms = 1\n"}) {
        const auto file = write(dir / "a.toml", text);
        CHECK_FALSE(load_settings({.config_file = file, .data = {}, .now = {}, .http_port = {}}));
    }
}
