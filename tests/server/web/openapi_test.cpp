// docs/api/openapi.yaml tells the truth: every route, scope and parameter of the server stands in it and
// nothing else, every answer that it promises can be had, and each is as its schema says.
#include "tests/support/openapi.hpp"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <httplib.h>

#include "core/base/limits.hpp"
#include "server/web/api.hpp"
#include "server/web/http_server.hpp"
#include "tests/support/fake_desk.hpp"

using namespace kenpin;
using namespace kenpin::web;

namespace {

struct Call {
    std::string method{}, pattern{}, path{};
    std::string key = "admin-key";
    std::string body{};
};

// The whole server on a socket, with a desk that answers what the test wants.
struct Served {
    support::FakeDesk desk;
    Router router = make_api(desk);
    std::unique_ptr<HttpServer> server = HttpServer::start({}, router, desk.latest_board).value();
    support::OpenApi description = support::OpenApi::read();
    std::map<std::string, std::set<int>> had{};  // "get /api/v1/orders" -> statuses that were provoked

    Served() {
        fill(desk);
        desk.latest_board.set(full_board());
    }

    static void fill(support::FakeDesk& desk);
    static Board full_board();

    /// Calls, and holds the answer against the description.
    int call(const Call& wanted) {
        httplib::Client client("127.0.0.1", server->port());
        httplib::Request request;
        request.method = wanted.method == "get" ? "GET" : "POST";
        request.path = wanted.path.empty() ? wanted.pattern : wanted.path;
        request.body = wanted.body;
        if (!wanted.key.empty())
            request.headers.emplace("Authorization", wanted.key.find(' ') == std::string::npos
                                                         ? "Bearer " + wanted.key
                                                         : wanted.key);
        const auto answer = client.send(request);
        INFO(wanted.method << " " << request.path);
        REQUIRE(answer);
        for (const auto& fault :
             description.faults(wanted.method, wanted.pattern,
                                {answer->status, answer->get_header_value("Content-Type"), answer->body}))
            FAIL_CHECK(fault << " in " << answer->body.substr(0, 300));
        had[wanted.method + " " + wanted.pattern].insert(answer->status);
        return answer->status;
    }
};

void Served::fill(support::FakeDesk& desk) {
    ShipmentView shipment{
        .shipment = ShipmentId{"S1"}, .shop = ShopId{"HONTEN"}, .orders = {OrderId{"HONTEN:H1"}}};
    shipment.states.holds = {domain::HoldReason::unpaid};
    shipment.lines = {{LineNo{1}, Sku{"G-1"}, "リボン", Qty{2}, Qty{2}, Qty{1}, Qty{0}}};
    shipment.pieces = {{.shipment = shipment.shipment, .piece = PieceNo{1}, .tracking = TrackingNo{"1"}},
                       {.shipment = shipment.shipment, .piece = PieceNo{2}}};
    desk.known_shipments = {shipment};
    desk.known_orders = {{.order = OrderId{"HONTEN:H1"},
                          .shop = ShopId{"HONTEN"},
                          .number_in_shop = "H1",
                          .shipments = {shipment.shipment},
                          .lines = {{LineNo{1}, Sku{"G-1"}, Qty{2}}}}};
    desk.known_intake = {{{.record = 7,
                           .order = OrderId{"HONTEN:H1"},
                           .shop = ShopId{"HONTEN"},
                           .outcome = "hold",
                           .state = "open",
                           .reasons = {{"E-SKU", "知らない商品コードです", "unknown", "登録", "register"}},
                           .handling = {"GIFT"}}},
                         {{"hold", "open", 1}},
                         7};
    desk.known_original = {{.part = 0, .record = 3, .file = "a.csv", .charset = "cp932"}};
    desk.import_answer = {
        .taken = 1, .refused = {{.field = "jan", .reason = "bad_value", .line = 3}}, .notes = {"x"}};
    desk.revoked_list = {.list = ListId{"P000001"}, .state = "revoked"};
    desk.known_exceptions = {
        {.number = 7,
         .reason = "leased_elsewhere",
         .what = "item_picked",
         .device = DeviceId{"H1"},
         .list = ListId{"P000001"},
         .done_device = DeviceId{"H2"},
         .done_worker = WorkerId{"1002"},
         .done_at = Instant{}},
        {.number = 8, .reason = "stopped", .what = "piece_closed", .device = DeviceId{"B1"}}};
    desk.start_answer = {.lists = {{ListId{"L1"}, DeviceId{"B1"}, 1, 2}},
                         .waiting = {{ShipmentId{"S2"}, "no_stock"}}};
}

Board Served::full_board() {
    Board board{.site = "T"};
    board.hours = {{}};
    board.caught = {{"wrong_item", "pick", 1}};
    board.printers = {{PrinterId{"P1"}, DeviceId{"B1"}, "ready", {}}};
    board.stations = {{.device = DeviceId{"B1"}, .name = "1", .role = "packer"}};
    return board;
}

std::string path_with(std::string pattern, const std::map<std::string, std::string>& parts) {
    for (const auto& [name, value] : parts)
        if (const auto at = pattern.find("{" + name + "}"); at != std::string::npos)
            pattern.replace(at, name.size() + 2, value);
    return pattern;
}

std::string good_path(const std::string& pattern) {
    return path_with(pattern, {{"order", "HONTEN:H1"},
                               {"shipment", "S1"},
                               {"table", "items"},
                               {"key", "K0001"},
                               {"list", "P000001"},
                               {"exception", "7"},
                               {"command", "7-1"},
                               {"record", "7"}});
}

constexpr auto device = "Basic QjE6YjEtcGFzc3dvcmQ=";

/// Everybody is asked for a key, for the right one, and not to call too often.
void provoke_the_gate(Served& served, const support::OpenApi::Operation& operation) {
    if (operation.scope.empty()) return;
    Call call{.method = operation.method, .pattern = operation.path, .path = good_path(operation.path)};
    call.key = "";
    CHECK(served.call(call) == 401);
    call.key = operation.scope == "device" ? "admin-key" : "no-scope-key";
    CHECK(served.call(call) == 403);
    if (operation.scope == "device") return;
    call.key = "tired-key";
    CHECK(served.call(call) == 429);
}

void provoke_too_large(Served& served, const support::OpenApi::Operation& operation) {
    if (operation.method != "post") return;
    CHECK(served.call({.method = "post",
                       .pattern = operation.path,
                       .path = good_path(operation.path),
                       .body = std::string(limits::http_body + 1, 'x')}) == 413);
}

}  // namespace

