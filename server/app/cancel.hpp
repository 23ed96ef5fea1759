#pragma once
// Cancelling shipments and orders, as the writer does it. The rule: server/plan/cancel.hpp.
#include <string>
#include <vector>

#include "server/app/deciding.hpp"
#include "server/web/desk.hpp"

namespace kenpin::app {

/// Asked again: the answer as it turned out. Error{not_found}: not there, or another shop's.
Result<web::CancelView> cancel_shipment(const Deciding& deciding, const web::Scope& scope,
                                        const ShipmentId& shipment, const std::string& by);
/// Every shipment that holds goods of the order. Error{not_found}.
Result<std::vector<web::CancelView>> cancel_order(const Deciding& deciding, const web::Scope& scope,
                                                  const OrderId& order, const std::string& by);

// The parts of it, for whoever cancels within something larger. allocate() once after all.
/// What came of the order and waits for a person is set aside. Answers how many records.
int drop_waiting(const Deciding& deciding, const OwnerId& owner, const OrderId& order, const std::string& by);
/// Every shipment of the order is asked to stop; it may have none.
std::vector<web::CancelView> ask_to_cancel(const Deciding& deciding, const OrderId& order,
                                           const std::string& by);

}  // namespace kenpin::app
