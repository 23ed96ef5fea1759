#include "server/app/folder_intake.hpp"

#include <fstream>
#include <functional>
#include <iterator>
#include <utility>

#include <doctest/doctest.h>

#include "server/store/intake_rows.hpp"
#include "tests/server/app/demo_floor.hpp"
#include "tests/support/process.hpp"

using namespace kenpin;
using namespace kenpin::app;

namespace {

namespace fs = std::filesystem;

std::string data_file(const std::string& name) {
    std::ifstream file(std::string(KENPIN_SOURCE_ROOT) + "/tests/data/floor/" + name, std::ios::binary);
    REQUIRE(file.good());
    return {std::istreambuf_iterator<char>(file), {}};
}

// A floor with the demo's goods, a shop of each of two formats, and a folder that is looked at by hand.
struct Watched {
    support::TempDir dir;
    fs::path folder = dir / "in";
    DemoFloor demo;
    crypto::Key key = crypto::Key::random();
    std::optional<FolderIntake> intake;
    bool is_down = false;             // the database
    std::function<void()> meanwhile;  // once, when an import knows what its shop's codes mean
    int until_meanwhile = 2;          // transactions of an import until it does

    explicit Watched(std::optional<ShopId> shop = std::nullopt) {
        fs::create_directories(folder);
        demo.import_masters();
        auto shops = demo_file("shops.csv");
        shops += "YAHOO,OWN1,Y,yahoo,preissued,yamato,,,,,,,,,,\n";
        CHECK(demo.import(web::Table::shops, shops).refused.empty());
        watch(shop);
    }
    void watch(std::optional<ShopId> shop = std::nullopt) {
        intake.emplace(WatchedFolder{folder, std::move(shop)}, WatchSettings{},
                       FolderPort{demo_rules(), key, [this] { return demo.now; },
                                  [this](const auto& work) -> Outcome {
                                      if (is_down) return Error{Error::Kind::full, "disk"};
                                      auto done = demo.floor->decide_in_transaction(work);
                                      if (meanwhile && --until_meanwhile == 0)
                                          std::exchange(meanwhile, nullptr)();
                                      return done;
                                  },
                                  [] {
                                      return Result(std::vector<FolderShop>{{ShopId{"RAKUTEN"}, "rakuten"},
                                                                            {ShopId{"HONTEN"}, "api"},
                                                                            {ShopId{"YAHOO"}, "yahoo"}});
                                  }});
    }
    void put(const std::string& path, const std::string& bytes) {
        fs::create_directories((folder / path).parent_path());
        std::ofstream(folder / path, std::ios::binary) << bytes;
    }
    void look(int times = 3) {
        for (int i = 0; i < times; ++i) {
            demo.now += Millis{2'000};
            intake->look();
        }
    }
    bool lies(const std::string& path) const { return fs::exists(folder / path); }
    std::string read(const std::string& path) const {
        std::ifstream file(folder / path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    int count(const std::string& table) {
        return demo.read<int>(
            [&](sqlite::Tx& tx) { return tx.value<int>("SELECT count(*) FROM " + table).value_or(-1); });
    }
};

}  // namespace

TEST_CASE("a shop's file in the folder is taken once it lies still, and moved away") {
    Watched watched;
    watched.put("orders-rakuten.csv", demo_file("orders-rakuten.csv"));
    watched.look(2);
    CHECK(watched.count("order_head") == 0);
    watched.look(1);
    CHECK(watched.count("order_head") == 48);
    CHECK(watched.lies("done/2026-11-24/orders-rakuten.csv"));
    CHECK_FALSE(watched.lies("orders-rakuten.csv"));
    CHECK_FALSE(watched.lies("done/2026-11-24/orders-rakuten.csv.txt"));
    CHECK(watched.count("order_file WHERE came_by = 'folder' AND taken = 48") == 1);
    CHECK(watched.intake->state().taken == 1);
    CHECK(watched.intake->state().is_well());
}

TEST_CASE("the same orders under another name, or in a shop's subfolder, change nothing") {
    Watched watched;
    const auto file = demo_file("orders-rakuten.csv");
    watched.put("a.csv", file);
    watched.look();
    const auto events = watched.count("event");
    watched.put("RAKUTEN/もう一度.csv", file);
    watched.put("a.csv", file);
    watched.look();
    CHECK(watched.count("event") == events);
    CHECK(watched.lies("done/2026-11-24/RAKUTEN/もう一度.csv"));
    CHECK(watched.lies("done/2026-11-24/a.2.csv"));
}

TEST_CASE("what is no order file is refused with a note that says what to do, and none of its content") {
    Watched watched;
    watched.put("letter.txt", "Dear 試験 花子,\nplease");
    watched.look();
    CHECK(watched.lies("refused/letter.txt"));
    const auto note = watched.read("refused/letter.txt.txt");
    CHECK(note.find("E-FORMAT") != std::string::npos);
    CHECK(note.find("知らない形式のファイルです") != std::string::npos);
    CHECK(note.find("Nobody knows the format") != std::string::npos);
    CHECK(note.find("花子") == std::string::npos);
    CHECK(watched.count("order_refused") == 1);
    watched.put("again.txt", "Dear 試験 花子,\nplease");
    watched.look();
    CHECK(watched.count("order_refused") == 1);  // kept once
}

TEST_CASE("a file of which some orders were not taken is done, and its note names their records") {
    Watched watched;
    auto items = demo_file("items.csv");
    const auto line = items.find("G-22558,");
    items.erase(line, items.find('\n', line) + 1 - line);
    watched.demo.import(web::Table::items, items);
    watched.put("a.csv", demo_file("orders-rakuten.csv"));
    watched.look();
    CHECK(watched.count("order_head") == 47);
    REQUIRE(watched.lies("done/2026-11-24/a.csv.txt"));
    const auto note = watched.read("done/2026-11-24/a.csv.txt");
    CHECK(note.find("件目のデータ / data record ") != std::string::npos);
    CHECK(note.find("E-SKU") != std::string::npos);
}

TEST_CASE("of two files that belong together one waits for the other, and they are taken as one") {
    Watched watched;
    watched.put("YAHOO/orders.csv", data_file("small/yahoo_orders.csv"));
    watched.look(20);
    CHECK(watched.count("order_intake") == 0);
    CHECK(watched.lies("YAHOO/orders.csv"));
    CHECK(watched.intake->state().lying == 1);
    CHECK(watched.intake->state().is_well());
    watched.put("YAHOO/items.csv", data_file("small/yahoo_items.csv"));
    watched.look();
    CHECK(watched.lies("done/2026-11-24/YAHOO/orders.csv"));
    CHECK(watched.lies("done/2026-11-24/YAHOO/items.csv"));
    CHECK(watched.count("order_intake") > 0);
    CHECK(watched.count("order_intake WHERE codes LIKE '%-FILE%'") == 0);
}

TEST_CASE(
    "the second of two files that never comes is said after a while, and both together are taken later") {
    Watched watched;
    watched.put("orders.csv", data_file("small/yahoo_orders.csv"));
    watched.look(4);
    watched.demo.now += Millis{600'000};
    watched.look(1);
    CHECK(watched.lies("refused/orders.csv"));
    CHECK(watched.read("refused/orders.csv.txt").find("E-LINES-FILE") != std::string::npos);
    CHECK(watched.count("order_head") == 0);
    watched.put("orders.csv", data_file("small/yahoo_orders.csv"));
    watched.put("items.csv", data_file("small/yahoo_items.csv"));
    watched.look();
    CHECK(watched.lies("done/2026-11-24/orders.csv"));
}

TEST_CASE("killed between commit and move, the same file changes nothing and is moved") {
    Watched watched;
    watched.put("done", "in the way of the folder");
    watched.put("a.csv", demo_file("orders-rakuten.csv"));
    watched.look(6);
    CHECK(watched.count("order_head") == 48);
    CHECK(watched.lies("a.csv"));
    CHECK(watched.intake->state().unmoved == 1);
    const auto events = watched.count("event");
    watched.watch();  // all that it remembered is gone
    fs::remove(watched.folder / "done");
    watched.look();
    CHECK(watched.count("event") == events);
    CHECK(watched.lies("done/2026-11-24/a.csv"));
    CHECK(watched.intake->state().is_well());
}

TEST_CASE(
    "a code that is answered while its file is being taken heals the orders that came behind the answer") {
    Watched watched;
    auto file = demo_file("orders-rakuten.csv");
    for (auto at = file.find("G-22558"); at != std::string::npos; at = file.find("G-22558"))
        file.replace(at, 7, "NEW-1");
    watched.put("orders.csv", file);
    watched.meanwhile = [&] {
        const auto told = watched.demo.floor->answer_code(
            {ShopId{"RAKUTEN"}, "NEW-1", "", {{Sku{"G-22558"}, Qty{1}}}}, "K7");
        REQUIRE(told);
        CHECK(std::holds_alternative<web::CodeAnswered>(told.value()));
    };
    watched.look(3);
    CHECK_FALSE(watched.meanwhile);
    CHECK(watched.count("order_head") == 48);
    CHECK(watched.count("order_intake WHERE state = 'open'") == 0);
}

TEST_CASE(
    "files that lie in a folder when the server starts are taken in the order in which they were written") {
    Watched watched;
    const auto bytes = demo_file("orders-rakuten.csv");
    watched.put("a-newer.csv", bytes + "\r\n");
    watched.put("z-older.csv", bytes);
    fs::last_write_time(watched.folder / "z-older.csv",
                        fs::last_write_time(watched.folder / "a-newer.csv") - std::chrono::hours{1});
    watched.look(3);
    CHECK(watched.count("order_file WHERE file LIKE '%z-older.csv' AND taken = 48") == 1);
    CHECK(watched.count("order_file WHERE file LIKE '%a-newer.csv' AND taken = 0") == 1);
}

TEST_CASE("a folder that goes away is said, and taken from again when it is back") {
    Watched watched;
    watched.put("a.csv", demo_file("orders-rakuten.csv"));
    watched.look(1);
    fs::rename(watched.folder, watched.dir / "away");
    watched.look(3);
    CHECK_FALSE(watched.intake->state().is_reachable);
    CHECK_FALSE(watched.intake->state().is_well());
    fs::rename(watched.dir / "away", watched.folder);
    watched.look(3);
    CHECK(watched.intake->state().is_well());
    CHECK(watched.count("order_head") == 48);
}

TEST_CASE("a file that cannot be stored stays where it is, and is taken when it can") {
    Watched watched;
    watched.put("a.csv", demo_file("orders-rakuten.csv"));
    watched.is_down = true;
    watched.look(4);
    CHECK(watched.lies("a.csv"));
    watched.is_down = false;
    watched.look(1);
    CHECK(watched.lies("done/2026-11-24/a.csv"));
    CHECK(watched.count("order_head") == 48);
}

TEST_CASE("a file of a format that no shop has, and a subfolder that is no shop's, stay and are told") {
    Watched watched;
    watched.put("shopify.csv", data_file("small/shopify.csv"));
    watched.put("backup/a.csv", demo_file("orders-rakuten.csv"));
    watched.look(4);
    CHECK(watched.lies("shopify.csv"));
    CHECK(watched.lies("backup/a.csv"));
    CHECK(watched.intake->state().nobodys == 1);
    CHECK(watched.intake->state().strangers == 1);
    const auto& troubles = watched.intake->state().troubles;
    REQUIRE(troubles.size() == 2);
    CHECK(troubles[0].name == "backup");
    CHECK(troubles[0].what == "no_shop_called_so");
    CHECK(troubles[1].name == "shopify.csv");
    CHECK(troubles[1].what == "no_shop_has_it");
    CHECK_FALSE(watched.intake->state().is_well());
}

TEST_CASE("a file with a header and no orders is put away with a note that says so") {
    Watched watched;
    const auto file = demo_file("orders-rakuten.csv");
    watched.put("empty-day.csv", file.substr(0, file.find('\n') + 1));
    watched.look();
    CHECK(watched.lies("done/2026-11-24/empty-day.csv"));
    CHECK(watched.read("done/2026-11-24/empty-day.csv.txt").find("W-NO-ORDERS") != std::string::npos);
}

TEST_CASE("in a folder of one shop every file is that shop's, and its subfolders are nobody's business") {
    Watched watched(ShopId{"RAKUTEN"});
    watched.put("a.csv", demo_file("orders-rakuten.csv"));
    watched.put("old/b.csv", demo_file("orders-rakuten.csv"));
    watched.look();
    CHECK(watched.count("order_head WHERE shop = 'RAKUTEN'") == 48);
    CHECK(watched.intake->state().is_well());
}
