#include "server/app/intake.hpp"

#include <variant>

#include "core/base/overloaded.hpp"
#include "server/plan/allocate.hpp"
#include "server/plan/card_number.hpp"
#include "server/plan/check_order.hpp"
#include "server/shops/shop_file.hpp"
#include "server/store/intake_rows.hpp"
#include "server/store/planning.hpp"
#include "server/store/sealed_text.hpp"

namespace kenpin::app {
namespace {

constexpr std::size_t id_digits = 24;

// The same order has the same id in every import of it: nothing that a restart could make twice.
std::string id_for(const crypto::Key& key, const char* drawer, const std::string& of) {
    return crypto::keyed_hash(key, std::string(drawer) + "\n" + of).substr(0, id_digits);
}

plan::Intake intake_for(const Deciding& deciding, const crypto::Key& key, const ShopAtHand& shop,
                        const OrderToTake& order) {
    const auto& site = deciding.site.site;
    const auto id = plan::order_id(shop.rules.shop, order.order.number_in_shop);
    const auto replaced = store::times_replaced(deciding.tx, site, id);
    const auto text_of = replaced == 0 ? id.value : id.value + "\n" + std::to_string(replaced);
    return {.shop = shop.rules,
            .catalogue = shop.catalogue,
            .known_hash = store::known_hash(deciding.tx, site, id),
            .now = deciding.now,
            .first_shipment = store::next_number(deciding.tx, site, store::Running::shipment),
            .buyer_text = BuyerTextId{id_for(key, "buyer_text", text_of)},
            .hash = [&key](std::string_view text) { return crypto::keyed_hash(key, text); },
            .found = order.found};
}

std::string hash_of(const crypto::Key& key, const ShopId& shop, const Private<std::string>& received) {
    return crypto::keyed_hash(key, shop.value + "\n" + shops::content_of(received.reveal()));
}

/// Seals what came, under an id that the same bytes always give. Answers their hash.
std::string keep_received(const Deciding& deciding, const Secrets& secrets, const ShopId& shop,
                          const std::string& file, const Private<std::string>& received) {
    const auto hash = hash_of(secrets.key, shop, received);
    store::put_sealed(deciding.tx, deciding.site.site, store::Drawer::received_file, secrets.key,
                      {received_id(secrets.key, hash), file, received}, deciding.now);
    return hash;
}

void take(const Deciding& deciding, const Secrets& secrets, plan::Accepted accepted,
          const Private<std::string>& received) {
    const auto& order = accepted.order;
    if (accepted.judged.outcome != "accept")
        accepted.judged.records_hash =
            keep_received(deciding, secrets, order.shop, accepted.judged.file, received);
    store::put_buyer_text(deciding.tx, deciding.site.site, secrets.key, order.buyer_text, order.id.value,
                          accepted.buyer_text, deciding.now);
    if (secrets.matching && accepted.buyer_text.ship_to.size() == 1)
        store::put_addressee(
            deciding.tx, deciding.site.site, order.owner, order.buyer_text,
            plan::hashes_of(accepted.buyer_text.ship_to.front(), *secrets.matching,
                            [&](std::string_view text) { return crypto::keyed_hash(secrets.key, text); }));
    for (auto& body : plan::events_of(accepted)) deciding.decide(std::move(body));
}

void hold_waiting(const Deciding& deciding, const OrderId& order, domain::HoldReason reason) {
    for (const auto& shipment : store::shipments_to_hold(deciding.tx, deciding.site.site, order, reason))
        deciding.decide(protocol::ShipmentHeld{shipment, reason});
}

// The shop says it again, and what may change has changed: the money came, or the buyer cancelled.
void follow_state(const Deciding& deciding, const plan::AlreadyHere& here) {
    if (here.is_cancelled) return hold_waiting(deciding, here.order, domain::HoldReason::cancel_requested);
    if (!here.is_paid) return;
    for (const auto& shipment :
         store::shipments_held(deciding.tx, deciding.site.site, here.order, domain::HoldReason::unpaid))
        deciding.decide(protocol::ShipmentReleased{shipment, domain::HoldReason::unpaid});
}

// Somebody looked at this very content before and decided about it.
bool is_decided(const Deciding& deciding, const crypto::Key& key, const ShopId& shop,
                const Private<std::string>& received) {
    const Private<std::string> kept(plan::without_card_numbers(received.reveal()));
    return store::is_decided_already(deciding.tx, deciding.site.site, hash_of(key, shop, kept));
}

// Whoever set it aside meant this order with this content, in whatever file it comes again.
bool is_set_aside(const Deciding& deciding, const crypto::Key& key, const ShopAtHand& shop,
                  const OrderToTake& order) {
    const auto id = plan::order_id(shop.rules.shop, order.order.number_in_shop);
    return !order.is_asked_for &&
           store::has_decisions(deciding.tx, deciding.site.site, shop.rules.owner, id) &&
           is_decided(deciding, key, shop.rules.shop, order.received);
}

plan::Refused conflict(const OrderToTake& order) {
    return plan::refusal_of({{"order_no", "conflict"}}, order.found);
}

}  // namespace

std::string received_id(const crypto::Key& key, const std::string& records_hash) {
    return records_hash.empty() ? std::string{} : id_for(key, "received_file", records_hash);
}

std::optional<ShopAtHand> shop_at_hand(const Deciding& deciding, const ShopId& shop,
                                       const IntakeRules* tables) {
    auto rules = store::shop_rules(deciding.tx, deciding.site.site, shop);
    if (!rules) return std::nullopt;
    if (deciding.site.depth == domain::Depth::verify_only) rules->keeps_stock = false;
    if (tables)
        rules->days = plan::days_from(tables->floor.days,
                                      {rules->carrier, deciding.site.prefecture, japan_day(deciding.now)});
    auto catalogue = store::catalogue(deciding.tx, deciding.site.site, rules->owner, shop);
    return ShopAtHand{std::move(*rules), std::move(catalogue)};
}

plan::IntakeVerdict take_order(const Deciding& deciding, const Secrets& secrets, const ShopAtHand& shop,
                               const OrderToTake& order) {
    auto verdict =
        plan::judge_order(order.order, intake_for(deciding, secrets.key, shop, order), order.unreadable);
    if (std::holds_alternative<plan::Accepted>(verdict) && is_set_aside(deciding, secrets.key, shop, order))
        verdict = plan::AlreadyHere{.order = plan::order_id(shop.rules.shop, order.order.number_in_shop),
                                    .is_set_aside = true};
    const std::string number = order.has_number ? order.order.number_in_shop : std::string{};
    std::visit(
        Overloaded{[&](const plan::Accepted& accepted) { take(deciding, secrets, accepted, order.received); },
                   [&](const plan::AlreadyHere& here) {
                       if (!here.is_set_aside) follow_state(deciding, here);
                   },
                   [&](const plan::Conflict& same) {
                       if (is_decided(deciding, secrets.key, shop.rules.shop, order.received)) return;
                       refuse_order(deciding, secrets, shop.rules, number, conflict(order), order.received);
                       hold_waiting(deciding, same.order, domain::HoldReason::to_confirm);
                   },
                   [&](const plan::Refused& refused) {
                       refuse_order(deciding, secrets, shop.rules, number, refused, order.received);
                   },
                   [&](const plan::Cancelled& cancelled) {
                       hold_waiting(deciding, cancelled.order, domain::HoldReason::cancel_requested);
                   }},
        verdict);
    return verdict;
}

void refuse_order(const Deciding& deciding, const Secrets& secrets, const plan::ShopRules& shop,
                  const std::string& number_in_shop, plan::Refused refused,
                  const Private<std::string>& received) {
    const auto& site = deciding.site.site;
    const Private<std::string> kept(plan::without_card_numbers(received.reveal()));
    const auto hash = hash_of(secrets.key, shop.shop, kept);
    if (store::is_waiting_already(deciding.tx, site, hash)) return;
    keep_received(deciding, secrets, shop.shop, refused.judged.file, kept);
    refused.judged.records_hash = hash;
    deciding.decide(plan::event_of(refused, shop, number_in_shop, received_id(secrets.key, hash)));
}

void allocate(const Deciding& deciding, const OwnerId& owner) {
    if (deciding.site.depth == domain::Depth::verify_only) return;
    const auto& site = deciding.site.site;
    for (auto& allocated : plan::allocate(store::wanting_stock(deciding.tx, site, owner),
                                          store::free_stock(deciding.tx, site, owner)))
        deciding.decide(std::move(allocated));
}

std::vector<web::Reason> reasons_of(const std::vector<plan::Problem>& problems) {
    std::vector<web::Reason> reasons;
    for (const auto& problem : problems)
        reasons.push_back({.field = problem.field, .reason = problem.reason});
    return reasons;
}

web::OrderAnswer answer_of(const plan::IntakeVerdict& verdict) {
    using Answer = web::OrderAnswer;
    return std::visit(
        Overloaded{
            [](const plan::Accepted& accepted) -> Answer { return web::OrderTaken{accepted.order.id}; },
            [](const plan::AlreadyHere& here) -> Answer {
                if (here.is_set_aside)
                    return web::OrderNotAcceptable{{{.field = "order_no", .reason = "set_aside"}}};
                return web::OrderUnchanged{here.order};
            },
            [](const plan::Conflict& same) -> Answer { return web::OrderConflicts{same.order}; },
            [](const plan::Refused& refused) -> Answer {
                return web::OrderNotAcceptable{reasons_of(refused.problems)};
            },
            [](const plan::Cancelled&) -> Answer {
                return web::OrderNotAcceptable{{{.field = "status", .reason = "cancelled"}}};
            }},
        verdict);
}

}  // namespace kenpin::app
