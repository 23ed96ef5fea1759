#include "server/app/shop_codes.hpp"

#include <map>
#include <optional>
#include <utility>

#include "server/app/code_waits.hpp"
#include "server/app/intake.hpp"
#include "server/app/retake.hpp"
#include "server/plan/unknown_codes.hpp"
#include "server/store/document_rows.hpp"
#include "server/store/intake_rows.hpp"
#include "server/store/planning.hpp"
#include "server/store/shop_codes.hpp"

namespace kenpin::app {
namespace {

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

web::UnknownCodeView view_of(const store::WaitingCode& waiting, const plan::ReceivedLine& line,
                             const OwnersItems& known) {
    web::UnknownCodeView view{waiting.shop, line.code, line.options, waiting.orders, waiting.since, {}};
    for (const auto& proposal : known.proposals.of(line.code)) {
        const auto item = known.items.find(proposal.sku);
        view.proposals.push_back({proposal.sku, proposal.units,
                                  item == known.items.end() ? std::string{} : item->second.name,
                                  proposal.because});
    }
    return view;
}

// Codes as the oldest order that waits for each writes them.
class CodesAsWritten {
public:
    CodesAsWritten(sqlite::Tx& tx, const SiteId& site, const ImportTools& tools)
        : tx_(tx), site_(site), tools_(tools) {}

    /// Nothing: it is known by now, or its record cannot be read.
    std::optional<web::UnknownCodeView> view(const store::WaitingCode& waiting) {
        const auto* owner = owner_of(waiting.shop);
        const auto row = store::intake_row(tx_, site_, waiting.record);
        if (!owner || !row) return std::nullopt;
        const auto order = waiting_order(tx_, site_, *tools_.rules, tools_.key, *row);
        if (!order) return std::nullopt;
        for (const auto& line : plan::lines_of_unknown_codes(*order, catalogues_[waiting.shop]))
            if (hash_of(tools_.key, waiting.shop, line).chosen == waiting.hash.chosen)
                return view_of(waiting, line, items_.at(*owner));
        return std::nullopt;
    }

private:
    const OwnerId* owner_of(const ShopId& shop) {
        const auto [at, is_new] = owners_.try_emplace(shop);
        const auto rules = is_new ? store::shop_rules(tx_, site_, shop) : std::optional<plan::ShopRules>{};
        if (rules) {
            at->second = rules->owner;
            auto& catalogue = catalogues_[shop] = store::catalogue(tx_, site_, rules->owner, shop);
            catalogue.seal_options = [&](const std::string& text) {
                return sealed_options(tools_.key, text);
            };
            if (!items_.contains(rules->owner))
                items_.emplace(rules->owner, items_of(tx_, site_, rules->owner, tools_));
        }
        return at->second ? &*at->second : nullptr;
    }

    sqlite::Tx& tx_;
    const SiteId& site_;
    const ImportTools& tools_;
    std::map<ShopId, std::optional<OwnerId>> owners_;
    std::map<ShopId, plan::Catalogue> catalogues_;
    std::map<OwnerId, OwnersItems> items_;
};

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

web::UnknownCodes unknown_codes(sqlite::Tx& tx, const SiteId& site, const ImportTools& tools,
                                const web::Scope& scope) {
    CodesAsWritten as_written(tx, site, tools);
    web::UnknownCodes unknown;
    for (const auto& waiting : store::waiting_codes(tx, site)) {
        if (scope.shop && waiting.shop != *scope.shop) continue;
        if (unknown.codes.size() == most_codes_asked)
            ++unknown.left_off;
        else if (auto view = as_written.view(waiting))
            unknown.codes.push_back(std::move(*view));
    }
    return unknown;
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
    const auto retaken = retake_waiting_for(deciding, *tools.rules, tools.key, meaning.shop, meaning.code);
    for (const auto& owner : retaken.owners) allocate(deciding, owner);
    return web::CodeAnswered{retaken.taken, store::waiting_for_codes(deciding.tx, site, meaning.shop),
                             retaken.wrong};
}

}  // namespace kenpin::app
