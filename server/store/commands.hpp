#pragma once
// What was said to stations, and what each answered.
#include <optional>
#include <string>
#include <vector>

#include "adaptors/sqlite/database.hpp"
#include "core/base/ids.hpp"
#include "core/base/time.hpp"

namespace kenpin::store {

struct CommandRow {
    std::string command{};
    std::string what{};  // "message" | "print_now"
    std::string text{}, shipment{};
    Instant given_at{}, expires{};
    std::string given_by{};
};
struct CommandAnswerRow {
    DeviceId device{};
    std::string answer{};  // empty: none yet
    std::string worker{};  // who stood there
    Instant answered_at{};
};

std::optional<CommandRow> command_row(sqlite::Tx& tx, const SiteId& site, const std::string& command);
std::vector<CommandAnswerRow> command_answers(sqlite::Tx& tx, const SiteId& site, const std::string& command);
/// What the device has not answered yet and is not over at `now`, oldest first.
std::vector<CommandRow> commands_for(sqlite::Tx& tx, const SiteId& site, const DeviceId& device, Instant now);

}  // namespace kenpin::store
