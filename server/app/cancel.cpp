#include "server/app/cancel.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "server/app/intake.hpp"
#include "server/plan/cancel.hpp"
#include "server/store/exceptions.hpp"
#include "server/store/floor.hpp"
#include "server/store/intake_rows.hpp"
#include "server/store/shipments.hpp"

namespace kenpin::app {
namespace {

bool is_in(const web::Scope& scope, const ShopId& shop) {
    return !scope.shop || *scope.shop == shop;
}

bool is_in_hand(const Deciding& deciding, const ListId& list) {
    const auto rows = store::unfinished_lists(deciding.tx, deciding.site.site);
    return std::any_of(rows.begin(), rows.end(),
                       [&](const auto& row) { return row.list == list && row.leased_to; });
}

// Its list and its bench are told at once.
void note_changes(const Deciding& deciding, const store::ShipmentRow& row) {
    if (!row.list.value.empty()) deciding.changes.lists.insert(row.list);
    if (!row.bench.value.empty()) deciding.changes.for_benches.insert(row.shipment);
}

web::CancelView cancel(const Deciding& deciding, const store::ShipmentRow& row, const std::string& by) {
    const auto& site = deciding.site.site;
    const auto before = store::cancel_answer(deciding.tx, site, row.shipment);
    if (!before.empty()) return {row.shipment, before};
    auto verdict = plan::judge_cancel({row.shipment, row.states, is_in_hand(deciding, row.list)});
    const std::string answer(plan::name(verdict.answer));
    deciding.decide(protocol::CancelAsked{row.shipment, answer, by});
    for (auto& decision : verdict.decisions) deciding.decide(std::move(decision));
    note_changes(deciding, row);
    return {row.shipment, answer};
}

// Whose order it is, taken or waiting. Nothing: it is not there, or another shop's.
std::optional<OwnerId> owner_of(const Deciding& deciding, const web::Scope& scope, const OrderId& order) {
    if (const auto head = store::order_row(deciding.tx, deciding.site.site, order))
        return is_in(scope, head->shop) ? std::optional(head->owner) : std::nullopt;
    for (const auto& row : store::open_intake(deciding.tx, deciding.site.site))
        if (row.order == order && is_in(scope, row.shop)) return row.owner;
    return std::nullopt;
}

}  // namespace

Result<web::CancelView> cancel_shipment(const Deciding& deciding, const web::Scope& scope,
                                        const ShipmentId& shipment, const std::string& by) {
    const auto row = store::shipment_row(deciding.tx, deciding.site.site, shipment);
    if (!row || !is_in(scope, row->shop)) return Error{Error::Kind::not_found, "shipment"};
    auto answer = cancel(deciding, *row, by);
    allocate(deciding, row->owner);  // what was promised to it may be another's now
    return answer;
}

int drop_waiting(const Deciding& deciding, const OwnerId& owner, const OrderId& order,
                 const std::string& by) {
    const auto rows = store::intake_of_order(deciding.tx, deciding.site.site, owner, order, "open");
    for (const auto& row : rows)
        deciding.decide(protocol::IntakeDecided{std::to_string(row.position), "dropped", "cancelled", by});
    return static_cast<int>(rows.size());
}

std::vector<web::CancelView> ask_to_cancel(const Deciding& deciding, const OrderId& order,
                                           const std::string& by) {
    const auto& site = deciding.site.site;
    std::vector<web::CancelView> answers;
    for (const auto& shipment : store::shipments_of_order(deciding.tx, site, order))
        if (const auto row = store::shipment_row(deciding.tx, site, shipment))
            answers.push_back(cancel(deciding, *row, by));
    return answers;
}

Result<std::vector<web::CancelView>> cancel_order(const Deciding& deciding, const web::Scope& scope,
                                                  const OrderId& order, const std::string& by) {
    const auto owner = owner_of(deciding, scope, order);
    if (!owner) return Error{Error::Kind::not_found, "order"};
    const int dropped = drop_waiting(deciding, *owner, order, by);
    auto answers = ask_to_cancel(deciding, order, by);
    if (answers.empty()) answers.assign(static_cast<std::size_t>(dropped), {ShipmentId{}, "dropped"});
    allocate(deciding, *owner);
    return answers;
}

}  // namespace kenpin::app
