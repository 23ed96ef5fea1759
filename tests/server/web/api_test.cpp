#include "server/web/api.hpp"

#include <string>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/support/fake_desk.hpp"

using namespace kenpin;
using namespace kenpin::web;
using nlohmann::json;

namespace {

constexpr auto admin = "Bearer admin-key";
constexpr auto honten = "Bearer honten-key";

struct Api {
    support::FakeDesk desk;
    Router router = make_api(desk);

    Answer get(const std::string& path, const std::string& authorization = admin,
               std::map<std::string, std::string> query = {}) const {
        return router.dispatch(
            {.method = Method::get, .path = path, .query = std::move(query), .authorization = authorization});
    }
    Answer post(const std::string& path, const std::string& body, const std::string& authorization = admin,
                std::map<std::string, std::string> query = {}) const {
        return router.dispatch({.method = Method::post,
                                .path = path,
                                .query = std::move(query),
                                .authorization = authorization,
                                .body = body});
    }
};

}  // namespace

TEST_CASE("an order is taken once: the same again is unchanged, another content is a conflict") {
    Api api;
    CHECK(api.post("/api/v1/orders", "{}", honten).status == 201);
    api.desk.order_answer = OrderUnchanged{OrderId{"HONTEN:H1"}};
    const auto again = api.post("/api/v1/orders", "{}", honten);
    CHECK(again.status == 200);
    CHECK(json::parse(again.body)["result"] == "unchanged");
    api.desk.order_answer = OrderConflicts{OrderId{"HONTEN:H1"}};
    const auto conflict = api.post("/api/v1/orders", "{}", honten);
    CHECK(conflict.status == 409);
    CHECK(json::parse(conflict.body)["order"] == "HONTEN:H1");
}

TEST_CASE("a bad order names its fields; a text that is no JSON is refused") {
    Api api;
    api.desk.order_answer = OrderNotAcceptable{{{.field = "lines[0].qty", .reason = "out_of_range"}}};
    const auto bad = api.post("/api/v1/orders", "{}", honten);
    CHECK(bad.status == 422);
    CHECK(json::parse(bad.body)["reasons"][0]["field"] == "lines[0].qty");
    api.desk.order_answer = OrderNotJson{};
    CHECK(api.post("/api/v1/orders", "no", honten).status == 400);
}

TEST_CASE("the key names the shop; the administrator says which") {
    Api api;
    (void)api.post("/api/v1/orders", "{}", honten,
                   {{"shop", "OTHER"}});  // a key cannot send for another shop
    CHECK(api.desk.order_shops.back() == ShopId{"HONTEN"});
    CHECK(api.post("/api/v1/orders", "{}", admin).status == 422);
    CHECK(api.post("/api/v1/orders", "{}", admin, {{"shop", "RAKUTEN"}}).status == 201);
    CHECK(api.desk.order_shops.back() == ShopId{"RAKUTEN"});
}

TEST_CASE("nobody writes without a key, and a shop does not run the floor") {
    Api api;
    CHECK(api.post("/api/v1/orders", "{}", "").status == 401);
    CHECK(api.post("/api/v1/orders", "{}", "Bearer wrong").status == 401);
    CHECK(api.post("/api/v1/work/start", "", honten).status == 403);
    CHECK(api.post("/api/v1/import/items", "x", honten).status == 403);
    CHECK(api.desk.order_bodies.empty());
    CHECK(api.desk.starts.empty());
}

TEST_CASE("a writer that does not answer in time is said aloud: send again") {
    Api api;
    api.desk.failure = Error{Error::Kind::busy, "writer"};
    const auto answer = api.post("/api/v1/orders", "{}", honten);
    CHECK(answer.status == 503);
    CHECK(json::parse(answer.body)["error"] == "busy");
}

TEST_CASE("a file is imported by its table's name; what was refused is listed") {
    Api api;
    api.desk.import_answer = {
        .taken = 2, .refused = {{.field = "jan", .reason = "bad_value", .record = "G-1", .line = 3}}};
    const auto answer = api.post("/api/v1/import/items", "sku,jan\n", admin, {{"file", "items.csv"}});
    CHECK(answer.status == 200);
    CHECK(api.desk.imports.back().table == Table::items);
    CHECK(api.desk.imports.back().file_name == "items.csv");
    CHECK(json::parse(answer.body)["refused"][0]["line"] == 3);
    CHECK(api.post("/api/v1/import/nothing", "x").status == 404);
    CHECK(api.post("/api/v1/import/items", "").status == 422);
    CHECK(api.post("/api/v1/import/orders", "x").status == 200);  // its header says whose
}

