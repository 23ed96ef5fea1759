#include "server/store/waiting_codes.hpp"

namespace kenpin::store {
namespace {

const std::string is_open = "site = ? AND state = 'open'";
const std::string of_unknown_code = is_open + " AND ' ' || codes || ' ' LIKE '% E-SKU %'";

template <class... Params>
std::vector<std::int64_t> positions(sqlite::Tx& tx, const std::string& condition, const Params&... params) {
    std::vector<std::int64_t> all;
    for (auto& [position] : tx.rows<std::int64_t>(
             "SELECT position FROM order_intake WHERE " + condition + " ORDER BY position", params...))
        all.push_back(position);
    return all;
}

}  // namespace

void put_waiting_code(sqlite::Tx& tx, const SiteId& site, const std::string& received_file,
                      const CodeHash& hash) {
    tx.run(
        "INSERT INTO waiting_code (site, received_file, code_hash, chosen_hash) VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO NOTHING",
        site, received_file, hash.code, hash.chosen);
}

void drop_waiting_codes(sqlite::Tx& tx, const SiteId& site, const std::string& received_file) {
    tx.run("DELETE FROM waiting_code WHERE site = ? AND received_file = ?", site, received_file);
}

std::vector<WaitingCode> waiting_codes(sqlite::Tx& tx, const SiteId& site) {
    std::vector<WaitingCode> codes;
    for (auto& [shop, code, chosen, orders, since, record] :
         tx.rows<ShopId, std::string, std::string, int, Instant, std::int64_t>(
             "SELECT i.shop, w.code_hash, w.chosen_hash, count(*), min(i.came_ms), min(i.position) FROM "
             "waiting_code w JOIN order_intake i ON i.site = w.site AND i.received_file = w.received_file "
             "AND "
             "i.state = 'open' AND ' ' || i.codes || ' ' LIKE '% E-SKU %' WHERE w.site = ? GROUP BY i.shop, "
             "w.code_hash, "
             "w.chosen_hash ORDER BY count(*) DESC, min(i.position)",
             site))
        codes.push_back({shop, {code, chosen}, orders, since, record});
    return codes;
}

std::vector<std::int64_t> waiting_for_code(sqlite::Tx& tx, const SiteId& site, const std::string& code_hash) {
    return positions(tx,
                     is_open +
                         " AND received_file IN (SELECT received_file FROM waiting_code WHERE site = ? "
                         "AND code_hash = ?)",
                     site, site, code_hash);
}

std::vector<std::int64_t> waiting_for_no_noted_code(sqlite::Tx& tx, const SiteId& site) {
    return positions(
        tx,
        of_unknown_code + " AND received_file NOT IN (SELECT received_file FROM waiting_code WHERE site = ?)",
        site, site);
}

int waiting_for_codes(sqlite::Tx& tx, const SiteId& site, const ShopId& shop) {
    return tx
        .value<int>("SELECT count(*) FROM order_intake WHERE " + of_unknown_code + " AND shop = ?", site,
                    shop)
        .value_or(0);
}

}  // namespace kenpin::store
