#include "server/app/consolidations.hpp"

#include <map>
#include <utility>

#include "server/plan/consolidation.hpp"
#include "server/store/intake_rows.hpp"
#include "server/store/masters.hpp"

namespace kenpin::app {

std::vector<web::ConsolidationView> consolidations(sqlite::Tx& tx, const SiteSettings& site,
                                                   const web::Scope& scope) {
    std::vector<web::ConsolidationView> views;
    for (const auto& owner : store::owners(tx, site.site)) {
        auto waiting = store::orders_to_consolidate(tx, site.site, owner);
        if (scope.shop) std::erase_if(waiting, [&](const auto& order) { return order.shop != *scope.shop; });
        std::map<OrderId, ShopId> shops;
        for (const auto& order : waiting) shops.emplace(order.order, order.shop);
        for (auto& same : plan::consolidations(waiting, site.consolidate_across)) {
            web::ConsolidationView view{{}, std::move(same.differs), std::move(same.offers)};
            for (const auto& order : same.orders) view.orders.push_back({order, shops.at(order)});
            views.push_back(std::move(view));
        }
    }
    return views;
}

}  // namespace kenpin::app