TEST_CASE("a file of which nothing was taken is a problem with its reasons, each with words and a remedy") {
    Api api;
    api.desk.import_answer = {.refused = {{.reason = "not_this_format"}}};
    const auto whole = api.post("/api/v1/import/items", "x");
    CHECK(whole.status == 422);
    CHECK(whole.content_type.starts_with("application/problem+json"));
    CHECK(json::parse(whole.body)["error"] == "not_this_format");
    api.desk.import_answer = {.refused = {{.field = "qty", .reason = "bad_value", .line = 2},
                                          {.field = "sku", .reason = "missing", .line = 3}}};
    const auto records = json::parse(api.post("/api/v1/import/items", "x").body);
    CHECK(records["error"] == "nothing_taken");
    REQUIRE(records["reasons"].size() == 2);
    CHECK_FALSE(records["reasons"][1]["remedy"]["ja"].get<std::string>().empty());
}

TEST_CASE("what became of each record of an order file is told, first what somebody has to look after") {
    Api api;
    api.desk.import_answer = {.taken = 1, .records = std::vector<RecordOutcome>{}};
    auto& records = *api.desk.import_answer.records;
    records = {{1, "A-1", "accept", true, {}},
               {2, "A-2", "skip", false, {}},
               {3, "A-3", "reject", false, {{"E-QTY", "数量", "quantity", "直す", "mend"}}}};
    for (int i = 0; i < 1'200; ++i) records.push_back({4 + i, "B", "accept", true, {}});
    const auto told = json::parse(api.post("/api/v1/import/orders", "x").body);
    CHECK(told["outcomes"] == json{{"accept", 1201}, {"hold", 0}, {"reject", 1}, {"skip", 1}});
    CHECK(told["records"][0]["order_no"] == "A-3");
    CHECK(told["records"][0]["reasons"][0]["ja"] == "数量");
    CHECK(told["records"][1]["outcome"] == "skip");
    CHECK(told["records"].size() == 1'000);
    CHECK(told["not_listed"] == 203);

    api.desk.import_answer.taken = 0;
    api.desk.import_answer.refused = {{.field = "qty", .reason = "bad_value", .line = 4}};
    const auto nothing = api.post("/api/v1/import/orders", "x");
    CHECK(nothing.status == 422);
    CHECK(json::parse(nothing.body)["outcomes"]["reject"] == 1);
}

TEST_CASE("a key for files brings its own shop's orders; the shops' file, where keys stand, is the admin's") {
    Api api;
    const auto files = [&](std::optional<ShopId> shop) {
        api.desk.bearer["files"] = {.key = "K1", .scopes = {KeyScope::import_write}, .shop = std::move(shop)};
    };
    files(ShopId{"HONTEN"});
    CHECK(api.post("/api/v1/import/orders", "x", "Bearer files", {{"shop", "RAKUTEN"}}).status == 200);
    CHECK(api.desk.imports.back().shop == ShopId{"HONTEN"});
    for (const auto* table : {"items", "stock", "waybills", "shops"})
        CHECK(api.post(std::string("/api/v1/import/") + table, "x", "Bearer files").status == 403);
    files(std::nullopt);
    CHECK(api.post("/api/v1/import/items", "x", "Bearer files").status == 200);
    CHECK(api.post("/api/v1/import/shops", "x", "Bearer files").status == 403);
    CHECK(api.desk.imports.size() == 2);
}

TEST_CASE("work starts up to a day that the caller may name") {
    Api api;
    CHECK(api.post("/api/v1/work/start", "").status == 200);
    CHECK_FALSE(api.desk.starts.back().until);
    CHECK(api.post("/api/v1/work/start", R"({"until":"2026-11-25","most_shipments":12})").status == 200);
    CHECK(to_text(*api.desk.starts.back().until) == "2026-11-25");
    CHECK(api.desk.starts.back().most_shipments == 12);
    for (const auto* bad :
         {"[]", "{", R"({"until":5})", R"({"until":"2026-02-30"})", R"({"most_shipments":-1})"})
        CHECK(api.post("/api/v1/work/start", bad).status == 400);
}

TEST_CASE("a shop reads its own orders and shipments only") {
    Api api;
    (void)api.get("/api/v1/orders", honten);
    CHECK(api.desk.scopes.back().shop == ShopId{"HONTEN"});
    (void)api.get("/api/v1/shipments/S0000001", honten);
    CHECK(api.desk.scopes.back().shop == ShopId{"HONTEN"});
    (void)api.get("/api/v1/orders", admin);
    CHECK_FALSE(api.desk.scopes.back().shop);
    for (const auto* path :
         {"/api/v1/stock", "/api/v1/pieces", "/api/v1/lists", "/api/v1/shipments/S1/history"})
        CHECK(api.get(path, honten).status == 403);
}

TEST_CASE("lists are paged, and a page has its limits") {
    Api api;
    (void)api.get("/api/v1/shipments", admin, {{"limit", "1000"}, {"after", "S0000009"}});
    CHECK(api.desk.pages.back().limit == 1000);
    CHECK(api.desk.pages.back().after == "S0000009");
    for (const auto* bad : {"0", "1001", "x", "-1", "9999999999"})
        CHECK(api.get("/api/v1/shipments", admin, {{"limit", bad}}).status == 422);
}

TEST_CASE("a shipment shows its four states, its lines and its pieces") {
    Api api;
    ShipmentView shipment{.shipment = ShipmentId{"S0000001"}, .shop = ShopId{"HONTEN"}};
    shipment.states.holds = {domain::HoldReason::unpaid};
    shipment.pieces = {
        {.shipment = shipment.shipment, .piece = PieceNo{1}, .tracking = TrackingNo{"000010000034"}}};
    api.desk.known_shipments = {shipment};
    const auto body = json::parse(api.get("/api/v1/shipments/S0000001").body);
    CHECK(body["work"] == "waiting");
    CHECK(body["waybill"] == "none");
    CHECK(body["stock"] == "pending");
    CHECK(body["holds"][0] == "unpaid");
    CHECK(body["pieces"][0]["tracking"] == "000010000034");
    CHECK(api.get("/api/v1/shipments/S0000002").status == 404);
}

TEST_CASE("a print document goes to a device's account and is not kept on the way") {
    Api api;
    const auto papers = api.get("/api/v1/print-documents/S0000001", "Basic QjE6YjEtcGFzc3dvcmQ=");
    CHECK(papers.status == 200);
    CHECK(papers.body == "sealed for B1: S0000001");
    CHECK(papers.headers.at(0).second == "no-store");
    CHECK(api.get("/api/v1/print-documents/S0000001", admin).status == 403);
    CHECK(api.get("/api/v1/print-documents/S0000001", "Basic QjE6d3Jvbmc=").status == 401);
}

TEST_CASE("what is not there and what is not meant is told apart") {
    Api api;
    CHECK(api.get("/api/v1/nothing").status == 404);
    CHECK(api.get("/api/v1/orders/").status == 404);
    CHECK(api.get("/api/v1/work/start").status == 405);
}

TEST_CASE("health, metrics and the board need no key") {
    Api api;
    CHECK(api.get("/api/v1/health", "").status == 200);
    CHECK(api.get("/api/v1/board", "").status == 200);
    CHECK(api.get("/api/v1/metrics", "").body == "kenpin_events 7\n");
    api.desk.healthy = false;
    CHECK(api.get("/api/v1/health", "").status == 503);
}

TEST_CASE("what only needs somebody is told by health, and the server is not taken for dead") {
    Api api;
    CHECK(api.get("/api/v1/health", "").body == R"({"status":"ok"})");
    api.desk.known_warnings = {"watch_unreachable"};
    const auto answer = api.get("/api/v1/health", "");
    CHECK(answer.status == 200);
    CHECK(answer.body == R"({"status":"warning","warnings":["watch_unreachable"]})");
}

TEST_CASE("a supervisor answers codes; a key of one shop only its own, and nobody keeps what is shown") {
    Api api;
    const std::string answer = R"({"code":"GIFT","items":[{"sku":"A"}]})";
    const std::string of_other = R"({"shop":"RAKUTEN","code":"GIFT","items":[{"sku":"A"}]})";
    api.desk.bearer["supervisor-key"] = {
        .key = "K7", .scopes = {KeyScope::supervisor}, .shop = ShopId{"HONTEN"}};
    CHECK(api.post("/api/v1/codes", answer, honten).status == 403);
    CHECK(api.post("/api/v1/codes", answer, "Bearer supervisor-key").status == 200);
    REQUIRE(api.desk.meanings.size() == 1);
    CHECK(api.desk.meanings[0].first.shop == ShopId{"HONTEN"});
    CHECK(api.desk.meanings[0].second == "K7");
    CHECK(api.post("/api/v1/codes", of_other, "Bearer supervisor-key").status == 403);
    CHECK(api.post("/api/v1/codes", answer, admin).status == 422);  // whose?
    CHECK(api.desk.meanings.size() == 1);
    const auto list = api.get("/api/v1/codes/unknown", "Bearer supervisor-key", {{"shop", "RAKUTEN"}});
    CHECK(list.status == 200);
    REQUIRE(api.desk.scopes.size() == 1);
    CHECK(api.desk.scopes[0].shop == ShopId{"HONTEN"});
}

TEST_CASE(
    "orders to consolidate are for a supervisor; a key of one shop asks for its own, whatever it says") {
    Api api;
    const std::string path = "/api/v1/consolidations";
    api.desk.bearer["supervisor-key"] = {
        .key = "K7", .scopes = {KeyScope::supervisor}, .shop = ShopId{"HONTEN"}};
    CHECK(api.get(path, honten).status == 403);
    CHECK(api.desk.scopes.empty());
    CHECK(api.get(path, "Bearer supervisor-key", {{"shop", "RAKUTEN"}}).status == 200);
    CHECK(api.get(path, admin, {{"shop", "RAKUTEN"}}).status == 200);
    CHECK(api.get(path, admin).status == 200);
    REQUIRE(api.desk.scopes.size() == 3);
    CHECK(api.desk.scopes[0].shop == ShopId{"HONTEN"});
    CHECK(api.desk.scopes[1].shop == ShopId{"RAKUTEN"});
    CHECK_FALSE(api.desk.scopes[2].shop);
}

TEST_CASE(
    "a text with a NUL or that is no UTF-8 is refused by its field, wherever it stands, and nobody is "
    "asked") {
    Api api;
    const auto reason_of = [](const Answer& answer) {
        CHECK(answer.status == 422);
        return json::parse(answer.body).at("reasons").at(0);
    };
    const auto body =
        reason_of(api.post("/api/v1/orders", R"({"lines":[{},{"name":"リボン\u0000x"}]})", honten));
    CHECK(body["field"] == "lines[1].name");
    CHECK(body["reason"] == "not_text");
    const std::string nul("a\0.csv", 6), broken("\xff.csv");
    for (const auto& name : {nul, broken})
        CHECK(reason_of(api.post("/api/v1/import/orders", "x", admin, {{"file", name}}))["field"] == "file");
    CHECK(reason_of(api.get("/api/v1/orders/" + broken))["field"] == "order");
    CHECK(reason_of(api.get("/api/v1/intake", admin, {{"number", nul}}))["field"] == "number");
    CHECK(api.desk.order_bodies.empty());
    CHECK(api.desk.imports.empty());
    CHECK(api.post("/api/v1/orders", R"({"name":"a\\u0000"})", honten).status == 201);  // a backslash
}

TEST_CASE(
    "the floor belongs to every shop: a supervisor of one shop neither takes lists back nor settles "
    "exceptions") {
    Api api;
    api.desk.bearer["gen-key"] = {.key = "K0002", .scopes = {KeyScope::supervisor}, .shop = ShopId{"GEN"}};
    CHECK(api.post("/api/v1/lists/L1/revoke", "", "Bearer gen-key").status == 403);
    CHECK(api.get("/api/v1/exceptions", "Bearer gen-key").status == 403);
    CHECK(api.post("/api/v1/exceptions/1/settle", R"({"note":"x"})", "Bearer gen-key").status == 403);
    CHECK(api.desk.revoked.empty());
    CHECK(api.desk.settled.empty());
    api.desk.bearer["all-key"] = {.key = "K0003", .scopes = {KeyScope::supervisor}};
    CHECK(api.post("/api/v1/lists/L1/revoke", "", "Bearer all-key").status == 200);
}