TEST_CASE(
    "every route of the server stands in the OpenAPI text with its scope and parameters, and nothing else") {
    support::FakeDesk desk;
    const auto router = make_api(desk);
    std::map<std::string, support::OpenApi::Operation> described;
    for (auto& operation : support::OpenApi::read().operations())
        described[operation.method + " " + operation.path] = operation;
    REQUIRE(described.erase(std::string("get ") + board_stream_path) == 1);
    for (const auto& route : router.routes()) {
        const auto name = (route.method == Method::get ? "get " : "post ") + route.pattern;
        INFO(name);
        REQUIRE(described.contains(name));
        const auto& operation = described.at(name);
        std::set<std::string> parameters;
        for (const auto& query : route.query) parameters.insert("query " + query);
        for (auto at = route.pattern.find('{'); at != std::string::npos; at = route.pattern.find('{', at + 1))
            parameters.insert("path " + route.pattern.substr(at + 1, route.pattern.find('}', at) - at - 1));
        CHECK(operation.parameters == parameters);
        if (route.access == Access::open || route.access == Access::device)
            CHECK(operation.scope == (route.access == Access::open ? "" : "device"));
        else {
            const auto scope = scope_from_name(operation.scope);
            REQUIRE(scope);
            CHECK(grants(*scope, route.access));
        }
        described.erase(name);
    }
    for (const auto& [name, operation] : described) FAIL_CHECK("described, but not served: " << name);
}

