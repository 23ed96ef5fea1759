#include "server/app/shop_codes.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "server/app/intake.hpp"
#include "server/app/retake.hpp"
#include "server/plan/unknown_codes.hpp"
#include "server/store/document_rows.hpp"
#include "server/store/intake_rows.hpp"
#include "server/store/planning.hpp"
#include "server/store/shop_codes.hpp"

namespace kenpin::app {
namespace {

bool waits_for_code(const store::IntakeRow& row) {
    return row.has("E-SKU");
}

// The items of one owner, by all ways to write their codes.
struct OwnersItems {
    plan::Items items;
    plan::CodeProposals proposals;
};

OwnersItems items_of(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner, const ImportTools& tools) {
    OwnersItems all{store::items(tx, site, owner), plan::CodeProposals(tools.rules->floor.matching.nfkc)};
    for (const auto& [sku, item] : all.items) {
        all.proposals.know_item(sku);
        for (const auto& code : item.codes) all.proposals.know_barcode(code.code, sku, code.units);
    }
    return all;
}

web::UnknownCodeView view_of(const plan::UnknownCode& code, const OwnersItems& known) {
    web::UnknownCodeView view{code.shop, code.code, code.options, code.orders, code.since, {}};
    for (const auto& proposal : known.proposals.of(code.code)) {
        const auto item = known.items.find(proposal.sku);
        view.proposals.push_back({proposal.sku, proposal.units,
                                  item == known.items.end() ? std::string{} : item->second.name,
                                  proposal.because});
    }
    return view;
}

int waiting_for_codes(sqlite::Tx& tx, const SiteId& site, const ShopId& shop) {
    const auto open = store::open_intake(tx, site);
    return static_cast<int>(std::count_if(
        open.begin(), open.end(), [&](const auto& row) { return row.shop == shop && waits_for_code(row); }));
}

std::vector<web::Reason> faults_of(const web::CodeMeaning& meaning, const plan::Catalogue& catalogue) {
    std::vector<web::Reason> faults;
    for (std::size_t i = 0; i < meaning.items.size(); ++i) {
        const auto& item = meaning.items[i];
        if (const auto fault = plan::fault_of_part({item.sku, item.units}, catalogue); !fault.empty())
            faults.push_back({.field = "items[" + std::to_string(i) + "].sku", .reason = fault});
    }
    return faults;
}

// What was chosen may be what a buyer wrote himself: it is known again, not kept.
protocol::ShopCodeAnswered event_of(const web::CodeMeaning& meaning, const OwnerId& owner,
                                    const std::string& by, const crypto::Key& key) {
    const auto options = sealed_options(key, plan::compare_options(meaning.options));
    protocol::ShopCodeAnswered event{owner, meaning.shop, meaning.code, options, {}, by};
    for (const auto& item : meaning.items) event.items.push_back({item.sku, item.units});
    return event;
}

}  // namespace

std::vector<web::UnknownCodeView> unknown_codes(sqlite::Tx& tx, const SiteId& site, const ImportTools& tools,
                                                const web::Scope& scope) {
    std::map<ShopId, std::optional<plan::ShopRules>> shops;
    std::map<ShopId, plan::Catalogue> catalogues;
    plan::UnknownCodes codes;
    for (const auto& row : store::open_intake(tx, site)) {
        if (!waits_for_code(row) || (scope.shop && row.shop != *scope.shop)) continue;
        const auto [shop, is_new] = shops.try_emplace(row.shop);
        if (is_new) shop->second = store::shop_rules(tx, site, row.shop);
        if (!shop->second) continue;
        if (is_new) {
            auto& catalogue = catalogues[row.shop];
            catalogue = store::catalogue(tx, site, shop->second->owner, row.shop);
            catalogue.seal_options = [&](const std::string& text) { return sealed_options(tools.key, text); };
        }
        if (const auto order = waiting_order(tx, site, *tools.rules, tools.key, row))
            codes.note(row.shop, *order, catalogues[row.shop], row.came_at);
    }
    std::map<OwnerId, OwnersItems> owners;
    std::vector<web::UnknownCodeView> views;
    for (const auto& code : codes.all()) {
        const auto& owner = shops.at(code.shop)->owner;
        if (!owners.contains(owner)) owners.emplace(owner, items_of(tx, site, owner, tools));
        views.push_back(view_of(code, owners.at(owner)));
    }
    return views;
}

web::CodeAnswer answer_code(const Deciding& deciding, const ImportTools& tools,
                            const web::CodeMeaning& meaning, const std::string& by) {
    const auto& site = deciding.site.site;
    const auto rules = store::shop_rules(deciding.tx, site, meaning.shop);
    if (!rules) return web::NoSuchShop{};
    if (store::stands_in_table(deciding.tx, site, rules->owner, meaning.shop,
                               {meaning.code, meaning.options}))
        return web::CodeStandsInTable{};
    const auto catalogue = store::catalogue(deciding.tx, site, rules->owner, meaning.shop);
    if (auto faults = faults_of(meaning, catalogue); !faults.empty()) return faults;
    deciding.decide(event_of(meaning, rules->owner, by, tools.key));
    const auto retaken = retake_waiting(deciding, *tools.rules, tools.key);
    for (const auto& owner : retaken.owners) allocate(deciding, owner);
    return web::CodeAnswered{retaken.taken, waiting_for_codes(deciding.tx, site, meaning.shop),
                             retaken.wrong};
}

}  // namespace kenpin::app
