#include "server/app/intake.hpp"

#include <algorithm>
#include <variant>

#include "core/base/overloaded.hpp"
#include "server/app/cancel.hpp"
#include "server/app/code_waits.hpp"
#include "server/app/retake.hpp"
#include "server/plan/allocate.hpp"
#include "server/plan/card_number.hpp"
#include "server/plan/check_order.hpp"
#include "server/shops/shop_file.hpp"
#include "server/store/exceptions.hpp"
#include "server/store/intake_rows.hpp"
#include "server/store/planning.hpp"
#include "server/store/sealed_text.hpp"
#include "server/store/shipments.hpp"

namespace kenpin::app {
namespace {

constexpr std::size_t id_digits = 24;
constexpr const char* conflict_code = "E-DUP-CONFLICT";
constexpr const char* unknown_code = "E-SKU";
constexpr const char* cancelled_code = "E-CANCELLED";
constexpr const char* by_intake = "intake";  // what a file asks for, no person

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
    const Private<std::string> kept(plan::without_card_numbers(received.reveal()));
    const auto hash = hash_of(secrets.key, shop, kept);
    store::put_sealed(deciding.tx, deciding.site.site, store::Drawer::received_file, secrets.key,
                      {received_id(secrets.key, hash), file, kept}, deciding.now);
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
    if (secrets.rules && accepted.buyer_text.ship_to.size() == 1)
        store::put_addressee(
            deciding.tx, deciding.site.site, order.owner, order.buyer_text,
            plan::hashes_of(accepted.buyer_text.ship_to.front(), secrets.rules->floor.matching,
                            [&](std::string_view text) { return crypto::keyed_hash(secrets.key, text); }));
    for (auto& body : plan::events_of(accepted)) deciding.decide(std::move(body));
}

void hold_waiting(const Deciding& deciding, const OrderId& order, domain::HoldReason reason) {
    for (const auto& shipment : store::shipments_to_hold(deciding.tx, deciding.site.site, order, reason))
        deciding.decide(protocol::ShipmentHeld{shipment, reason});
}

// What waits of it is settled, and what stands is asked to stop. True: something of it has left.
bool follow_cancelling(const Deciding& deciding, const OwnerId& owner, const OrderId& order) {
    drop_waiting(deciding, owner, order, by_intake);
    const auto answers = ask_to_cancel(deciding, order, by_intake);
    return std::any_of(answers.begin(), answers.end(),
                       [](const auto& answer) { return answer.answer == "too_late"; });
}

// A file of before may still bring it, as if nothing had happened: it is remembered that it was cancelled.
void remember_cancelled(const Deciding& deciding, const Secrets& secrets, const ShopAtHand& shop,
                        const OrderToTake& order, const OrderId& id) {
    const auto& found = order.found;
    const plan::Refused cancelled{{{"status", "cancelled"}},
                                  {"reject", {cancelled_code}, {}, found.file, found.record, ""}};
    refuse_order(deciding, secrets, shop.rules, order.order.number_in_shop, cancelled, order.received);
    drop_waiting(deciding, shop.rules.owner, id, by_intake);
}

// The money came. True: that was what it waited for.
bool follow_payment(const Deciding& deciding, const OrderId& order) {
    const auto held =
        store::shipments_held(deciding.tx, deciding.site.site, order, domain::HoldReason::unpaid);
    for (const auto& shipment : held)
        deciding.decide(protocol::ShipmentReleased{shipment, domain::HoldReason::unpaid});
    return !held.empty();
}

// The same words, in whatever form and file they came.
class SameOrder {
public:
    SameOrder(const Deciding& deciding, const Secrets& secrets, const ShopAtHand& shop,
              const OrderToTake& order)
        : deciding_(deciding),
          secrets_(secrets),
          bytes_(hash_of(secrets.key, shop.rules.shop,
                         Private<std::string>(plan::without_card_numbers(order.received.reveal())))),
          words_(plan::canonical_text(order.order)) {}

