#include "server/app/taken.hpp"

#include <variant>

#include "core/base/overloaded.hpp"
#include "server/shops/order_rows.hpp"

namespace kenpin::app {
namespace {

template <class Words>
void append(std::vector<std::string>& all, const Words& more) {
    all.insert(all.end(), more.begin(), more.end());
}

void tell_accepted(const plan::Accepted& accepted, Taken& taken) {
    taken.outcome = accepted.judged.outcome;
    taken.codes = accepted.judged.codes;
    taken.shipments = static_cast<int>(accepted.shipments.size());
    for (const auto& shipment : accepted.shipments) {
        for (const auto& line : shipment.lines) taken.lines.emplace_back(line.sku, line.qty);
        if (!taken.ship_day || shipment.ship_day < *taken.ship_day) taken.ship_day = shipment.ship_day;
    }
}

}  // namespace

void TakenCounts::add(const Taken& one) {
    const bool is_stored = one.shipments > 0;
    const bool is_order = !one.key.empty();
    if (is_stored) ++taken;
    if (!is_stored && one.outcome != "skip") ++refused;
    if (!is_stored && one.outcome == "hold") ++held;
    if (one.outcome == "skip" && is_order) ++unchanged;
    if (one.has("W-PAID")) ++released;
}

shops::Quotes quotes_of(const shops::ShopProfile& profile) {
    return profile.has_quotes ? shops::Quotes::wrap : shops::Quotes::content;
}

OrderToTake to_take(const shops::ShopProfile& profile, shops::ShopOrder order, const ShopAtHand& shop,
                    const IntakeRules& rules, Day today) {
    OrderToTake take;
    take.found = found_in(order.read.order, shop.catalogue, rules, {{}, today});
    append(take.found.doubts, order.read.doubts);
    append(take.found.notes, order.read.notes);
    take.found.file = order.file;
    take.found.record = order.record;
    take.unreadable = std::move(order.read.problems);
    take.has_number = order.standing != shops::Standing::no_order;
    // Most orders are taken: their records are put together only when something is in doubt.
    take.received = shops::kept_text(profile, order.rows);
    take.order = std::move(order.read.order);
    return take;
}

Taken taken_of(const plan::IntakeVerdict& verdict, const OrderToTake& order, const ShopAtHand& shop) {
    Taken taken;
    if (order.has_number) {
        taken.number = order.order.number_in_shop;
        taken.key = plan::order_id(shop.rules.shop, taken.number).value;
    }
    taken.file = order.found.file;
    taken.record = order.found.record;
    taken.handling = order.found.handling;
    std::visit(Overloaded{[&](const plan::Accepted& accepted) { tell_accepted(accepted, taken); },
                          [&](const plan::AlreadyHere& here) {
                              taken.outcome = "skip";
                              taken.codes = {here.is_set_aside   ? "E-SET-ASIDE"
                                             : here.is_cancelled ? "E-CANCELLED"
                                                                 : "E-DUP-SAME"};
                              if (here.is_too_late) taken.codes.emplace_back("E-CANCEL-LATE");
                              if (here.is_released) taken.codes.emplace_back("W-PAID");
                          },
                          [&](const plan::Conflict&) {
                              taken.outcome = "hold";
                              taken.codes = {"E-DUP-CONFLICT"};
                          },
                          [&](const plan::Refused& refused) {
                              taken.outcome = refused.judged.outcome;
                              taken.codes = refused.judged.codes;
                              taken.first_problem = refused.problems.front();
                          },
                          [&](const plan::Cancelled& cancelled) {
                              taken.outcome = "skip";
                              taken.codes = {"E-CANCELLED"};
                              if (cancelled.is_too_late) taken.codes.emplace_back("E-CANCEL-LATE");
                          }},
               verdict);
    return taken;
}

}  // namespace kenpin::app
