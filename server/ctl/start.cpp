// kenpinctl start.
#include <set>

#include <nlohmann/json.hpp>

#include "adaptors/http/client.hpp"
#include "server/ctl/commands.hpp"
#include "server/ctl/start_report.hpp"

namespace kenpin::ctl {
namespace {

using Json = nlohmann::json;

LeftBehind left_behind(const Json& shipment) {
    LeftBehind left;
    for (const auto& order : shipment.value("orders", Json::array()))
        left.orders += (left.orders.empty() ? "" : " ") + order.get<std::string>();
    for (const auto& hold : shipment.value("holds", Json::array()))
        left.holds.push_back(hold.get<std::string>());
    return left;
}

// Work has started by now: who cannot be asked about is shown by his number alone.
LeftByShipment asked_one_by_one(const Context& context, const std::vector<std::string>& shipments) {
    LeftByShipment known;
    for (const auto& shipment : shipments) {
        const auto path = "/api/v1/shipments/" + http::percent_encoded(shipment);
        const auto answer = ask(context.server, path, context.language);
        if (answer) known[shipment] = left_behind(Json::parse(answer.value(), nullptr, false));
    }
    return known;
}

LeftByShipment asked_in_pages(const Context& context, const std::vector<std::string>& shipments) {
    const std::set<std::string> wanted(shipments.begin(), shipments.end());
    LeftByShipment known;
    for (std::string after;;) {
        const auto answer =
            ask(context.server, "/api/v1/shipments?limit=1000&after=" + http::percent_encoded(after),
                context.language);
        if (!answer) return known;
        const auto page = Json::parse(answer.value(), nullptr, false).value("shipments", Json::array());
        if (page.empty()) return known;
        for (const auto& shipment : page)
            if (const auto id = shipment.value("shipment", ""); wanted.count(id) > 0)
                known[id] = left_behind(shipment);
        after = page.back().value("shipment", "");
    }
}

}  // namespace

int start_work(const Context& context, bool lists_all) {
    constexpr std::size_t one_by_one = 20;
    const auto answer = send(context.server, "/api/v1/work/start", "{}", context.language);
    if (!answer) return complain(answer.error());
    const auto lists = lists_all ? ListsOfStart::whole : ListsOfStart::short_ones;
    const auto shown = shown_left(answer.value(), lists);
    const auto left =
        shown.size() <= one_by_one ? asked_one_by_one(context, shown) : asked_in_pages(context, shown);
    return print(start_report(context.language, answer.value(), left, lists));
}

}  // namespace kenpin::ctl