    bool as(const store::IntakeRow& row) const {
        if (row.records_hash == bytes_) return true;
        if (!secrets_.rules || row.records_hash.empty()) return false;
        const auto kept =
            waiting_order(deciding_.tx, deciding_.site.site, *secrets_.rules, secrets_.key, row);
        return kept && plan::canonical_text(*kept).reveal() == words_.reveal();
    }

private:
    const Deciding& deciding_;
    const Secrets& secrets_;
    const std::string bytes_;
    const Private<std::string> words_;
};

// A person settled this very order before, in whatever form it comes again.
bool is_settled(const Deciding& deciding, const Secrets& secrets, const ShopAtHand& shop,
                const OrderToTake& order) {
    const auto& site = deciding.site.site;
    const auto id = plan::order_id(shop.rules.shop, order.order.number_in_shop);
    std::vector<store::IntakeRow> rows;
    for (const char* state : {"closed", "replaced"})
        for (auto& row : store::intake_of_order(deciding.tx, site, shop.rules.owner, id, state))
            if (!row.has(cancelled_code)) rows.push_back(std::move(row));
    if (rows.empty()) return false;
    const SameOrder same(deciding, secrets, shop, order);
    return std::any_of(rows.begin(), rows.end(), [&](const auto& row) { return same.as(row); });
}

// Its shop cancelled it before it ever came.
bool came_cancelled(const Deciding& deciding, const ShopAtHand& shop, const OrderId& order) {
    const auto closed =
        store::intake_of_order(deciding.tx, deciding.site.site, shop.rules.owner, order, "closed");
    return std::any_of(closed.begin(), closed.end(), [](const auto& row) { return row.has(cancelled_code); });
}

// Two versions of one order wait for the same code: known, the older one would leave and nobody be asked.
bool has_rival(const Deciding& deciding, const Secrets& secrets, const ShopAtHand& shop,
               const OrderToTake& order) {
    const auto id = plan::order_id(shop.rules.shop, order.order.number_in_shop);
    const auto open = store::intake_of_order(deciding.tx, deciding.site.site, shop.rules.owner, id, "open");
    if (open.empty()) return false;
    const SameOrder same(deciding, secrets, shop, order);
    return std::none_of(open.begin(), open.end(), [&](const auto& row) { return same.as(row); }) &&
           std::any_of(open.begin(), open.end(), [](const auto& row) { return row.has("E-SKU"); });
}

bool is_same(const store::IntakeRow& row, const protocol::OrderJudged& judged) {
    return row.outcome == judged.outcome && row.codes == judged.codes;
}

bool is_contradicted(const Deciding& deciding, const ShopAtHand& shop, const OrderId& order) {
    const auto open =
        store::intake_of_order(deciding.tx, deciding.site.site, shop.rules.owner, order, "open");
    return std::any_of(open.begin(), open.end(), [](const auto& row) { return row.has(conflict_code); });
}

// By a row of its shop's file: a later row without that word is another word of the shop. A call that is only
// repeated is none.
bool was_cancelled_by_file(const Deciding& deciding, const OrderId& order) {
    const auto& site = deciding.site.site;
    const auto ids = store::shipments_of_order(deciding.tx, site, order);
    return !ids.empty() && std::all_of(ids.begin(), ids.end(), [&](const auto& id) {
        const auto row = store::shipment_row(deciding.tx, site, id);
        return row && row->states.work == domain::WorkState::cancelled &&
               store::cancel_asked_by(deciding.tx, site, id) == by_intake;
    });
}

plan::Refused conflict(const OrderToTake& order) {
    return plan::refusal_of({{"order_no", "conflict"}}, order.found);
}

bool says(const plan::Refused& refused, const char* code) {
    const auto& codes = refused.judged.codes;
    return std::find(codes.begin(), codes.end(), code) != codes.end();
}

void hold_contradicted(plan::Accepted& accepted) {
    accepted.holds.insert(domain::HoldReason::to_confirm);
    accepted.judged.codes.emplace_back(conflict_code);
    accepted.judged.outcome = "hold";
}

bool is_here(const Deciding& deciding, const OrderId& order) {
    return store::known_hash(deciding.tx, deciding.site.site, order).has_value();
}

// What it says was damaged on its way, and nothing else is wrong with it.
bool is_damaged(const plan::Refused& refused) {
    return std::all_of(refused.problems.begin(), refused.problems.end(), plan::is_damage);
}

// Another version came that cannot be taken. What a damaged file says is no other wish; all else may be one,
// and the order that stands waits until a person has looked.
void tell_of_standing(plan::Refused& refused, const OrderToTake& order) {
    const auto outcome = refused.judged.outcome;
    const bool only_stands = is_damaged(refused);
    auto problems = std::move(refused.problems);
    problems.insert(only_stands ? problems.end() : problems.begin(),
                    {"order_no", only_stands ? "stands" : "conflict"});
    refused = plan::refusal_of(std::move(problems), order.found);
    refused.judged.outcome = outcome;
}

// What the order alone says, seen beside what is here of it already.
plan::IntakeVerdict judge(const Deciding& deciding, const Secrets& secrets, const ShopAtHand& shop,
                          const OrderToTake& order) {
    auto verdict =
        plan::judge_order(order.order, intake_for(deciding, secrets.key, shop, order), order.unreadable);
    const auto id = plan::order_id(shop.rules.shop, order.order.number_in_shop);
    const auto settled = [&] { return is_settled(deciding, secrets, shop, order); };
    if (const auto* here = std::get_if<plan::AlreadyHere>(&verdict))
        if (!here->is_cancelled && was_cancelled_by_file(deciding, id)) verdict = plan::Conflict{id};
    if (auto* accepted = std::get_if<plan::Accepted>(&verdict)) {
        if (!order.is_asked_for && settled()) return plan::AlreadyHere{.order = id, .is_set_aside = true};
        if (!order.is_asked_for && came_cancelled(deciding, shop, id)) return conflict(order);
        if (is_contradicted(deciding, shop, id)) hold_contradicted(*accepted);
    } else if (std::holds_alternative<plan::Conflict>(verdict)) {
        if (settled()) return plan::AlreadyHere{.order = id, .is_paid = order.order.is_paid};
    } else if (auto* refused = std::get_if<plan::Refused>(&verdict)) {
        const bool waits = refused->judged.outcome == "hold";
        if (order.has_number && is_here(deciding, id)) {
            if (settled()) return plan::AlreadyHere{.order = id, .is_paid = order.order.is_paid};
            tell_of_standing(*refused, order);
        } else if ((waits || !is_damaged(*refused)) && order.has_number &&
                   has_rival(deciding, secrets, shop, order)) {
            tell_of_standing(*refused, order);
        }
    }
    return verdict;
}

}  // namespace

