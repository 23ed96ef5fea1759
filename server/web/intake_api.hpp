#pragma once
// Routes of what came in: the list, one record, its original, and what a person does about it.
#include <variant>
#include <vector>

#include "server/web/desk.hpp"
#include "server/web/router.hpp"

namespace kenpin::web {

/// What a body asks for, or what is wrong with it. An empty body asks for nothing special.
std::variant<IntakeAction, std::vector<Reason>> parse_intake_action(IntakeAction::Kind kind,
                                                                    const std::string& body);

std::vector<Route> intake_routes(Desk& desk);

}  // namespace kenpin::web
