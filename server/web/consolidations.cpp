#include "server/web/consolidations.hpp"

#include <utility>

#include <nlohmann/json.hpp>

#include "server/web/problem.hpp"

namespace kenpin::web {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(const ConsolidationView& view) {
    auto orders = Json::array(), offers = Json::array();
    for (const auto& one : view.orders)
        orders.push_back({{"order", one.order.value}, {"shop", one.shop.value}});
    for (const auto& offer : view.offers) {
        auto together = Json::array();
        for (const auto& order : offer) together.push_back(order.value);
        offers.push_back(std::move(together));
    }
    return {{"orders", std::move(orders)}, {"differs", view.differs}, {"offers", std::move(offers)}};
}

Answer consolidations(Desk& desk, const Request& request, const Caller& caller) {
    Scope scope{caller.shop};
    if (!scope.shop && !request.value("shop").empty()) scope.shop = ShopId{request.value("shop")};
    const auto found = desk.consolidations(scope);
    if (!found) return failed(found.error());
    auto list = Json::array();
    for (const auto& one : found.value()) list.push_back(to_json(one));
    const Json body = {{"consolidations", std::move(list)}};
    return {.body = body.dump(-1, ' ', false, Json::error_handler_t::replace)};
}

}  // namespace

std::vector<Route> consolidation_routes(Desk& desk) {
    return {{Method::get,
             "/api/v1/consolidations",
             Access::supervise,
             [&desk](const Request& r, const Caller& c) { return consolidations(desk, r, c); },
             {"shop"}}};
}

}  // namespace kenpin::web
