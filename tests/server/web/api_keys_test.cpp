#include "server/web/api_keys.hpp"

#include <string>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "server/web/api.hpp"
#include "tests/support/fake_desk.hpp"

using namespace kenpin;
using namespace kenpin::web;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

constexpr auto admin = "Bearer admin-key";
constexpr auto honten = "Bearer honten-key";

struct Api {
    support::FakeDesk desk;
    RateClock::time_point now{1'000'000s};
    Router router = make_api(desk, [this] { return now; });

    Answer post(const std::string& path, const std::string& body, const std::string& key = admin) const {
        return router.dispatch({.method = Method::post, .path = path, .authorization = key, .body = body});
    }
    Answer get(const std::string& path, const std::string& key = admin) const {
        return router.dispatch({.method = Method::get, .path = path, .authorization = key});
    }
};

}  // namespace

TEST_CASE("a key is made for a shop with its scopes; its secret is told once and kept by no cache") {
    Api api;
    const auto made = api.post(
        "/api/v1/keys", R"({"name":"本店カート","shop":"HONTEN","scopes":["orders:write","orders:read"]})");
    CHECK(made.status == 201);
    CHECK(made.headers.at(0) == std::pair<std::string, std::string>{"Cache-Control", "no-store"});
    const auto body = json::parse(made.body);
    CHECK(body["secret"] == "kp_secret");
    CHECK(body["shop"] == "HONTEN");
    const auto listed = api.get("/api/v1/keys").body;
    CHECK(json::parse(listed)["keys"][0]["scopes"] == json{"orders:write", "orders:read"});
    CHECK(listed.find("kp_secret") == std::string::npos);
}

TEST_CASE("everything that is wrong with a wish for a key is said at once") {
    Api api;
    const auto answer =
        api.post("/api/v1/keys", R"({"shop":5,"scopes":["orders:write","all"],"until":"never"})");
    CHECK(answer.status == 422);
    std::map<std::string, std::string> reasons;
    const auto body = json::parse(answer.body);
    for (const auto& reason : body["reasons"]) reasons[reason["field"]] = reason["reason"];
    CHECK(reasons == std::map<std::string, std::string>{{"name", "missing"},
                                                        {"shop", "wrong_type"},
                                                        {"scopes[1]", "bad_value"},
                                                        {"until", "unknown_field"}});
    CHECK(api.post("/api/v1/keys", "[]").status == 400);
    CHECK(api.post("/api/v1/keys", R"({"name":"x","scopes":[]})").status == 422);
    CHECK(api.post("/api/v1/keys", R"({"name":"x","shop":"NOBODY","scopes":["orders:read"]})").status == 422);
    CHECK(api.desk.known_keys.empty());
}

TEST_CASE("no key of a shop does everything") {
    Api api;
    const auto answer = api.post("/api/v1/keys", R"({"name":"x","shop":"HONTEN","scopes":["admin"]})");
    CHECK(json::parse(answer.body)["reasons"][0]["reason"] == "admin_of_a_shop");
}

TEST_CASE("a key is revoked by its number; one that is not there is told so") {
    Api api;
    (void)api.post("/api/v1/keys", R"({"name":"x","scopes":["orders:read"]})");
    CHECK(json::parse(api.post("/api/v1/keys/K0001/revoke", "").body)["revoked_at"].is_string());
    CHECK(api.post("/api/v1/keys/K0002/revoke", "").status == 404);
}

TEST_CASE("only the administrator makes, lists and revokes keys") {
    Api api;
    CHECK(api.post("/api/v1/keys", R"({"name":"x","scopes":["orders:read"]})", honten).status == 403);
    CHECK(api.get("/api/v1/keys", honten).status == 403);
    CHECK(api.post("/api/v1/keys/K0001/revoke", "", honten).status == 403);
    CHECK(api.get("/api/v1/keys", "").status == 401);
    CHECK(api.desk.known_keys.empty());
}

TEST_CASE("a key that calls too often waits, and is told how long; the others go on") {
    Api api;
    api.desk.bearer.at("honten-key").gate = std::make_shared<Gate>(Rate{.per_minute = 60, .burst = 2});
    CHECK(api.get("/api/v1/orders", honten).status == 200);
    CHECK(api.get("/api/v1/orders", honten).status == 200);
    const auto refused = api.get("/api/v1/orders", honten);
    CHECK(refused.status == 429);
    CHECK(refused.headers.at(0) == std::pair<std::string, std::string>{"Retry-After", "1"});
    CHECK(json::parse(refused.body)["error"] == "too_many_requests");
    CHECK(api.get("/api/v1/orders", admin).status == 200);
    CHECK(api.get("/api/v1/board", "").status == 200);
    api.now += 1s;
    CHECK(api.get("/api/v1/orders", honten).status == 200);
}

TEST_CASE("who tries keys that nobody knows is made to wait; whoever has a key goes on") {
    Api api;
    int told = 0;
    for (int i = 0; i < 200; ++i)
        told += api.get("/api/v1/orders", "Bearer guess" + std::to_string(i)).status == 401;
    CHECK(told == unknown_keys.burst);
    const auto refused = api.get("/api/v1/orders", "Bearer guess");
    CHECK(refused.status == 429);
    CHECK(refused.headers.at(0).first == "Retry-After");
    CHECK(api.get("/api/v1/orders", honten).status == 200);
    CHECK(api.get("/api/v1/board", "").status == 200);
    api.now += 1min;
    CHECK(api.get("/api/v1/orders", "").status == 401);
}
