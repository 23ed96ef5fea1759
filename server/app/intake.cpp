#include "server/app/intake.hpp"

#include <variant>

#include "core/base/overloaded.hpp"
#include "server/plan/check_order.hpp"
#include "server/plan/allocate.hpp"
#include "server/store/planning.hpp"
#include "server/store/sealed_text.hpp"

namespace kenpin::app {
namespace {

constexpr std::size_t id_bytes = 12;

plan::Intake intake_for(const Deciding& deciding, const crypto::Key& key, const plan::ShopRules& shop,
                        const plan::Catalogue& catalogue, const plan::ReceivedOrder& order) {
    const auto& site = deciding.site.site;
    return {
        .shop = shop,
        .catalogue = catalogue,
        .known_hash = store::known_hash(deciding.tx, site, plan::order_id(shop.shop, order.number_in_shop)),
        .today = japan_day(deciding.now),
        .first_shipment = store::next_number(deciding.tx, site, store::Running::shipment),
        .buyer_text = BuyerTextId{crypto::random_hex(id_bytes)},
        .hash = [&key](std::string_view text) { return crypto::keyed_hash(key, text); }};
}

/// Seals the record as it came and answers the id under which it lies.
std::string keep_received(const Deciding& deciding, const crypto::Key& key, const AsReceived& received) {
    const auto id = crypto::random_hex(id_bytes);
    store::put_sealed(deciding.tx, deciding.site.site, store::Drawer::received_file, key,
                      {id, received.name, Private<std::string>(std::string(received.bytes))}, deciding.now);
    return id;
}

}  // namespace

std::vector<web::Reason> reasons_of(const std::vector<plan::Problem>& problems) {
    std::vector<web::Reason> reasons;
    for (const auto& problem : problems)
        reasons.push_back({.field = problem.field, .reason = problem.reason});
    return reasons;
}

std::optional<plan::ShopRules> rules_of(const Deciding& deciding, const ShopId& shop) {
    auto rules = store::shop_rules(deciding.tx, deciding.site.site, shop);
    if (rules) rules->keeps_stock = deciding.site.depth != domain::Depth::verify_only;
    return rules;
}

void refuse_order(const Deciding& deciding, const crypto::Key& key, const plan::ShopRules& shop,
                  const std::string& number_in_shop, const std::vector<plan::Problem>& problems,
                  const AsReceived& received) {
    const auto kept = keep_received(deciding, key, received);
    deciding.decide(plan::event_of(plan::Refused{problems}, shop, number_in_shop, kept));
}

web::OrderAnswer take_order(const Deciding& deciding, const crypto::Key& key, const plan::ShopRules& shop,
                            const plan::ReceivedOrder& order, const AsReceived& received) {
    const auto catalogue = store::catalogue(deciding.tx, deciding.site.site, shop.owner, shop.shop);
    const auto verdict = plan::judge_order(order, intake_for(deciding, key, shop, catalogue, order));
    return std::visit(
        Overloaded{
            [&](const plan::Accepted& accepted) -> web::OrderAnswer {
                store::put_buyer_text(deciding.tx, deciding.site.site, key, accepted.order.buyer_text,
                                      accepted.order.id.value, accepted.buyer_text, deciding.now);
                for (auto& body : plan::events_of(accepted)) deciding.decide(std::move(body));
                return web::OrderTaken{accepted.order.id};
            },
            [](const plan::AlreadyHere& here) -> web::OrderAnswer { return web::OrderUnchanged{here.order}; },
            [](const plan::Conflict& conflict) -> web::OrderAnswer {
                return web::OrderConflicts{conflict.order};
            },
            [&](const plan::Refused& refused) -> web::OrderAnswer {
                const bool is_number =
                    plan::is_order_number(order.number_in_shop);  // else it may be anything, a name too
                refuse_order(deciding, key, shop, is_number ? order.number_in_shop : std::string{},
                             refused.problems, received);
                return web::OrderNotAcceptable{reasons_of(refused.problems)};
            }},
        verdict);
}

void allocate(const Deciding& deciding, const OwnerId& owner) {
    if (deciding.site.depth == domain::Depth::verify_only) return;
    const auto& site = deciding.site.site;
    for (auto& allocated : plan::allocate(store::wanting_stock(deciding.tx, site, owner),
                                          store::free_stock(deciding.tx, site, owner)))
        deciding.decide(std::move(allocated));
}

}  // namespace kenpin::app
