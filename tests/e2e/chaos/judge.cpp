#include "tests/e2e/chaos/judge.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <nlohmann/json.hpp>

#include "adaptors/sqlite/database.hpp"
#include "core/base/ids.hpp"
#include "server/store/chain.hpp"
#include "server/store/floor.hpp"
#include "server/store/projection.hpp"
#include "tests/e2e/floor/screen.hpp"

namespace kenpin::chaos {
namespace {

const SiteId site{"TOKYO1"};
constexpr std::size_t most_told = 20;

struct Key {
    std::string device;
    std::int64_t epoch = 0, seq = 0;
    auto operator<=>(const Key&) const = default;
};

std::string to_text(const Key& key) {
    return key.device + "/" + std::to_string(key.epoch) + "/" + std::to_string(key.seq);
}

struct Content {
    std::string kind, payload;
    bool operator==(const Content&) const = default;
};
using Events = std::multimap<Key, Content>;

struct Case {
    Events on_server;
    Verdict verdict;

    void broken(const std::string& what) {
        if (verdict.broken.size() < most_told) verdict.broken.push_back(what);
    }
};

Result<sqlite::Database> open(const std::filesystem::path& file) {
    return sqlite::Database::open("sqlite:" + file.string());
}

Events events_of_server(sqlite::Tx& tx) {
    Events events;
    for (auto& [device, epoch, seq, kind, payload] :
         tx.rows<std::string, std::int64_t, std::int64_t, std::string, std::string>(
             "SELECT device, epoch, seq, kind, payload FROM event WHERE site = ?", site))
        events.insert({{device, epoch, seq}, {kind, payload}});
    return events;
}

// ---- what workers saw

void judge_screen(Case& all, const StationFiles& station) {
    std::set<Key> seen;
    for (const auto& line : floor::read_screen_log(station.screen_log)) {
        if (line.kind == "ng") ++all.verdict.refused_lines;
        if (!line.is_green()) continue;
        ++all.verdict.green_lines;
        for (const auto seq : line.seqs) {
            const Key key{station.device, line.epoch, seq};
            if (!seen.insert(key).second) all.broken(to_text(key) + " was shown green twice");
            const auto times = all.on_server.count(key);
            if (times == 0) ++all.verdict.lost;
            if (times > 1) ++all.verdict.doubled;
            if (times != 1)
                all.broken(to_text(key) + " was shown green and is on the server " + std::to_string(times) +
                           " times");
        }
    }
    all.verdict.green_events += static_cast<std::int64_t>(seen.size());
}

// ---- what devices kept

void compare_with_server(Case& all, const StationFiles& station, const Events& kept) {
    std::int64_t epoch = 0, last = 0;  // each start of the program numbers from 1
    for (const auto& [key, content] : kept) {
        if (key.epoch != epoch) epoch = key.epoch, last = 0;
        if (key.seq != last + 1) all.broken(to_text(key) + " follows " + std::to_string(last));
        last = key.seq;
        const auto found = all.on_server.find(key);
        if (found == all.on_server.end())
            all.broken(to_text(key) + " is not on the server");
        else if (!(found->second == content))
            all.broken(to_text(key) + " is another event on the server");
    }
    const auto of_device = static_cast<std::size_t>(
        std::count_if(all.on_server.begin(), all.on_server.end(),
                      [&](const auto& event) { return event.first.device == station.device; }));
    if (of_device != kept.size())
        all.broken(station.device + " has " + std::to_string(kept.size()) + " events, the server " +
                   std::to_string(of_device) + " of it");
    all.verdict.device_events += static_cast<std::int64_t>(of_device);
}

Outcome judge_outbox(Case& all, const StationFiles& station) {
    auto opened = open(station.database);
    if (!opened) return opened.error();
    auto database = std::move(opened).value();
    return database.read([&](sqlite::Tx& tx) -> Outcome {
        Events kept;
        for (auto& [epoch, seq, kind, body] : tx.rows<std::int64_t, std::int64_t, std::string, std::string>(
                 "SELECT epoch, seq, kind, body FROM outbox"))
            kept.insert({{station.device, epoch, seq}, {kind, body}});
        const auto waiting =
            tx.value<std::int64_t>("SELECT sum(last_seq - acked_upto) FROM life").value_or(0);
        if (waiting != 0)
            all.broken(station.device + " has " + std::to_string(waiting) + " unacknowledged events");
        compare_with_server(all, station, kept);
        return Done{};
    });
}

// ---- what the server made of it

void judge_stock(Case& all, sqlite::Tx& tx) {
    for (const auto& row : store::stock_rows(tx, site))
        if (row.on_hand < Qty{0} || row.shelved < Qty{0} || row.shelved > row.on_hand)
            all.broken("stock of " + row.sku.value + " at " + row.location.value + " cannot be");
    for (const auto& total : store::stock_totals(tx, site))
        if (!total.is_conserved()) all.broken("stock of " + total.sku.value + " is not conserved");
}

void judge_counts(Case& all, sqlite::Tx& tx, int orders) {
    const auto count = [&](const std::string& what) {
        return tx.value<std::int64_t>("SELECT count(*) FROM " + what + " AND site = ?", site).value_or(-1);
    };
    if (count("event WHERE kind = 'order_received'") != orders)
        all.broken(
            "not each order came once: " + std::to_string(count("event WHERE kind = 'order_received'")) +
            " of " + std::to_string(orders));
    if (count("event WHERE projected = 0") != 0) all.broken("events without projection");
    all.verdict.shipped = count("event WHERE kind = 'shipment_shipped'");
    all.verdict.evidence = count("evidence WHERE 1 = 1");
    all.verdict.server_events = count("event WHERE 1 = 1");
}

/// Who had which list from which position of the events on.
using Holders = std::map<std::string, std::map<std::int64_t, std::string>>;

Holders holders(sqlite::Tx& tx) {
    Holders all;
    for (const auto& [position, payload] : tx.rows<std::int64_t, std::string>(
             "SELECT position, payload FROM event WHERE site = ? AND kind = 'list_leased'", site)) {
        const auto body = nlohmann::json::parse(payload);
        all[body.value("list", "")][position] = body.value("device", "");
    }
    return all;
}

std::string holder_at(const Holders& holders, const std::string& list, std::int64_t position) {
    const auto of_list = holders.find(list);
    if (of_list == holders.end()) return {};
    const auto after = of_list->second.upper_bound(position);
    return after == of_list->second.begin() ? std::string{} : std::prev(after)->second;
}

// A green light is taken back only for what its device could not know: that another one had the list first.
void judge_evidence(Case& all, sqlite::Tx& tx) {
    const auto had = holders(tx);
    for (const auto& [device, reason, kind, payload, position] :
         tx.rows<std::string, std::string, std::string, std::string, std::int64_t>(
             "SELECT evidence.device, reason, kind, payload, position FROM evidence JOIN event ON event.site "
             "= "
             "evidence.site AND event.device = evidence.device AND event.epoch = evidence.epoch AND "
             "event.seq = "
             "evidence.seq WHERE evidence.site = ?",
             site)) {
        // Workers here also scan numbers of lists that do not exist (Worker::list_code): a request, no green
        // light.
        if (kind == "take_over_asked" && reason == "unknown_list") continue;
        const auto holder =
            holder_at(had, nlohmann::json::parse(payload).value("list", std::string{}), position);
        if (holder.empty() || holder == device)
            all.broken(kind + " of " + device + " had no effect: " + reason);
    }
}

Outcome judge_replay(Case& all, sqlite::Database& database) {
    const auto as_text = [&] {
        return database.read(
            [](sqlite::Tx& tx) -> Result<std::string> { return store::projections_as_text(tx, site); });
    };
    const auto lived = as_text();
    if (!lived) return lived.error();
    if (auto rebuilt = store::rebuild(database, site); !rebuilt) return rebuilt;
    const auto replayed = as_text();
    if (!replayed) return replayed.error();
    if (lived.value() != replayed.value())
        all.broken("the projections are not what a replay of the events makes");
    return Done{};
}

}  // namespace

Result<Verdict> judge(const std::vector<StationFiles>& stations, const std::filesystem::path& file,
                      int orders) {
    auto opened = open(file);
    if (!opened) return opened.error();
    auto database = std::move(opened).value();
    Case all;
    const auto read = database.read([&](sqlite::Tx& tx) -> Outcome {
        all.on_server = events_of_server(tx);
        if (!store::verify_chain(tx, site).is_whole()) all.broken("the chain of events is broken");
        judge_stock(all, tx);
        judge_counts(all, tx, orders);
        judge_evidence(all, tx);
        return Done{};
    });
    if (!read) return read.error();
    for (const auto& station : stations) {
        judge_screen(all, station);
        if (auto judged = judge_outbox(all, station); !judged) return judged.error();
    }
    if (auto judged = judge_replay(all, database); !judged) return judged.error();
    return all.verdict;
}

}  // namespace kenpin::chaos
