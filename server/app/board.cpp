#include "server/app/board.hpp"

#include <algorithm>

#include "server/store/floor.hpp"

namespace kenpin::app {
namespace {

template <class Key>
int count(const std::map<Key, int>& counts, const Key& key) {
    const auto found = counts.find(key);
    return found == counts.end() ? 0 : found->second;
}

web::BoardFlow flow_of(const store::BoardFigures& figures) {
    using domain::WorkState;
    const auto& by = figures.shipments;
    return {.waiting = count(by, WorkState::waiting) - figures.short_of_stock,
            .short_of = figures.short_of_stock,
            .held = figures.held,
            .in_work = count(by, WorkState::in_work),
            .picked = count(by, WorkState::picked) + count(by, WorkState::sorted),
            .verified = count(by, WorkState::verified),
            .shipped = count(by, WorkState::shipped),
            .cancelled = count(by, WorkState::cancelled)};
}

// Without gaps, from eight in the morning or the first work of the day until now.
std::vector<web::BoardHour> hours_of(const std::vector<store::HourRow>& rows, Day day, Instant now) {
    using std::chrono::hours;
    constexpr hours day_begins{8};
    const auto last = std::chrono::floor<hours>(now);
    auto first = std::chrono::floor<hours>(Instant{day.time_since_epoch()} - japan_offset + day_begins);
    first = std::min(first, last);
    if (!rows.empty()) first = std::min(first, std::chrono::floor<hours>(rows.front().start));
    std::vector<web::BoardHour> out;
    for (auto at = first; at <= last; at += hours{1}) {
        web::BoardHour hour{.start = at};
        for (const auto& row : rows)
            if (std::chrono::floor<hours>(row.start) == at) {
                hour.picked += row.picked;
                hour.verified += row.verified;
                hour.closed += row.closed;
            }
        out.push_back(hour);
    }
    return out;
}

void show_presence(web::BoardStation& station, const sync::Present& present) {
    station.is_online = present.is_online;
    station.clock_ahead = present.clock.ahead();
    station.clock_is_off = present.clock.is_off();
    station.are_two = present.voices.are_two();
}

}  // namespace

web::Board read_board(sqlite::Tx& tx, const SiteSettings& site, Instant now) {
    const auto day = japan_day(now);
    const auto figures = store::board_figures(tx, site.site, day);
    web::Board board{.at = now, .site = site.name, .day = day, .flow = flow_of(figures)};
    board.due = figures.due;
    board.due_shipped = figures.due_shipped;
    board.lists_waiting = count(figures.lists, std::string("started"));
    board.lists_open = count(figures.lists, std::string("open"));
    board.lists_finished = count(figures.lists, std::string("finished"));
    board.reports_waiting = count(figures.reports, std::string("due"));
    board.reports_accepted = count(figures.reports, std::string("accepted"));
    board.hours = hours_of(figures.hours, day, now);
    for (const auto& row : figures.caught) board.caught.push_back({row.refusal, row.place, row.count});
    for (const auto& row : figures.printers)
        board.printers.push_back({row.printer, row.device, row.state, row.since});
    for (const auto& row : figures.stations)
        board.stations.push_back(
            {.device = row.device, .name = row.name, .role = row.role, .last_event = row.last_event});
    return board;
}

void show_presences(web::Board& board, const sync::Presences& presences) {
    for (const auto& [device, present] : presences) {
        const auto known =
            std::find_if(board.stations.begin(), board.stations.end(),
                         [&, id = device](const auto& station) { return station.device == id; });
        if (known != board.stations.end()) {
            show_presence(*known, present);
        } else if (present.is_online) {
            board.stations.push_back({.device = device, .name = device.value, .role = present.role});
            show_presence(board.stations.back(), present);
        }
    }
}

}  // namespace kenpin::app
