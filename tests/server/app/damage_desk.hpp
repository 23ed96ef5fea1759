#pragma once
// Takes order files as the server does, each time on the same site with the goods of tests/data/floor, and
// tells what became of each order. Two orders with the same `content` say the same in every word.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "places.hpp"
#include "server/app/import_command.hpp"
#include "server/app/intake_rules.hpp"
#include "server/app/order_files.hpp"
#include "server/store/intake_rows.hpp"
#include "server/store/planning.hpp"
#include "server/store/sealed_text.hpp"

namespace kenpin::test {

namespace fs = std::filesystem;

inline std::string file_bytes(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    REQUIRE_MESSAGE(file.good(), path.string());
    return {std::istreambuf_iterator<char>(file), {}};
}

struct ToldOrder {
    std::string outcome, content;  // content: of the stored order; empty when it was not stored
    std::vector<std::string> codes;
};
struct ToldFiles {
    std::map<std::string, ToldOrder> orders;                // by key
    std::map<std::string, std::set<std::string>> handling;  // by key
    std::vector<app::Taken> records;                        // of no order of their own
    std::vector<std::string> kept;                          // what was refused, as it lies sealed
    bool has_code(const std::string& code) const {
        return std::any_of(records.begin(), records.end(), [&](const auto& one) {
            return std::find(one.codes.begin(), one.codes.end(), code) != one.codes.end();
        });
    }
};

class DamageDesk {
public:
    DamageDesk() {
        auto name = (fs::temp_directory_path() / "kenpin-damage-XXXXXX").string();
        REQUIRE(mkdtemp(name.data()) != nullptr);
        folder_ = name;
        const auto rules = app::load_intake_rules(std::string(KENPIN_SOURCE_ROOT) + "/assets");
        REQUIRE(rules);
        rules_ = rules.value();
        const auto begun =
            app::run_import({.database = (folder_ / "site.db").string(),
                             .masters = std::string(KENPIN_SOURCE_ROOT) + "/tests/data/floor/master",
                             .now = "2026-11-24T08:00:00+09:00",
                             .report = {},
                             .assets = std::string(KENPIN_SOURCE_ROOT) + "/assets",
                             .files = {}});
        REQUIRE(begun);
    }
    ~DamageDesk() { fs::remove_all(folder_); }
    DamageDesk(const DamageDesk&) = delete;
    DamageDesk& operator=(const DamageDesk&) = delete;

    const app::IntakeRules& rules() const { return rules_; }

    ToldFiles take(const std::vector<app::OrderFile>& files,
                   const std::optional<ShopId>& only = std::nullopt) {
        const auto path = folder_ / "copy.db";
        fs::copy_file(folder_ / "site.db", path, fs::copy_options::overwrite_existing);
        ToldFiles told;
        {
            auto opened = sqlite::Database::open("sqlite:" + path.string(), {});
            REQUIRE(opened);
            auto database = std::move(opened).value();
            take_into(database, files, only, told);
        }
        for (const char* end : {"", "-wal", "-shm"}) fs::remove(path.string() + end);
        return told;
    }

private:
    void take_into(sqlite::Database& database, const std::vector<app::OrderFile>& files,
                   const std::optional<ShopId>& only, ToldFiles& told) {
        const auto in_transaction = [&](const std::function<void(const app::Deciding&)>& work) {
            return database.transact([&](sqlite::Tx& tx) -> Outcome {
                app::Changes changes;
                work(app::Deciding{tx, site_, store::Author{DeviceId{"server"}, Epoch{7}},
                                   *parse_instant("2026-11-24T08:00:00+09:00"), changes});
                if (tx.is_spoiled()) return *tx.error();
                return Done{};
            });
        };
        app::OrderImport import(rules_, key_, in_transaction);
        const auto taken = import.take(files, only, [&](const app::Taken& one) { tell(one, told); });
        if (!taken) FAIL(taken.error().detail);
        REQUIRE(in_transaction([&](const app::Deciding& deciding) {
            for (auto& [key, order] : told.orders)
                order.content = store::known_hash(deciding.tx, site_.site, OrderId{key}).value_or("");
            for (const auto& row : store::open_intake(deciding.tx, site_.site)) {
                const auto kept = store::open_sealed(deciding.tx, site_.site, store::Drawer::received_file,
                                                     key_, row.received_file);
                REQUIRE(kept);
                told.kept.push_back(kept.value().reveal());
            }
        }));
    }
    static void tell(const app::Taken& one, ToldFiles& told) {
        if (one.key.empty()) return told.records.push_back(one);
        told.handling[one.key].insert(one.handling.begin(), one.handling.end());
        CHECK_MESSAGE(told.orders.emplace(one.key, ToldOrder{one.outcome, {}, one.codes}).second, one.key);
    }

    fs::path folder_;
    app::IntakeRules rules_;
    app::SiteSettings site_{};
    crypto::Key key_ = crypto::Key::random();
};

}  // namespace kenpin::test
