#include "server/store/commands.hpp"

#include "server/store/projectors.hpp"

namespace kenpin::store {
namespace {

template <class... Params>
std::vector<CommandRow> rows_where(sqlite::Tx& tx, const std::string& where, const Params&... params) {
    return tx.structs<CommandRow, std::string, std::string, std::string, std::string, Instant, Instant,
                      std::string>(
        "SELECT command, what, text, shipment, given_ms, expires_ms, given_by FROM command c WHERE site = ? "
        "AND " +
            where,
        params...);
}

}  // namespace

std::optional<CommandRow> command_row(sqlite::Tx& tx, const SiteId& site, const std::string& command) {
    auto rows = rows_where(tx, "command = ?", site, command);
    if (rows.empty()) return std::nullopt;
    return std::move(rows.front());
}

std::vector<CommandAnswerRow> command_answers(sqlite::Tx& tx, const SiteId& site,
                                              const std::string& command) {
    return tx.structs<CommandAnswerRow, DeviceId, std::string, std::string, Instant>(
        "SELECT device, answer, worker, answered_ms FROM command_answer WHERE site = ? AND command = ? ORDER "
        "BY device",
        site, command);
}

std::vector<CommandRow> commands_for(sqlite::Tx& tx, const SiteId& site, const DeviceId& device,
                                     Instant now) {
    return rows_where(tx,
                      "expires_ms > ? AND EXISTS (SELECT 1 FROM command_answer a WHERE a.site = c.site AND "
                      "a.command = c.command AND a.device = ? AND a.answer = '') ORDER BY given_ms, command",
                      site, now, device);
}

Effect fold(const Fold& f, const protocol::CommandGiven& e) {
    f.tx.run(
        "INSERT INTO command (site, command, what, text, shipment, given_ms, expires_ms, given_by) VALUES "
        "(?, ?, ?, ?, ?, ?, ?, ?)",
        f.site, e.command, e.what, e.text, e.shipment ? e.shipment->value : std::string{}, f.at(), e.expires,
        e.by);
    for (const auto& device : e.devices)
        f.tx.run(
            "INSERT INTO command_answer (site, command, device, answer, worker, answered_ms) VALUES (?, ?, "
            "?, "
            "'', '', 0)",
            f.site, e.command, device);
    return applied();
}

// Of a command that this database does not know (it was put back to an older copy) nothing is left to note.
Effect fold(const Fold& f, const protocol::CommandAnswered& e) {
    const auto& worker = f.stored.event.worker;
    f.tx.run(
        "UPDATE command_answer SET answer = ?, worker = ?, answered_ms = ? WHERE site = ? AND command = ? "
        "AND device = ?",
        e.answer, worker ? worker->value : std::string{}, f.at(), f.site, e.command, f.device());
    return applied();
}

}  // namespace kenpin::store
