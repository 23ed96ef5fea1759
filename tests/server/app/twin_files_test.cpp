// Formats whose orders and lines come in two files, brought one after the other: by a browser, a key of the
// API or kenpinctl.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <unistd.h>

#include "adaptors/sqlite/database.hpp"
#include "places.hpp"
#include "server/app/import_command.hpp"
#include "server/store/intake_rows.hpp"

using namespace kenpin;
using namespace kenpin::app;
namespace fs = std::filesystem;

namespace {

const std::string root = KENPIN_SOURCE_ROOT;
const std::string orders_file = root + "/tests/data/floor/small/yahoo_orders.csv";
const std::string lines_file = root + "/tests/data/floor/small/yahoo_items.csv";

// A site of its own, to which files are brought in as many imports as one likes.
class TwinDesk {
public:
    TwinDesk() {
        auto name = (fs::temp_directory_path() / "kenpin-twins-XXXXXX").string();
        REQUIRE(mkdtemp(name.data()) != nullptr);
        folder_ = name;
    }
    ~TwinDesk() { fs::remove_all(folder_); }
    TwinDesk(const TwinDesk&) = delete;
    TwinDesk& operator=(const TwinDesk&) = delete;

    void bring(const std::vector<std::string>& files) {
        const auto done = run_import({.database = (folder_ / "site.db").string(),
                                      .masters = root + "/tests/data/floor/master",
                                      .now = "2026-11-24T08:00:00+09:00",
                                      .report = {},
                                      .assets = root + "/assets",
                                      .files = files});
        if (!done) FAIL(done.error().detail);
    }
    // A file of one's own, made of another.
    std::string changed(const std::string& file, const std::string& from, const std::string& to) const {
        std::ifstream in(file, std::ios::binary);
        std::string bytes{std::istreambuf_iterator<char>(in), {}};
        const auto at = bytes.find(from);
        REQUIRE(at != std::string::npos);
        const auto path = folder_ / ("changed-" + fs::path(file).filename().string());
        std::ofstream(path, std::ios::binary) << bytes.replace(at, from.size(), to);
        return path.string();
    }

    // By order: the content it stands with. The same content is the same text.
    std::map<std::string, std::string> orders() const {
        std::map<std::string, std::string> all;
        read([&](sqlite::Tx& tx) {
            for (auto& [order, hash] :
                 tx.rows<std::string, std::string>("SELECT order_id, content_hash FROM order_head"))
                all.emplace(order, hash);
        });
        return all;
    }
    std::vector<store::IntakeRow> waiting() const {
        std::vector<store::IntakeRow> rows;
        read([&](sqlite::Tx& tx) { rows = store::open_intake(tx, SiteId{"SITE1"}); });
        return rows;
    }
    std::size_t waiting_for(const std::string& code) const {
        const auto rows = waiting();
        return static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), [&](const auto& row) {
            return std::find(row.codes.begin(), row.codes.end(), code) != row.codes.end();
        }));
    }

private:
    template <class Work>
    void read(const Work& work) const {
        auto opened = sqlite::Database::open("sqlite:" + (folder_ / "site.db").string(), {});
        REQUIRE(opened);
        auto database = std::move(opened).value();
        REQUIRE(database.transact([&](sqlite::Tx& tx) -> Outcome {
            work(tx);
            return Done{};
        }));
    }

    fs::path folder_;
};

}  // namespace

TEST_CASE("orders that came without their lines are taken when the lines come") {
    TwinDesk together, apart;
    together.bring({orders_file, lines_file});
    REQUIRE(together.orders().size() > 3);
    apart.bring({orders_file});
    CHECK(apart.orders().empty());
    CHECK(apart.waiting_for("E-LINES-FILE") > 3);
    for (const auto& row : apart.waiting()) CHECK(row.outcome == "hold");
    CHECK(apart.waiting_for("E-LINE") == 0);  // what follows from it is no reason of its own
    apart.bring({lines_file});
    CHECK(apart.orders().size() == together.orders().size());
    CHECK(apart.waiting_for("E-LINES-FILE") == 0);
    CHECK(apart.waiting_for("E-ORDER-FILE") == 0);
    CHECK(apart.waiting().size() == together.waiting().size());
}

TEST_CASE("lines that came without their orders go into the orders that come after them") {
    TwinDesk together, apart;
    together.bring({orders_file, lines_file});
    apart.bring({lines_file});
    CHECK(apart.waiting_for("E-ORDER-FILE") > 3);
    apart.bring({orders_file});
    CHECK(apart.orders().size() == together.orders().size());
    CHECK(apart.waiting_for("E-ORDER-FILE") == 0);
    CHECK(apart.waiting().size() == together.waiting().size());
}

TEST_CASE("one of two files brought twice waits once, and its other half settles it") {
    TwinDesk desk;
    desk.bring({orders_file});
    const auto waiting = desk.waiting().size();
    desk.bring({orders_file});
    CHECK(desk.waiting().size() == waiting);
    desk.bring({lines_file});
    const auto orders = desk.orders();
    REQUIRE(orders.size() > 3);
    desk.bring({lines_file});  // by mistake once more
    CHECK(desk.waiting_for("E-ORDER-FILE") > 3);
    desk.bring({orders_file});
    CHECK(desk.waiting_for("E-ORDER-FILE") == 0);
    CHECK(desk.orders() == orders);  // the same again changes nothing
}

TEST_CASE("both files after one of them alone settle what waited") {
    TwinDesk together, desk;
    together.bring({orders_file, lines_file});
    for (const auto& first : {orders_file, lines_file}) {
        desk.bring({first});
        desk.bring({orders_file, lines_file});
        CHECK(desk.orders().size() == together.orders().size());
        CHECK(desk.waiting().size() == together.waiting().size());
    }
}

TEST_CASE("a joined order with an unknown item waits for its code alone, as one record") {
    TwinDesk desk;
    const auto lines = desk.changed(lines_file, "f-0100215052", "f-9999999999");
    desk.bring({orders_file});
    desk.bring({lines});
    CHECK(desk.waiting_for("E-LINES-FILE") == 0);
    CHECK(desk.waiting_for("E-SKU") == 1);
}

TEST_CASE("another file of lines leaves orders waiting whose lines are not in it") {
    TwinDesk together, desk;
    desk.bring({orders_file});
    const auto other = desk.changed(lines_file, "testgift-10200057", "testgift-90200057");
    desk.bring({other});
    CHECK(desk.waiting_for("E-LINES-FILE") == 1);
    CHECK(desk.waiting_for("E-ORDER-FILE") == 1);
    together.bring({orders_file, other});
    CHECK(desk.orders().size() == together.orders().size());
}
