#include "server/web/api.hpp"

#include <optional>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/base/overloaded.hpp"
#include "server/web/api_codes.hpp"
#include "server/web/api_keys.hpp"
#include "server/web/backups.hpp"
#include "server/web/commands.hpp"
#include "server/web/consolidations.hpp"
#include "server/web/floor_tasks.hpp"
#include "server/web/intake_api.hpp"
#include "server/web/paging.hpp"
#include "server/web/problem.hpp"
#include "server/web/show.hpp"
#include "server/web/supervision.hpp"

namespace kenpin::web {
namespace {

Scope scope_of(const Caller& caller) {
    return {caller.shop};
}

Answer bad_query(const char* field, const char* reason) {
    return problem(422, "not_acceptable", {{.field = field, .reason = reason}});
}

/// The answer to a read: its JSON, or what its failure looks like from outside.
template <class T>
Answer shown(const Result<T>& read) {
    if (!read) return failed(read.error());
    return {.body = show(read.value())};
}

template <class Read>
Handler paged(Read read) {
    return [read](const Request& request, const Caller& caller) -> Answer {
        const auto page = page_of(request);
        if (!page) return bad_query("limit", "out_of_range");
        return shown(read(caller, *page));
    };
}

// ---- writes
// -------------------------------------------------------------------------------------------------

Answer answer_order(const OrderAnswer& answer) {
    return std::visit(
        Overloaded{
            [](const OrderTaken& a) { return Answer{.status = 201, .body = show_order(a.order, "taken")}; },
            [](const OrderUnchanged& a) { return Answer{.body = show_order(a.order, "unchanged")}; },
            [](const OrderConflicts& a) { return problem_about_order(409, "conflict", a.order.value); },
            [](const OrderNotAcceptable& a) { return problem(422, "not_acceptable", a.reasons); },
            [](const OrderNotJson&) { return problem(400, "not_json"); }},
        answer);
}

/// Which shop an order is for: the key's own; who sees every shop names it with ?shop=.
std::optional<ShopId> shop_of(const Request& request, const Caller& caller) {
    if (caller.shop) return caller.shop;
    const auto named = request.value("shop");
    if (named.empty()) return std::nullopt;
    return ShopId{named};
}

Answer take_order(Desk& desk, const Request& request, const Caller& caller) {
    const auto shop = shop_of(request, caller);
    if (!shop) return problem(422, "shop_needed");
    const auto answer = desk.take_order(*shop, request.body);
    return answer ? answer_order(answer.value()) : failed(answer.error());
}

/// A shop sends its own orders; the masters are the site's, and in the shops' rows stand their keys.
bool may_import(const Caller& caller, Table table) {
    if (caller.is_admin()) return true;
    return caller.shop ? table == Table::orders : table != Table::shops;
}

/// Nothing of a file was taken: one thing stops it whole, or each record has its reason.
Answer nothing_taken(const ImportAnswer& told) {
    const auto& refused = told.refused;
    const bool is_whole_file = refused.size() == 1 && refused.front().line == 0;
    auto answer =
        problem(422, is_whole_file ? std::string_view(refused.front().reason) : "nothing_taken", refused);
    if (!told.records) return answer;
    auto body = nlohmann::ordered_json::parse(answer.body);
    const auto all = nlohmann::ordered_json::parse(show(told));
    for (const char* field : {"outcomes", "records", "not_listed"}) body[field] = all[field];
    answer.body = body.dump();
    return answer;
}

Answer import_file(Desk& desk, const Request& request, const Caller& caller) {
    const auto table = table_from_name(request.value("table"));
    if (!table) return problem(404, "unknown_table");
    if (!may_import(caller, *table)) return problem(403, "forbidden");
    if (request.body.empty()) return problem(422, "empty_file");
    const auto shop = shop_of(request, caller);
    const auto answer = desk.import_file({.table = *table,
                                          .shop = shop,
                                          .body = request.body,
                                          .file_name = request.value("file"),
                                          .by = caller.key});
    if (!answer) return failed(answer.error());
    const auto& told = answer.value();
    if (told.taken == 0 && told.unchanged == 0 && !told.refused.empty()) return nothing_taken(told);
    return {.body = show(told)};
}

std::optional<StartWork> start_from(const std::string& body) {
    StartWork start;
    if (body.empty()) return start;
    const auto json = nlohmann::json::parse(body, nullptr, false);
    if (!json.is_object()) return std::nullopt;
    if (const auto until = json.find("until"); until != json.end() && !until->is_null()) {
        if (!until->is_string()) return std::nullopt;
        start.until = parse_day(until->get_ref<const std::string&>());
        if (!start.until) return std::nullopt;
    }
    if (const auto most = json.find("most_shipments"); most != json.end()) {
        if (!most->is_number_unsigned() || most->get<std::uint64_t>() > 100'000) return std::nullopt;
        start.most_shipments = most->get<int>();
    }
    return start;
}

Answer start_work(Desk& desk, const Request& request) {
    const auto start = start_from(request.body);
    if (!start) return problem(400, "not_json");
    const auto answer = desk.start_work(*start);
    if (answer && !answer.value().refusal.empty()) return problem(422, answer.value().refusal);
    return shown(answer);
}

std::vector<Route> write_routes(Desk& desk) {
    return {
        {Method::post,
         "/api/v1/orders",
         Access::orders_write,
         [&desk](const Request& r, const Caller& c) { return take_order(desk, r, c); },
         {"shop"}},
        {Method::post,
         "/api/v1/import/{table}",
         Access::import_write,
         [&desk](const Request& r, const Caller& c) { return import_file(desk, r, c); },
         {"shop", "file"}},
        {Method::post, "/api/v1/work/start", Access::admin,
         [&desk](const Request& r, const Caller&) { return start_work(desk, r); }},
    };
}

// ---- reads
// --------------------------------------------------------------------------------------------------

Answer print_document(Desk& desk, const Request& request, const Caller& caller) {
    const auto sealed = desk.print_document(*caller.device, ShipmentId{request.value("shipment")});
    if (!sealed) return failed(sealed.error());
    return {.content_type = "application/vnd.kenpin.sealed",
            .body = sealed.value(),
            .headers = {{"Cache-Control", "no-store"}}};
}

// What only needs somebody is no reason to take the server for dead.
Answer health(const Desk& desk) {
    if (!desk.is_healthy()) return Answer{.status = 503, .body = R"({"status":"failing"})"};
    const auto warnings = desk.warnings();
    if (warnings.empty()) return Answer{.body = R"({"status":"ok"})"};
    const nlohmann::ordered_json body = {{"status", "warning"}, {"warnings", warnings}};
    return Answer{.body = body.dump()};
}

std::vector<Route> shop_read_routes(Desk& desk) {
    return {
        {Method::get, "/api/v1/orders", Access::orders_read,
         paged([&desk](const Caller& c, const Page& page) { return desk.orders(scope_of(c), page); }),
         page_query()},
        {Method::get, "/api/v1/orders/{order}", Access::orders_read,
         [&desk](const Request& r, const Caller& c) {
             return shown(desk.order(scope_of(c), OrderId{r.value("order")}));
         }},
        {Method::get, "/api/v1/shipments", Access::shipments_read,
         paged([&desk](const Caller& c, const Page& page) { return desk.shipments(scope_of(c), page); }),
         page_query()},
        {Method::get, "/api/v1/shipments/{shipment}", Access::shipments_read,
         [&desk](const Request& r, const Caller& c) {
             return shown(desk.shipment(scope_of(c), ShipmentId{r.value("shipment")}));
         }},
    };
}

std::vector<Route> floor_read_routes(Desk& desk) {
    return {
        {Method::get, "/api/v1/shipments/{shipment}/history", Access::admin,
         [&desk](const Request& r, const Caller&) {
             return shown(desk.history(ShipmentId{r.value("shipment")}));
         }},
        {Method::get, "/api/v1/lists", Access::admin,
         [&desk](const Request&, const Caller&) { return shown(desk.lists()); }},
        {Method::get, "/api/v1/pieces", Access::admin,
         paged([&desk](const Caller&, const Page& page) { return desk.pieces(page); }), page_query()},
        {Method::get, "/api/v1/stock", Access::admin,
         [&desk](const Request&, const Caller&) { return shown(desk.stock()); }},
        {Method::get, "/api/v1/print-documents/{shipment}", Access::device,
         [&desk](const Request& r, const Caller& c) { return print_document(desk, r, c); }},
    };
}

std::vector<Route> open_routes(Desk& desk) {
    return {
        {Method::get, "/api/v1/board", Access::open,
         [&desk](const Request&, const Caller&) {
             return Answer{.body = to_json(desk.board().get().value)};
         }},
        {Method::get, "/api/v1/health", Access::open,
         [&desk](const Request&, const Caller&) { return health(desk); }},
        {Method::get, "/api/v1/metrics", Access::open,
         [&desk](const Request&, const Caller&) {
             return Answer{.content_type = "text/plain; version=0.0.4", .body = desk.metrics()};
         }},
    };
}

}  // namespace

Router make_api(Desk& desk, Router::Now now) {
    auto routes = write_routes(desk);
    for (auto& more :
         {shop_read_routes(desk), intake_routes(desk), floor_read_routes(desk), open_routes(desk),
          key_routes(desk), code_routes(desk), consolidation_routes(desk), supervision_routes(desk),
          command_routes(desk), backup_routes(desk), floor_task_routes(desk)})
        routes.insert(routes.end(), more.begin(), more.end());
    return {std::move(routes), [&desk](const Credentials& credentials) { return desk.identify(credentials); },
            [&desk](const std::string& address) { desk.note_wrong_key(address); }, std::move(now)};
}

}  // namespace kenpin::web
