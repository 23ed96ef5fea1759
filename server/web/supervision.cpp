#include "server/web/supervision.hpp"

#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "server/web/paging.hpp"
#include "server/web/problem.hpp"
#include "server/web/show.hpp"

namespace kenpin::web {
namespace {

constexpr std::size_t longest_note = 200 * 4;  // bytes of 200 characters in UTF-8

template <class T>
Answer shown(const Result<T>& answer) {
    return answer ? Answer{.body = show(answer.value())} : failed(answer.error());
}

Answer settle(Desk& desk, const Request& request, const Caller& caller) {
    const auto exception = number_in(request.value("exception"));
    if (!exception) return problem(404, "not_found");
    const auto body = nlohmann::json::parse(request.body, nullptr, false);
    if (!body.is_object()) return problem(400, "not_json");
    const auto note = body.value("note", nlohmann::json());
    if (!note.is_string() || note.get_ref<const std::string&>().empty())
        return problem(422, "not_acceptable", {{.field = "note", .reason = "missing"}});
    if (note.get_ref<const std::string&>().size() > longest_note)
        return problem(422, "not_acceptable", {{.field = "note", .reason = "too_long"}});
    return shown(desk.settle_exception(*exception, {note.get<std::string>(), caller.key}));
}

Answer exceptions(Desk& desk, const Request& request) {
    const auto page = page_of(request);
    if (!page) return problem(422, "not_acceptable", {{.field = "limit", .reason = "out_of_range"}});
    return shown(desk.exceptions(*page));
}

// Lists and exceptions hold goods of every shop: a key of one shop has no part in them.
Handler for_every_shop(Handler handler) {
    return [handler = std::move(handler)](const Request& request, const Caller& caller) {
        return caller.shop ? problem(403, "forbidden") : handler(request, caller);
    };
}

}  // namespace

std::vector<Route> supervision_routes(Desk& desk) {
    return {
        {Method::post, "/api/v1/lists/{list}/revoke", Access::supervise,
         for_every_shop([&desk](const Request& r, const Caller& c) {
             return shown(desk.revoke_list(ListId{r.value("list")}, c.key));
         })},
        {Method::post, "/api/v1/shipments/{shipment}/cancel", Access::orders_write,
         [&desk](const Request& r, const Caller& c) {
             return shown(desk.cancel_shipment({c.shop}, ShipmentId{r.value("shipment")}, c.key));
         }},
        {Method::post, "/api/v1/orders/{order}/cancel", Access::orders_write,
         [&desk](const Request& r, const Caller& c) {
             return shown(desk.cancel_order({c.shop}, OrderId{r.value("order")}, c.key));
         }},
        {Method::get, "/api/v1/exceptions", Access::supervise,
         for_every_shop([&desk](const Request& r, const Caller&) { return exceptions(desk, r); }),
         page_query()},
        {Method::post, "/api/v1/exceptions/{exception}/settle", Access::supervise,
         for_every_shop([&desk](const Request& r, const Caller& c) { return settle(desk, r, c); })},
    };
}

}  // namespace kenpin::web
