#include "server/app/commands.hpp"

#include <utility>

#include "server/store/masters.hpp"
#include "server/store/shipments.hpp"

namespace kenpin::app {
namespace {

const Error no_such_station{Error::Kind::not_found, "station"};

Result<std::vector<DeviceId>> meant_by(const std::vector<DeviceId>& wish, std::set<DeviceId> known) {
    if (wish == std::vector{DeviceId{"all"}}) {
        if (known.empty()) return no_such_station;
        return std::vector(known.begin(), known.end());
    }
    std::set<DeviceId> meant;
    for (const auto& device : wish) {
        if (!known.contains(device)) return no_such_station;
        meant.insert(device);
    }
    return std::vector(meant.begin(), meant.end());
}

// A station that was not heard in time never had it.
std::string state_of(const store::CommandAnswerRow& row, Instant expires, Instant now) {
    if (!row.answer.empty()) return row.answer;
    return now < expires ? "waiting" : "not_reached";
}

}  // namespace

Result<web::CommandView> give_command(const Deciding& deciding, const web::CommandWish& wish,
                                      const std::string& name, const std::set<DeviceId>& heard) {
    const auto& site = deciding.site.site;
    auto known = heard;
    for (const auto& station : store::stations(deciding.tx, site)) known.insert(station.station);
    auto devices = meant_by(wish.to, std::move(known));
    if (!devices) return devices.error();
    if (wish.shipment && !store::shipment_row(deciding.tx, site, *wish.shipment))
        return Error{Error::Kind::not_found, "shipment"};
    deciding.decide(protocol::CommandGiven{.command = name,
                                           .what = wish.what,
                                           .text = wish.text,
                                           .shipment = wish.shipment,
                                           .devices = std::move(devices).value(),
                                           .expires = deciding.now + wish.lasts,
                                           .by = wish.by});
    return command_view(deciding.tx, site, name, deciding.now);
}

Result<web::CommandView> command_view(sqlite::Tx& tx, const SiteId& site, const std::string& command,
                                      Instant now) {
    const auto row = store::command_row(tx, site, command);
    if (!row) return Error{Error::Kind::not_found, "command"};
    web::CommandView view{.command = row->command,
                          .what = row->what,
                          .text = row->text,
                          .shipment = {},
                          .expires = row->expires,
                          .answers = {}};
    if (!row->shipment.empty()) view.shipment = ShipmentId{row->shipment};
    for (const auto& answer : store::command_answers(tx, site, command)) {
        web::CommandAnswerView shown{.device = answer.device, .state = state_of(answer, row->expires, now)};
        if (!answer.worker.empty()) shown.worker = WorkerId{answer.worker};
        if (!answer.answer.empty()) shown.at = answer.answered_at;
        view.answers.push_back(std::move(shown));
    }
    return view;
}

protocol::Command to_message(const store::CommandRow& row) {
    return {row.command, row.what, row.shipment, row.text, row.expires};
}

}  // namespace kenpin::app
