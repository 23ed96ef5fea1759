#pragma once
// Takes a set of orders as kenpin-server import does and compares what became of each with the set's
// expected.json: outcomes, lines, remarks (opened again after sealing), handling, records, consolidation.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "adaptors/crypto/key_file.hpp"
#include "adaptors/gzip/gzip.hpp"
#include "server/app/import_command.hpp"
#include "server/store/sealed_text.hpp"
#include "tests/server/app/floor_excuse.hpp"

namespace kenpin::test {

namespace fs = std::filesystem;
using nlohmann::json;

inline const SiteId imported_site{"SITE1"};

inline std::string whole_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline std::vector<std::string> files_of_set(const fs::path& set) {
    std::vector<std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(set)) {
        const auto name = entry.path().filename().string();
        if (entry.is_regular_file() && !name.starts_with("expected")) files.push_back(entry.path().string());
    }
    std::sort(files.begin(), files.end());
    return files;
}

/// `folder`: where the database and the report are put.
inline app::ImportGiven import_of_set(const fs::path& floor, const std::string& set, const fs::path& folder,
                                      const std::string& assets) {
    return {.database = (folder / "kenpin.db").string(),
            .masters = (floor / "master").string(),
            .now = "2026-11-24T08:00:00+09:00",
            .report = (folder / "report.jsonl").string(),
            .assets = assets,
            .files = files_of_set(floor / set)};
}

struct FloorReport {
    std::map<std::string, json> orders;
    std::map<std::pair<std::string, int>, std::string> records;
    std::set<std::set<std::string>> consolidations;
    std::vector<std::string> faults;  // of the report itself
};

inline FloorReport read_report(const std::string& path) {
    FloorReport report;
    std::ifstream lines(path);
    for (std::string line; std::getline(lines, line);) {
        const auto one = json::parse(line);
        const bool is_told = one.contains("key") || one.contains("record_outcome");
        if (is_told && (one["message"]["ja"].get<std::string>().empty() ||
                        one["message"]["en"].get<std::string>().empty()))
            report.faults.push_back("no message: " + line);
        if (one.contains("key") && !report.orders.emplace(one["key"], one).second)
            report.faults.push_back("told twice: " + one["key"].get<std::string>());
        if (one.contains("record_outcome"))
            report.records[{one["file"], one["record"]}] = one["record_outcome"];
        if (one.contains("consolidation"))
            report.consolidations.insert(one["consolidation"].get<std::set<std::string>>());
    }
    return report;
}

inline std::vector<json> expected_orders(const fs::path& set, const json& expected) {
    if (expected.contains("orders")) return expected["orders"].get<std::vector<json>>();
    const auto lines = gzip::unpack(whole_file(set / "expected_orders.jsonl.gz"), 1U << 30U);
    std::vector<json> orders;
    std::istringstream in(lines ? lines.value() : std::string{});
    for (std::string line; std::getline(in, line);) orders.push_back(json::parse(line));
    return orders;
}

/// The buyers' words as they lie sealed, by order.
inline Result<std::map<std::string, std::string>> sealed_remarks(const app::ImportGiven& given) {
    const auto key =
        crypto::load_or_create_key((fs::path(given.database).parent_path() / "site.key").string());
    if (!key) return key.error();
    auto opened = sqlite::Database::open("sqlite:" + given.database, {.read_only = true});
    if (!opened) return opened.error();
    auto database = std::move(opened).value();
    return database.read([&](sqlite::Tx& tx) -> Result<std::map<std::string, std::string>> {
        std::map<std::string, std::string> all;
        for (const auto& [order, text] : tx.rows<OrderId, BuyerTextId>(
                 "SELECT order_id, buyer_text FROM order_head WHERE site = ?", imported_site)) {
            const auto sealed = store::open_buyer_text(tx, imported_site, key.value(), text);
            if (!sealed) return sealed.error();
            all[order.value] = sealed.value().remark.reveal();
        }
        return all;
    });
}

/// Right ones of how many.
struct Tally {
    int right = 0, all = 0;
    bool count(bool is_right) {
        ++all;
        right += is_right ? 1 : 0;
        return is_right;
    }
};

