#include "server/store/shop_codes.hpp"

#include <string>

#include "core/protocol/events.hpp"

namespace kenpin::store {
namespace {

struct CodeRow {
    std::string code, options;
    plan::ItemPart part;
};

std::vector<CodeRow> rows_of(sqlite::Tx& tx, const std::string& table, const SiteId& site,
                             const OwnerId& owner, const ShopId& shop) {
    std::vector<CodeRow> rows;
    for (auto& [code, options, sku, units] : tx.rows<std::string, std::string, Sku, Qty>(
             "SELECT code, options, sku, units FROM " + table +
                 " WHERE site = ? AND owner = ? AND shop = ? ORDER BY code, options, sku",
             site, owner, shop))
        rows.push_back({std::move(code), std::move(options), {std::move(sku), units}});
    return rows;
}

}  // namespace

void know_shop_codes(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner, const ShopId& shop,
                     plan::Catalogue& catalogue) {
    for (const auto& row : rows_of(tx, "shop_code", site, owner, shop))
        plan::know_shop_code(catalogue, row.code, row.options, row.part);
    const auto of_table = catalogue.by_shop_code;
    for (const auto& row : rows_of(tx, "shop_code_answer", site, owner, shop))
        if (!of_table.contains({row.code, row.options}))
            plan::know_shop_code(catalogue, row.code, row.options, row.part);
}

bool stands_in_table(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner, const ShopId& shop,
                     const plan::ShopCode& code) {
    const plan::ShopCode wanted{plan::compare_code(code.code), plan::compare_options(code.options)};
    for (const auto& row : rows_of(tx, "shop_code", site, owner, shop))
        if (plan::ShopCode{plan::compare_code(row.code), plan::compare_options(row.options)} == wanted)
            return true;
    return false;
}

bool were_codes_told_since(sqlite::Tx& tx, const SiteId& site, std::int64_t position) {
    return tx
        .value<std::int64_t>(
            "SELECT position FROM event WHERE site = ? AND position > ? AND kind IN (?, ?) LIMIT 1", site,
            position, std::string(protocol::MasterImported::kind),
            std::string(protocol::ShopCodeAnswered::kind))
        .has_value();
}

}  // namespace kenpin::store
