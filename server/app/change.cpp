#include "server/app/change.hpp"

#include <algorithm>
#include <variant>

#include "server/app/cancel.hpp"
#include "server/app/intake.hpp"
#include "server/plan/change.hpp"
#include "server/plan/check_order.hpp"
#include "server/shops/order_json.hpp"
#include "server/store/shipments.hpp"

namespace kenpin::app {
namespace {

std::vector<plan::ChangeCase> cases_of(const Deciding& deciding, const OrderId& order) {
    const auto& site = deciding.site.site;
    std::vector<plan::ChangeCase> cases;
    for (const auto& id : store::shipments_of_order(deciding.tx, site, order)) {
        const auto row = store::shipment_row(deciding.tx, site, id);
        if (!row || domain::is_cancelled(row->states)) continue;  // of a change before
        const auto pieces = store::pieces_of(deciding.tx, site, row->owner, id);
        cases.push_back({row->states, std::any_of(pieces.begin(), pieces.end(),
                                                  [](const auto& piece) { return piece.closed; })});
    }
    return cases;
}

std::vector<ShipmentId> living_shipments(const Deciding& deciding, const OrderId& order) {
    std::vector<ShipmentId> living;
    for (const auto& id : store::shipments_of_order(deciding.tx, deciding.site.site, order)) {
        const auto row = store::shipment_row(deciding.tx, deciding.site.site, id);
        if (row && !domain::is_cancelled(row->states)) living.push_back(id);
    }
    return living;
}

OrderToTake to_take(const Deciding& deciding, const ImportTools& tools, const ShopAtHand& shop,
                    plan::ReceivedOrder read, const std::string& json) {
    OrderToTake order{.order = std::move(read), .received = Private<std::string>(json)};
    if (tools.rules)
        order.found = found_in(order.order, shop.catalogue, *tools.rules, findings_site(deciding));
    order.found.file = "api";
    order.is_asked_for = true;  // whoever asks for the change means this content
    return order;
}

web::ChangeAnswer not_acceptable(const std::vector<plan::Problem>& problems) {
    return web::OrderNotAcceptable{reasons_of(problems)};
}

// All or nothing: what cannot be planned anew leaves the order as it stands (the transaction is undone).
Result<web::ChangeAnswer> plan_anew(const Deciding& deciding, const Secrets& secrets, const ShopAtHand& shop,
                                    const OrderToTake& order, web::ChangeView view) {
    const auto verdict = take_order(deciding, secrets, shop, order);
    if (!std::holds_alternative<plan::Accepted>(verdict))
        return Error{Error::Kind::refused, "the changed order cannot be taken"};
    allocate(deciding, shop.rules.owner);
    view.shipments = living_shipments(deciding, view.order);
    return web::ChangeAnswer{std::move(view)};
}

}  // namespace

Result<web::ChangeAnswer> change_order(const Deciding& deciding, const ImportTools& tools,
                                       const web::Scope& scope, const web::ChangeOrder& wanted) {
    const auto head = store::order_row(deciding.tx, deciding.site.site, wanted.order);
    if (!head || (scope.shop && *scope.shop != head->shop)) return Error{Error::Kind::not_found, "order"};
    const auto parsed = shops::parse_order(wanted.json);
    if (std::holds_alternative<shops::NotJson>(parsed)) return web::ChangeAnswer{web::OrderNotJson{}};
    const auto shop = shop_at_hand(deciding, head->shop, tools.rules, tools.key);
    if (!shop) return Error{Error::Kind::not_found, "shop"};
    if (const auto* wrong = std::get_if<shops::NotAcceptable>(&parsed))
        return not_acceptable(plan::all_problems(wrong->problems, wrong->read, shop->catalogue));
    const auto& read = std::get<plan::ReceivedOrder>(parsed);
    if (plan::order_id(head->shop, read.number_in_shop) != wanted.order)
        return not_acceptable({{"order_no", "another_order"}});
    if (const auto problems = plan::all_problems({}, read, shop->catalogue); !problems.empty())
        return not_acceptable(problems);

    const Secrets secrets{tools.key, tools.rules};
    const auto order = to_take(deciding, tools, *shop, read, wanted.json);
    const auto answer = plan::judge_change(cases_of(deciding, wanted.order),
                                           is_here_already(deciding, secrets, *shop, order));
    web::ChangeView view{wanted.order, std::string(plan::name(answer)), {}};
    if (answer == plan::ChangeAnswer::unchanged) return web::ChangeAnswer{view};
    if (answer != plan::ChangeAnswer::too_late)
        for (const auto& shipment : living_shipments(deciding, wanted.order))
            if (auto stopped = cancel_shipment(deciding, {}, shipment, wanted.by); !stopped)
                return stopped.error();
    deciding.decide(protocol::ChangeAsked{wanted.order, view.answer, wanted.by});
    if (answer == plan::ChangeAnswer::too_late) return web::ChangeAnswer{view};
    return plan_anew(deciding, secrets, *shop, order, std::move(view));
}

}  // namespace kenpin::app
