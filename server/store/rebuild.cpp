#include <algorithm>
#include <iterator>
#include <sstream>

#include "server/store/migrations.hpp"
#include "server/store/projection.hpp"

namespace kenpin::store {
namespace {

constexpr int page = 500;  // events read at a time

void empty_projections(sqlite::Tx& tx, const SiteId& site) {
    for (const auto& table : projection_tables())
        tx.run("DELETE FROM " + table.name + " WHERE site = ?", site);
}

void mark_projected(sqlite::Tx& tx, const SiteId& site, const StoredEvent& stored) {
    tx.run("UPDATE event SET projected = 1 WHERE site = ? AND position = ? AND projected = 0", site,
           stored.position);
}

void fold_all(sqlite::Tx& tx, const SiteId& site) {
    std::int64_t position = 0;
    while (!tx.is_spoiled()) {
        const auto events = events_after(tx, site, position, page);
        if (events.empty()) return;
        for (const auto& stored : events) {
            position = stored.position;
            if (std::holds_alternative<protocol::UnknownKind>(stored.event.body)) continue;
            project(tx, site, stored);
            mark_projected(tx, site, stored);
        }
    }
}

// `'table'|col|col…` of every row, whatever the types; NULL shows as ~.
std::string row_text(const Table& table) {
    std::string text = "'" + table.name + "'";
    for (const auto& column : table.columns) text += " || '|' || coalesce(CAST(" + column + " AS TEXT), '~')";
    return text;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    std::sort(lines.begin(), lines.end());
    return lines;
}

void add_missing(std::vector<std::string>& found, char sign, const std::vector<std::string>& in,
                 const std::vector<std::string>& but_not_in) {
    std::vector<std::string> missing;
    std::set_difference(in.begin(), in.end(), but_not_in.begin(), but_not_in.end(),
                        std::back_inserter(missing));
    for (auto& line : missing) found.push_back(sign + line);
}

}  // namespace

Result<std::vector<std::string>> differences_from_replay(sqlite::Database& database, const SiteId& site,
                                                         std::size_t most) {
    std::vector<std::string> found;
    bool is_compared = false;
    const auto undone = database.transact([&](sqlite::Tx& tx) -> Outcome {
        found.clear();
        const auto before = lines_of(projections_as_text(tx, site));
        empty_projections(tx, site);
        fold_all(tx, site);
        const auto after = lines_of(projections_as_text(tx, site));
        if (tx.is_spoiled()) return *tx.error();
        add_missing(found, '-', before, after);
        add_missing(found, '+', after, before);
        is_compared = true;
        return Error{Error::Kind::refused, "only looked"};  // rolled back
    });
    if (!is_compared) return undone.error();
    if (found.size() > most) found.resize(most);
    return found;
}

Outcome rebuild(sqlite::Database& database, const SiteId& site) {
    return database.transact([&](sqlite::Tx& tx) -> Outcome {
        empty_projections(tx, site);
        fold_all(tx, site);
        return Done{};
    });
}

std::string projections_as_text(sqlite::Tx& tx, const SiteId& site) {
    std::string all;
    for (const auto& table : projection_tables())
        for (const auto& [row] : tx.rows<std::string>(
                 "SELECT " + row_text(table) + " FROM " + table.name + " WHERE site = ? ORDER BY 1", site))
            all += row + "\n";
    return all;
}

}  // namespace kenpin::store
