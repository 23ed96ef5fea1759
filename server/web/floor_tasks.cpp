#include "server/web/floor_tasks.hpp"

#include <optional>
#include <string>
#include <variant>

#include <nlohmann/json.hpp>

#include "core/base/limits.hpp"
#include "core/base/overloaded.hpp"
#include "server/web/problem.hpp"
#include "server/web/show.hpp"

namespace kenpin::web {
namespace {

using Json = nlohmann::json;

template <class T>
Answer shown(const Result<T>& answer) {
    return answer ? Answer{.body = show(answer.value())} : failed(answer.error());
}

Answer missing(const char* field) {
    return problem(422, "not_acceptable", {{.field = field, .reason = "missing"}});
}

/// A text that was scanned; nothing where it is not there or longer than any code.
std::optional<std::string> scanned(const Json& body, const char* field) {
    const auto value = body.value(field, Json());
    if (!value.is_string()) return std::nullopt;
    auto text = value.get<std::string>();
    if (text.empty() || text.size() > limits::scan_bytes) return std::nullopt;
    return text;
}

Answer change(Desk& desk, const Request& request, const Caller& caller) {
    const auto answer =
        desk.change_order({caller.shop}, {OrderId{request.value("order")}, request.body, caller.key});
    if (!answer && answer.error().kind == Error::Kind::refused) return problem(409, "not_changeable");
    if (!answer) return failed(answer.error());
    return std::visit(
        Overloaded{[](const ChangeView& view) { return Answer{.body = show(view)}; },
                   [](const OrderNotAcceptable& a) { return problem(422, "not_acceptable", a.reasons); },
                   [](const OrderNotJson&) { return problem(400, "not_json"); }},
        answer.value());
}

Answer pull_out(Desk& desk, const Request& request, const Caller& caller) {
    const auto body = Json::parse(request.body, nullptr, false);
    if (!body.is_object()) return problem(400, "not_json");
    const auto code = scanned(body, "code");
    if (!code) return missing("code");
    const auto answer = desk.pull_out(*code, caller.key);
    if (!answer && answer.error().kind == Error::Kind::refused) return problem(409, "living_waybill");
    return shown(answer);
}

Answer put_back(Desk& desk, const Request& request, const Caller& caller) {
    const auto body = Json::parse(request.body, nullptr, false);
    if (!body.is_object()) return problem(400, "not_json");
    const auto shipment = scanned(body, "shipment"), item = scanned(body, "item"),
               location = scanned(body, "location");
    if (!shipment) return missing("shipment");
    if (!item) return missing("item");
    if (!location) return missing("location");
    const auto left = body.value("left", Json());
    if (!left.is_number_integer() || left.get<std::int64_t>() < 1 ||
        left.get<std::int64_t>() > limits::units_per_line * limits::lines_per_order)
        return problem(422, "not_acceptable", {{.field = "left", .reason = "out_of_range"}});
    const auto answer =
        desk.put_back({ShipmentId{*shipment}, *item, *location, Qty{left.get<int>()}}, caller.key);
    if (!answer) return failed(answer.error());
    const auto& refusal = answer.value().refusal;
    return refusal.empty() ? Answer{.body = show(answer.value())} : problem(409, "put_back." + refusal);
}

Answer free_shelf(Desk& desk, const Request& request, const Caller& caller) {
    const auto body = Json::parse(request.body, nullptr, false);
    if (!body.is_object()) return problem(400, "not_json");
    const auto sku = scanned(body, "sku"), location = scanned(body, "location");
    if (!sku) return missing("sku");
    if (!location) return missing("location");
    const auto freed = desk.free_shelf({Sku{*sku}, LocationCode{*location}}, caller.key);
    return freed ? shown(desk.floor_tasks()) : failed(freed.error());
}

}  // namespace

std::vector<Route> floor_task_routes(Desk& desk) {
    return {
        {Method::post, "/api/v1/orders/{order}/change", Access::orders_write,
         [&desk](const Request& r, const Caller& c) { return change(desk, r, c); }},
        {Method::get, "/api/v1/floor-tasks", Access::supervise,
         [&desk](const Request&, const Caller&) { return shown(desk.floor_tasks()); }},
        {Method::post, "/api/v1/floor-tasks/pull-out", Access::supervise,
         [&desk](const Request& r, const Caller& c) { return pull_out(desk, r, c); }},
        {Method::post, "/api/v1/floor-tasks/put-back", Access::supervise,
         [&desk](const Request& r, const Caller& c) { return put_back(desk, r, c); }},
        {Method::post, "/api/v1/floor-tasks/free-shelf", Access::supervise,
         [&desk](const Request& r, const Caller& c) { return free_shelf(desk, r, c); }},
    };
}

}  // namespace kenpin::web
