#pragma once
// Saying something to stations, and looking who has it shown.
#include <set>
#include <string>

#include "core/protocol/messages.hpp"
#include "server/app/deciding.hpp"
#include "server/store/commands.hpp"
#include "server/web/desk.hpp"

namespace kenpin::app {

/// `name`: never given before. `heard`: devices that spoke since the start, beside those of the master.
/// Error{not_found}: no such station or shipment.
Result<web::CommandView> give_command(const Deciding& deciding, const web::CommandWish& wish,
                                      const std::string& name, const std::set<DeviceId>& heard);
Result<web::CommandView> command_view(sqlite::Tx& tx, const SiteId& site, const std::string& command,
                                      Instant now);
/// As it travels to a station.
protocol::Command to_message(const store::CommandRow& row);

}  // namespace kenpin::app