struct FloorVerdict {
    Tally outcomes, places, lines, remarks, handling, records, consolidations;
    /// Orders that differ in nothing but flags that no reader of the file could know (floor_excuse.hpp), by
    /// flag.
    std::map<std::string, int> excused;
    std::vector<std::string> wrong;  // keys and what is wrong, no content
};

inline json lines_wanted(const json& order) {
    auto lines = json::array();
    for (const auto& shipment : order["shipments"])
        for (const auto& line : shipment["lines"]) lines.push_back(line);
    return lines;
}

inline void judge_handling(const json& want, const json& got, const GoodsMeasures& goods,
                           FloorVerdict& verdict) {
    const auto wanted = want["handling"].get<std::set<std::string>>();
    const auto flags = got["handling"].get<std::set<std::string>>();
    std::set<std::string> differing;
    std::set_symmetric_difference(wanted.begin(), wanted.end(), flags.begin(), flags.end(),
                                  std::inserter(differing, differing.end()));
    const auto unknowable = flags_nobody_can_know(want, got, goods);
    verdict.handling.count(differing.empty());
    if (std::includes(unknowable.begin(), unknowable.end(), differing.begin(), differing.end()))
        for (const auto& flag : differing) ++verdict.excused[flag];
    else
        verdict.wrong.push_back(want["key"].get<std::string>() + ": handling");
}

/// What the set's files do not hold.
struct Beside {
    std::map<std::string, std::string> remarks;  // as they lie sealed, by order
    GoodsMeasures goods;
};

inline void judge_order(const json& want, const json& got, const Beside& beside, FloorVerdict& verdict) {
    const auto key = want["key"].get<std::string>();
    const auto must = [&](Tally& tally, bool is_right, const char* what) {
        if (!tally.count(is_right)) verdict.wrong.push_back(key + ": " + what);
    };
    const auto outcome = got["outcome"].get<std::string>();
    must(verdict.outcomes, want["expect"].get<std::set<std::string>>().contains(outcome), "outcome");
    must(verdict.places, got["file"] == want["file"] && got["record"] == want["record"], "place");
    judge_handling(want, got, beside.goods, verdict);
    if (outcome != "accept") return;
    must(verdict.lines, got["lines"] == lines_wanted(want) && got["shipments"] == want["shipments"].size(),
         "lines");
    const auto remark = beside.remarks.find(key);
    must(verdict.remarks,
         remark != beside.remarks.end() && remark->second == want["remark"].get<std::string>(), "remark");
}

/// Imports the set and judges it. Errors: those of the import.
inline Result<FloorVerdict> judge_set(const fs::path& set, const app::ImportGiven& given) {
    if (const auto done = app::run_import(given); !done) return done.error();
    const auto report = read_report(given.report);
    const auto remarks = sealed_remarks(given);
    if (!remarks) return remarks.error();
    const Beside beside{remarks.value(), goods_measures((fs::path(given.masters) / "items.csv").string())};
    const auto expected = json::parse(whole_file(set / "expected.json"));
    FloorVerdict verdict;
    verdict.wrong = report.faults;
    const auto orders = expected_orders(set, expected);
    if (report.orders.size() != orders.size()) verdict.wrong.emplace_back("another number of orders");
    for (const auto& order : orders) {
        const auto found = report.orders.find(order["key"].get<std::string>());
        if (found != report.orders.end())
            judge_order(order, found->second, beside, verdict);
        else
            verdict.wrong.push_back(order["key"].get<std::string>() + ": not told");
    }
    if (report.records.size() != expected["records"].size())
        verdict.wrong.emplace_back("another number of records");
    for (const auto& record : expected["records"]) {
        const auto found = report.records.find({record["file"], record["record"]});
        const bool is_right = found != report.records.end() &&
                              record["expect"].get<std::set<std::string>>().contains(found->second);
        if (!verdict.records.count(is_right)) verdict.wrong.push_back(record["file"].dump() + ": record");
    }
    for (const auto& group : expected["consolidation"])
        if (!verdict.consolidations.count(report.consolidations.contains(group.get<std::set<std::string>>())))
            verdict.wrong.emplace_back("consolidation missing");
    if (report.consolidations.size() != expected["consolidation"].size())
        verdict.wrong.emplace_back("another number of consolidations");
    return verdict;
}

}  // namespace kenpin::test