TEST_CASE("every answer that the OpenAPI text promises can be had, and is as its schema says") {
    Served served;
    auto& desk = served.desk;
    desk.bearer["no-scope-key"] = {.key = "K9"};
    desk.bearer["no-scope-key"].scopes = {};
    desk.bearer["no-scope-key"].device = DeviceId{"B1"};
    desk.bearer["tired-key"] = desk.bearer.at("admin-key");
    desk.bearer["tired-key"].gate = std::make_shared<Gate>(Rate{.per_minute = 1, .burst = 1});
    (void)desk.bearer["tired-key"].gate->must_wait(RateClock::now());
    const auto operations = served.description.operations();
    for (const auto& operation : operations) {
        if (operation.path == board_stream_path) continue;  // does not end: http_server_test
        provoke_the_gate(served, operation);
        provoke_too_large(served, operation);
    }
    const auto get = [&](const std::string& pattern, const std::string& path = "") {
        return served.call({.method = "get", .pattern = pattern, .path = path});
    };
    const auto post = [&](const std::string& pattern, const std::string& path, const std::string& body = "") {
        return served.call({.method = "post", .pattern = pattern, .path = path, .body = body});
    };

    // orders
    const std::string orders = "/api/v1/orders";
    const std::string of_shop = "/api/v1/orders?shop=HONTEN";
    CHECK(post(orders, of_shop, "{}") == 201);
    desk.order_answer = OrderUnchanged{OrderId{"HONTEN:H1"}};
    CHECK(post(orders, of_shop, "{}") == 200);
    desk.order_answer = OrderConflicts{OrderId{"HONTEN:H1"}};
    CHECK(post(orders, of_shop, "{}") == 409);
    desk.order_answer = OrderNotAcceptable{{{.field = "lines[0].qty", .reason = "out_of_range"}}};
    CHECK(post(orders, of_shop, "{}") == 422);
    desk.order_answer = OrderNotJson{};
    CHECK(post(orders, of_shop, "no") == 400);
    for (const auto* list : {"/api/v1/orders", "/api/v1/shipments", "/api/v1/pieces"}) {
        CHECK(get(list) == 200);
        CHECK(get(list, std::string(list) + "?limit=0") == 422);
    }
    for (const auto* one :
         {"/api/v1/orders/{order}", "/api/v1/shipments/{shipment}", "/api/v1/shipments/{shipment}/history"}) {
        CHECK(get(one, good_path(one)) == 200);
        CHECK(get(one, path_with(one, {{"order", "X"}, {"shipment", "X"}})) == 404);
    }

    // what came in
    CHECK(get("/api/v1/intake") == 200);
    CHECK(get("/api/v1/intake", "/api/v1/intake?outcome=lost") == 422);
    for (const auto* one : {"/api/v1/intake/{record}", "/api/v1/intake/{record}/original"}) {
        CHECK(get(one, good_path(one)) == 200);
        CHECK(get(one, path_with(one, {{"record", "8"}})) == 404);
    }
    desk.failure = Error{Error::Kind::busy, "writer"};
    CHECK(get("/api/v1/intake/{record}/original", "/api/v1/intake/7/original") == 503);
    desk.failure.reset();
    for (const std::string verb : {"retake", "drop", "keep", "replace", "release"}) {
        const auto pattern = "/api/v1/intake/{record}/" + verb;
        const std::string body = R"({"reason":"checked"})";
        CHECK(post(pattern, good_path(pattern), body) == 200);
        CHECK(post(pattern, path_with(pattern, {{"record", "8"}}), body) == 404);
        CHECK(post(pattern, good_path(pattern), "no") == 422);
    }

    // files and work
    const std::string import = "/api/v1/import/{table}";
    CHECK(post(import, "/api/v1/import/items", "x") == 200);
    CHECK(post(import, "/api/v1/import/nothing", "x") == 404);
    CHECK(post(import, "/api/v1/import/items") == 422);
    CHECK(post("/api/v1/work/start", "", "{}") == 200);
    CHECK(post("/api/v1/work/start", "", "no") == 400);
    for (const auto* plain :
         {"/api/v1/lists", "/api/v1/stock", "/api/v1/board", "/api/v1/health", "/api/v1/metrics"})
        CHECK(get(plain) == 200);
    const std::string papers = "/api/v1/print-documents/{shipment}";
    CHECK(served.call({.method = "get", .pattern = papers, .path = good_path(papers), .key = device}) == 200);
    CHECK(served.call(
              {.method = "get", .pattern = papers, .path = "/api/v1/print-documents/X", .key = device}) ==
          404);

    // codes
    const std::string codes = "/api/v1/codes";
    const auto meaning = served.description.request_example("post", codes).dump();
    desk.known_unknown = {{.shop = ShopId{"HONTEN"},
                           .code = "GIFT-01",
                           .options = Private<std::string>("色:赤"),
                           .orders = 2,
                           .proposals = {{Sku{"G-1"}, Qty{1}, "リボン", "sku"}}}};
    CHECK(get("/api/v1/codes/unknown") == 200);
    CHECK(post(codes, "", meaning) == 200);
    CHECK(post(codes, "", "no") == 400);
    CHECK(post(codes, "", "{}") == 422);
    desk.code_answer = CodeStandsInTable{};
    CHECK(post(codes, "", meaning) == 409);
    desk.known_consolidations = {{.orders = {{OrderId{"HONTEN:H1"}, ShopId{"HONTEN"}},
                                             {OrderId{"HONTEN:H2"}, ShopId{"HONTEN"}},
                                             {OrderId{"RAKUTEN:R1"}, ShopId{"RAKUTEN"}}},
                                  .differs = {"cod"},
                                  .offers = {{OrderId{"HONTEN:H1"}, OrderId{"RAKUTEN:R1"}}}}};
    CHECK(get("/api/v1/consolidations") == 200);
    // supervision
    const std::string take_back = "/api/v1/lists/{list}/revoke",
                      settle = "/api/v1/exceptions/{exception}/settle";
    CHECK(post(take_back, good_path(take_back)) == 200);
    CHECK(get("/api/v1/exceptions") == 200);
    CHECK(get("/api/v1/exceptions", "/api/v1/exceptions?limit=0") == 422);
    CHECK(post(settle, good_path(settle), R"({"note":"put back"})") == 200);
    CHECK(post(settle, good_path(settle), "no") == 400);
    CHECK(post(settle, good_path(settle), "{}") == 422);
    CHECK(post(settle, "/api/v1/exceptions/9/settle", R"({"note":"put back"})") == 404);
    for (const auto* cancel : {"/api/v1/shipments/{shipment}/cancel", "/api/v1/orders/{order}/cancel"})
        CHECK(post(cancel, good_path(cancel)) == 200);
    const std::string commands = "/api/v1/commands", one_command = "/api/v1/commands/{command}";
    CHECK(post(commands, "", served.description.request_example("post", commands).dump()) == 201);
    CHECK(desk.commands.back().to == std::vector{DeviceId{"all"}});
    CHECK(desk.commands.back().lasts == std::chrono::minutes{30});
    CHECK(post(commands, "", R"({"what":"print_now","to":["B1"],"shipment":"S1"})") == 201);
    CHECK(desk.commands.back().lasts == limits::command_expiry);
    CHECK(post(commands, "", "no") == 400);
    const std::string sixty_one =
        "ああああああああああああああああああああああああああああああああああああああああああああああああああ"
        "あああああああああああ";
    for (const std::string wrong :
         {R"({})", R"({"what":"dance","to":["B1"]})", R"({"what":"message","to":["B1"]})",
          R"({"what":"message","to":[],"text":"x"})", R"({"what":"message","to":[7],"text":"x"})",
          R"({"what":"message","to":["B1"],"text":"x","minutes":721})",
          R"({"what":"message","to":["B1"],"text":"x","minutes":"1"})", R"({"what":"print_now","to":["B1"]})",
          R"({"what":"print_now","to":["all"],"shipment":"S1"})",
          R"({"what":"print_now","to":["B1","B2"],"shipment":"S1"})"})
        CHECK(post(commands, "", wrong) == 422);
    CHECK(post(commands, "", R"({"what":"message","to":["B1"],"text":")" + sixty_one + R"("})") == 422);
    CHECK(post(commands, "", R"({"what":"message","to":["B1"],"text":")" + sixty_one.substr(3) + R"("})") ==
          201);
    CHECK(get(one_command, good_path(one_command)) == 200);
    CHECK(get(one_command, "/api/v1/commands/X") == 404);
    desk.failure = Error{Error::Kind::not_found, "list"};
    CHECK(post(commands, "", served.description.request_example("post", commands).dump()) == 404);
    desk.failure.reset();
    const std::string change = "/api/v1/orders/{order}/change", tasks = "/api/v1/floor-tasks",
                      pull_out = tasks + "/pull-out", put_back = tasks + "/put-back",
                      free_shelf = tasks + "/free-shelf";
    const auto good_body = [&](const std::string& path) {
        return served.description.request_example("post", path).dump();
    };
    CHECK(get(tasks) == 200);
    CHECK(post(change, good_path(change), "{}") == 200);
    CHECK(post(change, good_path(change), "nonsense") == 400);
    CHECK(post(change, good_path(change), "unknown item") == 422);
    for (const auto& scan : {pull_out, put_back, free_shelf}) {
        CHECK(post(scan, "", good_body(scan)) == 200);
        CHECK(post(scan, "", "no") == 400);
        CHECK(post(scan, "", "{}") == 422);
    }
    CHECK(post(put_back, "", R"({"shipment":"S1","item":"wrong","location":"A","left":1})") == 409);
    desk.failure = Error{Error::Kind::refused, "it stands"};
    CHECK(post(change, good_path(change), "{}") == 409);
    CHECK(post(pull_out, "", good_body(pull_out)) == 409);
    desk.failure = Error{Error::Kind::not_found, "list"};
    CHECK(post(change, good_path(change), "{}") == 404);
    CHECK(post(pull_out, "", good_body(pull_out)) == 404);
    CHECK(post(free_shelf, "", good_body(free_shelf)) == 404);
    for (const auto* cancel : {"/api/v1/shipments/{shipment}/cancel", "/api/v1/orders/{order}/cancel"})
        CHECK(post(cancel, path_with(cancel, {{"order", "X"}, {"shipment", "X"}})) == 404);
    CHECK(post(take_back, "/api/v1/lists/X/revoke") == 404);
    desk.failure.reset();

    // backups
    const std::string backups = "/api/v1/backups";
    CHECK(get(backups) == 200);
    CHECK(post(backups, "") == 201);
    CHECK(post(backups, "", served.description.request_example("post", backups).dump()) == 201);
    CHECK(post(backups, "", "no") == 400);
    CHECK(post(backups, "", R"({"name":"dump"})") == 422);
    desk.failure = Error{Error::Kind::refused, "backup.folder"};
    CHECK(post(backups, "") == 422);
    desk.failure.reset();

    // keys
    const std::string revoke = "/api/v1/keys/{key}/revoke";
    CHECK(post("/api/v1/keys", "", served.description.request_example("post", "/api/v1/keys").dump()) == 201);
    CHECK(post("/api/v1/keys", "", "no") == 400);
    CHECK(post("/api/v1/keys", "", "{}") == 422);
    CHECK(get("/api/v1/keys") == 200);
    CHECK(post(revoke, good_path(revoke)) == 200);
    CHECK(post(revoke, "/api/v1/keys/X/revoke") == 404);

    // the world fails
    desk.start_answer.refusal = "no_bench";
    CHECK(post("/api/v1/work/start", "", "{}") == 422);
    desk.failure = Error{Error::Kind::busy, "writer"};
    for (const auto& operation : operations)
        if (operation.statuses.contains(503) && operation.method == "post") {
            const auto example = served.description.request_example(operation.method, operation.path);
            const auto query = operation.parameters.contains("query shop") ? "?shop=HONTEN" : "";
            CHECK(post(operation.path, good_path(operation.path) + query,
                       example.is_null() ? "{}" : example.dump()) == 503);
        }
    desk.healthy = false;
    CHECK(get("/api/v1/health") == 503);

    for (const auto& operation : operations) {
        const auto name = operation.method + " " + operation.path;
        INFO(name);
        if (operation.path != board_stream_path) CHECK(served.had[name] == operation.statuses);
    }
}

TEST_CASE("the examples of bodies are as their schemas say") {
    const auto description = support::OpenApi::read();
    for (const auto& operation : description.operations()) {
        const auto example = description.request_example(operation.method, operation.path);
        if (example.is_null()) continue;
        INFO(operation.method << " " << operation.path);
        for (const auto& fault : description.request_faults(operation.method, operation.path, example))
            FAIL_CHECK(fault);
    }
}

TEST_CASE("a query that no route takes is refused rather than overlooked") {
    support::FakeDesk desk;
    const auto router = make_api(desk);
    const auto answer = router.dispatch({.method = Method::get,
                                         .path = "/api/v1/orders",
                                         .query = {{"limt", "5"}},
                                         .authorization = "Bearer admin-key"});
    CHECK(answer.status == 422);
    CHECK(answer.body.find("\"limt\"") != std::string::npos);
}
