#include "server/web/board.hpp"

#include <nlohmann/json.hpp>

namespace kenpin::web {
namespace {

using Json = nlohmann::ordered_json;

Json flow_json(const BoardFlow& flow) {
    return {{"waiting", flow.waiting}, {"short_of", flow.short_of},  {"held", flow.held},
            {"in_work", flow.in_work}, {"picked", flow.picked},      {"verified", flow.verified},
            {"shipped", flow.shipped}, {"cancelled", flow.cancelled}};
}

template <class Row, class Show>
Json list_json(const std::vector<Row>& rows, Show show) {
    Json out = Json::array();
    for (const auto& row : rows) out.push_back(show(row));
    return out;
}

Json hour_json(const BoardHour& hour) {
    return {{"start", to_text(hour.start)},
            {"picked", hour.picked},
            {"verified", hour.verified},
            {"closed", hour.closed}};
}
Json caught_json(const BoardCaught& caught) {
    return {{"refusal", caught.refusal}, {"place", caught.place}, {"count", caught.count}};
}
Json printer_json(const BoardPrinter& printer) {
    return {{"printer", printer.printer.value},
            {"device", printer.device.value},
            {"state", printer.state},
            {"since", to_text(printer.since)}};
}
Json station_json(const BoardStation& station) {
    return {{"device", station.device.value},
            {"name", station.name},
            {"role", station.role},
            {"online", station.is_online},
            {"last_event", station.last_event ? Json(to_text(*station.last_event)) : Json()},
            {"clock_ahead_ms", station.clock_ahead ? Json(station.clock_ahead->count()) : Json()},
            {"clock_is_off", station.clock_is_off},
            {"are_two", station.are_two}};
}

}  // namespace

std::string to_json(const Board& board) {
    const Json out = {
        {"v", 1},
        {"at", to_text(board.at)},
        {"real_at_ms", to_ms(board.real_at)},
        {"site", board.site},
        {"day", to_text(board.day)},
        {"flow", flow_json(board.flow)},
        {"due", {{"all", board.due}, {"shipped", board.due_shipped}}},
        {"lists",
         {{"waiting", board.lists_waiting}, {"open", board.lists_open}, {"finished", board.lists_finished}}},
        {"reports", {{"waiting", board.reports_waiting}, {"accepted", board.reports_accepted}}},
        {"hours", list_json(board.hours, hour_json)},
        {"caught", list_json(board.caught, caught_json)},
        {"printers", list_json(board.printers, printer_json)},
        {"stations", list_json(board.stations, station_json)},
    };
    return out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string as_event(const Board& board, std::uint64_t version) {
    return "id: " + std::to_string(version) + "\nevent: board\ndata: " + to_json(board) + "\n\n";
}

}  // namespace kenpin::web