std::string received_id(const crypto::Key& key, const std::string& records_hash) {
    return records_hash.empty() ? std::string{} : id_for(key, "received_file", records_hash);
}

std::string sealed_options(const crypto::Key& key, const std::string& options) {
    if (options.empty()) return {};
    return plan::compare_options("sealed:" + crypto::keyed_hash(key, "options\n" + options));
}

std::optional<ShopAtHand> shop_at_hand(const Deciding& deciding, const ShopId& shop,
                                       const IntakeRules* tables, const crypto::Key& key) {
    auto rules = store::shop_rules(deciding.tx, deciding.site.site, shop);
    if (!rules) return std::nullopt;
    if (deciding.site.depth == domain::Depth::verify_only) rules->keeps_stock = false;
    if (tables)
        rules->days = plan::days_from(tables->floor.days,
                                      {rules->carrier, deciding.site.prefecture, japan_day(deciding.now)});
    auto catalogue = store::catalogue(deciding.tx, deciding.site.site, rules->owner, shop);
    catalogue.seal_options = [&key](const std::string& options) { return sealed_options(key, options); };
    return ShopAtHand{std::move(*rules), std::move(catalogue)};
}

plan::IntakeVerdict take_order(const Deciding& deciding, const Secrets& secrets, const ShopAtHand& shop,
                               const OrderToTake& order) {
    auto verdict = judge(deciding, secrets, shop, order);
    const std::string number = order.has_number ? order.order.number_in_shop : std::string{};
    const auto id = plan::order_id(shop.rules.shop, order.order.number_in_shop);
    const auto& owner = shop.rules.owner;
    std::visit(
        Overloaded{[&](const plan::Accepted& accepted) { take(deciding, secrets, accepted, order.received); },
                   [&](plan::AlreadyHere& here) {
                       if (here.is_set_aside) return;
                       if (here.is_cancelled)
                           here.is_too_late = follow_cancelling(deciding, owner, here.order);
                       else if (here.is_paid)
                           here.is_released = follow_payment(deciding, here.order);
                   },
                   [&](const plan::Conflict& same) {
                       refuse_order(deciding, secrets, shop.rules, number, conflict(order), order.received,
                                    order.is_corrected);
                       hold_waiting(deciding, same.order, domain::HoldReason::to_confirm);
                   },
                   [&](const plan::Refused& refused) {
                       const auto kept_as = refuse_order(deciding, secrets, shop.rules, number, refused,
                                                         order.received, order.is_corrected);
                       if (says(refused, unknown_code))
                           note_waiting_codes(deciding.tx, deciding.site.site, secrets.key, shop.rules.shop,
                                              order.order, shop.catalogue, kept_as);
                       if (says(refused, conflict_code) && is_here(deciding, id))
                           hold_waiting(deciding, id, domain::HoldReason::to_confirm);
                   },
                   [&](plan::Cancelled& cancelled) {
                       const bool is_new = !store::is_heard_of(deciding.tx, deciding.site.site, owner, id);
                       if (is_new && order.has_number)
                           return remember_cancelled(deciding, secrets, shop, order, id);
                       cancelled.is_too_late = follow_cancelling(deciding, owner, cancelled.order);
                   }},
        verdict);
    return verdict;
}

bool is_here_already(const Deciding& deciding, const Secrets& secrets, const ShopAtHand& shop,
                     const OrderToTake& order) {
    return std::holds_alternative<plan::AlreadyHere>(
        plan::judge_order(order.order, intake_for(deciding, secrets.key, shop, order)));
}

std::string refuse_order(const Deciding& deciding, const Secrets& secrets, const plan::ShopRules& shop,
                         const std::string& number_in_shop, plan::Refused refused,
                         const Private<std::string>& received, bool is_corrected) {
    const auto& site = deciding.site.site;
    const Private<std::string> kept(plan::without_card_numbers(received.reveal()));
    const auto hash = hash_of(secrets.key, shop.shop, kept);
    auto kept_as = received_id(secrets.key, hash);
    const auto before = store::refused_before(deciding.tx, site, hash);
    const bool is_open = before && before->state == "open";
    if (before && (is_open ? is_same(*before, refused.judged) : !is_corrected)) return kept_as;
    // What is known about it has changed since: its reasons are told anew.
    if (is_open)
        deciding.decide(protocol::IntakeDecided{std::to_string(before->position), "judged", "", by_intake});
    keep_received(deciding, secrets, shop.shop, refused.judged.file, received);
    refused.judged.records_hash = hash;
    deciding.decide(plan::event_of(refused, shop, number_in_shop, kept_as));
    return kept_as;
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
