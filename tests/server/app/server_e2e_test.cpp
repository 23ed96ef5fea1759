// kenpin-server with its real parts: sockets, broker, disk, and the board in a real browser.
#include <atomic>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "adaptors/mqtt/mqtt.hpp"
#include "core/base/inbox.hpp"
#include "core/protocol/messages.hpp"
#include "tests/server/app/server_process.hpp"
#include "tests/support/browser.hpp"
#include "tests/support/openapi.hpp"

using namespace kenpin;
using nlohmann::json;

namespace {

using support::ServerProcess;

const std::string order =
    R"({"v":1,"order_no":"H1","ordered_at":"2026-11-23T10:06:00+09:00","buyer":{"name":"試験 花子",
"postcode":"1000001","prefecture":"東京都","city":"千代田区","street":"千代田1-1","building":"","phone":"090-0000-1234"},
"lines":[{"line_no":1,"sku":"G-22081","name":"リボン","qty":2,"unit_price_yen":310,"tax_rate_percent":10}],
"payment":"card","totals":{"goods_yen":620,"shipping_yen":0,"fee_yen":0,"discount_yen":0,"total_yen":620}})";

/// A handheld that speaks by hand.
class Handheld {
public:
    Handheld(std::uint16_t port, const std::string& device) : device_(device) {
        (void)mqtt_.connect({.port = port,
                             .client_id = device,
                             .user = device,
                             .password = Private<std::string>(device == "H1" ? "h1-pw" : "b1-pw")});
        wait_for<mqtt::Connected>();
        (void)mqtt_.subscribe(protocol::device_subscriptions(site_, DeviceId{device}));
    }
    /// Says it again and again, as every device does, until a message on `answer` comes: the pipe may lose
    /// both. Empty: none within a minute.
    std::string ask(protocol::Topic kind, const std::string& payload, protocol::Topic answer) {
        for (int tries = 0; tries < 60; ++tries) {
            say(kind, payload);
            if (auto heard = next(answer); !heard.empty()) return heard;
        }
        return {};
    }

private:
    void say(protocol::Topic kind, const std::string& payload) {
        REQUIRE(mqtt_.publish(protocol::topic(site_, DeviceId{device_}, kind), payload));
    }
    /// The next message on `kind`; empty: none within a second.
    std::string next(protocol::Topic kind) {
        const auto topic = protocol::topic(site_, DeviceId{device_}, kind);
        for (int tries = 0; tries < 10; ++tries)
            for (auto& event : events_.wait_and_take(std::chrono::milliseconds{100}))
                if (auto* message = std::get_if<mqtt::Message>(&event); message && message->topic == topic)
                    return message->payload;
        return {};
    }
    template <class Event>
    void wait_for() {
        for (int tries = 0; tries < 100; ++tries)
            for (const auto& event : events_.wait_and_take(std::chrono::milliseconds{100}))
                if (std::holds_alternative<Event>(event)) return;
        FAIL("the broker does not answer");
    }
    const SiteId site_{"TOKYO1"};
    std::string device_;
    Inbox<mqtt::Event> events_{1'024};
    mqtt::Mqtt mqtt_{[this](mqtt::Event event) { return events_.post(std::move(event)); }};
};

std::string hello(std::int64_t last_seq) {
    return protocol::to_json(protocol::Hello{.lives = {{Epoch{7}, Seq{1}, Seq{last_seq}, Seq{0}}},
                                             .number = 1,
                                             .device_time = from_ms(1'795'474'800'000),
                                             .role = "picker",
                                             .program = "test",
                                             .lists = {},
                                             .packs = {}});
}

std::string event_batch(std::int64_t seq, protocol::Body body) {
    const DeviceId device{"H1"};
    return protocol::to_json(protocol::EventBatch{
        Epoch{7},
        {{device, Epoch{7}, Seq{seq}, from_ms(1'795'474'800'000), WorkerId{"1001"}, "", std::move(body)}}});
}

}  // namespace

TEST_CASE("a server put back to its backup gets from its stations what it lost, and gives no number twice") {
    ServerProcess server;
    server.import_demo();
    CHECK(server.post("/api/v1/orders", order, "demo-key-honten").status == 201);
    const auto start = [&] {
        return json::parse(server.post("/api/v1/work/start", "{}").body)["lists"]
            .at(0)["list"]
            .get<std::string>();
    };
    const ListId before{start()};
    Handheld handheld(server.broker().port(), "H1");
    const auto tell = [&](std::int64_t seq, protocol::Body body) {
        return protocol::ack_from_json(
                   handheld.ask(protocol::Topic::ev, event_batch(seq, std::move(body)), protocol::Topic::ack))
            .value()
            .upto;
    };
    const auto greet = [&](std::int64_t last) {
        return protocol::snapshot_from_json(
                   handheld.ask(protocol::Topic::hello, hello(last), protocol::Topic::snapshot))
            .value();
    };
    greet(0);
    CHECK(tell(1, protocol::ListOpened{before}) == Seq{1});
    const auto made = server.post("/api/v1/backups", "");
    REQUIRE_MESSAGE(made.status == 201, made.body);
    CHECK(greet(1).stored.at(0).kept_upto == Seq{1});

    CHECK(tell(2, protocol::WorkerSignedIn{WorkerId{"1001"}}) == Seq{2});  // and all this is lost
    const auto second = std::string(order).replace(order.find("\"H1\""), 4, "\"H2\"");
    CHECK(server.post("/api/v1/orders", second, "demo-key-honten").status == 201);
    const auto lost = start();
    const auto backup =
        server.data().parent_path() / "backups" / json::parse(made.body)["name"].get<std::string>();
    CHECK(server.restore(backup).first.code == 1);  // it runs
    CHECK(server.stop() == support::Exit{.code = 0, .signal = 0});
    const auto [ended, said] = server.restore(backup);
    REQUIRE_MESSAGE(ended.code == 0, said);
    server.start();

    CHECK(greet(2).stored.at(0).upto == Seq{1});
    CHECK(tell(2, protocol::WorkerSignedIn{WorkerId{"1001"}}) == Seq{2});
    CHECK(server.post("/api/v1/orders", order, "demo-key-honten").status == 200);   // was in the backup
    CHECK(server.post("/api/v1/orders", second, "demo-key-honten").status == 201);  // the shop sends it again
    CHECK(start() > lost);
    CHECK(std::filesystem::exists(server.data() / "before-restore.db"));
}

TEST_CASE("orders, work and a picker's events survive kill -9, and the log never names the buyer") {
    ServerProcess server;
    server.import_demo();
    CHECK(server.post("/api/v1/orders", order, "demo-key-honten").status == 201);
    const auto started = json::parse(server.post("/api/v1/work/start", "{}").body);
    REQUIRE(started["lists"].size() == 1);
    const ListId list{started["lists"][0]["list"].get<std::string>()};

    Handheld handheld(server.broker().port(), "H1");
    const auto snapshot = protocol::snapshot_from_json(
        handheld.ask(protocol::Topic::hello, hello(0), protocol::Topic::snapshot));
    REQUIRE(snapshot);
    CHECK(snapshot.value().lists.size() == 1);
    const auto opened = event_batch(1, protocol::ListOpened{list});
    const auto ack = protocol::ack_from_json(handheld.ask(protocol::Topic::ev, opened, protocol::Topic::ack));
    REQUIRE(ack);
    CHECK(ack.value().upto == Seq{1});

    server.kill();
    server.start();
    CHECK(server.post("/api/v1/orders", order, "demo-key-honten").status == 200);  // here already
    const auto answer = handheld.ask(protocol::Topic::hello, hello(1), protocol::Topic::snapshot);
    const auto after = protocol::snapshot_from_json(answer);
    REQUIRE(after);
    CHECK(after.value().stored.at(0).upto == Seq{1});
    CHECK(json::parse(server.get("/api/v1/lists").body)["lists"][0]["leased_to"] == "H1");
    CHECK(server.output().find("花子") == std::string::npos);
    const auto ended = server.stop();
    CHECK(ended == support::Exit{.code = 0, .signal = 0});
}

TEST_CASE("no GET tells who bought") {
    ServerProcess server;
    server.import_demo();
    CHECK(server.post("/api/v1/orders", order, "demo-key-honten").status == 201);
    CHECK(server.post("/api/v1/work/start", "").status == 200);
    for (const auto* path :
         {"/api/v1/orders", "/api/v1/orders/HONTEN:H1", "/api/v1/shipments", "/api/v1/shipments/S0000001",
          "/api/v1/shipments/S0000001/history", "/api/v1/lists", "/api/v1/pieces", "/api/v1/stock",
          "/api/v1/board", "/api/v1/health", "/api/v1/metrics"}) {
        INFO(path);
        const auto answer = server.get(path);
        CHECK(answer.status == 200);
        for (const auto* secret : {"試験 花子", "花子", "千代田1-1", "090-0000-1234", "1000001"})
            CHECK(answer.body.find(secret) == std::string::npos);
    }
}

TEST_CASE(
    "a key opens from the answer that made it to the answer that revoked it, however many change at once") {
    constexpr int hands = 16, rounds = 80;
    ServerProcess server;
    const auto call = [&](const std::string& path, const std::string& body, const std::string& key) {
        const auto answer = http::post(
            {.url = server.url(path), .credentials = http::Bearer{Private<std::string>(key)}, .body = body});
        return answer ? answer.value() : http::Answer{};
    };
    std::atomic<int> unknown{0}, open_again{0};
    std::vector<std::thread> threads;
    for (int hand = 0; hand < hands; ++hand) {
        const auto made = server.post("/api/v1/keys", R"({"name":"hand","scopes":["admin"]})");
        threads.emplace_back([&, own = json::parse(made.body)["secret"].get<std::string>()] {
            for (int i = 0; i < rounds; ++i) {
                const auto key =
                    json::parse(call("/api/v1/keys", R"({"name":"x","scopes":["supervisor"]})", own).body,
                                nullptr, false);
                if (!key.is_object() || !key.contains("secret")) continue;  // busy
                const auto secret = key["secret"].get<std::string>();
                const auto try_it = [&] { return call("/api/v1/exceptions/0/settle", "{}", secret).status; };
                if (try_it() == 401) ++unknown;
                const auto revoke = "/api/v1/keys/" + key["key"].get<std::string>() + "/revoke";
                if (call(revoke, "", own).status != 200) continue;
                if (const auto status = try_it(); status == 404 || status == 422) ++open_again;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    CHECK(unknown == 0);
    CHECK(open_again == 0);
}

TEST_CASE("a key of one shop sees and touches nothing of another, on no route") {
    ServerProcess server;
    server.import_demo();
    CHECK(server.post("/api/v1/orders", order, "demo-key-honten").status == 201);
    const auto made =
        server.post("/api/v1/keys", R"({"name":"other","shop":"RAKUTEN","scopes":["supervisor"]})");
    REQUIRE(made.status == 201);
    const auto secret = json::parse(made.body)["secret"].get<std::string>();
    CHECK(server.output().find(secret) == std::string::npos);
    CHECK(json::parse(server.get("/api/v1/orders", secret).body)["orders"].empty());
    CHECK(json::parse(server.get("/api/v1/shipments", secret).body)["shipments"].empty());
    CHECK(json::parse(server.get("/api/v1/shipments").body)["shipments"].size() == 1);
    CHECK(server.get("/api/v1/orders/HONTEN:H1", secret).status == 404);
    CHECK(server.get("/api/v1/shipments/S0000001", secret).status == 404);
    for (const auto* path : {"/api/v1/shipments/S0000001/history", "/api/v1/lists", "/api/v1/pieces",
                             "/api/v1/stock", "/api/v1/keys"})
        CHECK(server.get(path, secret).status == 403);
    for (const auto* path : {"/api/v1/work/start", "/api/v1/keys", "/api/v1/keys/K0001/revoke",
                             "/api/v1/import/items", "/api/v1/import/shops"})
        CHECK(server.post(path, "x", secret).status == 403);
    // The same number is another order there: the first shop's is neither seen nor changed.
    CHECK(server.post("/api/v1/orders?shop=HONTEN", order, secret).status == 201);
    CHECK(json::parse(server.get("/api/v1/orders", secret).body)["orders"][0]["order"] == "RAKUTEN:H1");

    CHECK(server.post("/api/v1/keys/K0001/revoke", "").status == 200);
    CHECK(server.get("/api/v1/orders", secret).status == 401);
    server.kill();
    server.start();
    CHECK(server.get("/api/v1/orders", secret).status == 401);
}

TEST_CASE(
    "what the running server answers is what the OpenAPI text says, and its example of an order is taken") {
    ServerProcess server;
    server.import_demo();
    const auto description = support::OpenApi::read();
    const auto example = description.request_example("post", "/api/v1/orders").dump();
    CHECK(server.post("/api/v1/orders", example, "demo-key-honten").status == 201);
    CHECK(server.post("/api/v1/work/start", "{}").status == 200);
    CHECK(server.post("/api/v1/orders?shop=HONTEN", R"({"v":1,"order_no":"H9"})").status == 422);
    const auto open = json::parse(server.get("/api/v1/intake?state=open").body);
    const auto record = std::to_string(open["records"][0]["record"].get<int>());
    const auto said = server.post("/api/v1/commands", R"({"what":"message","to":["all"],"text":"休憩です"})");
    REQUIRE(said.status == 201);
    const auto command = json::parse(said.body)["command"].get<std::string>();
    for (const auto& operation : description.operations()) {
        auto path = operation.path;
        for (const auto& [part, value] : std::map<std::string, std::string>{{"{order}", "HONTEN:H1003"},
                                                                            {"{shipment}", "S0000001"},
                                                                            {"{record}", record},
                                                                            {"{command}", command}})
            if (const auto at = path.find(part); at != std::string::npos)
                path.replace(at, part.size(), value);
        if (operation.method != "get" || operation.scope == "device" || path.ends_with("/stream")) continue;
        INFO(path);
        const auto answer = server.get(path);
        CHECK(answer.status == 200);
        for (const auto& fault :
             description.faults("get", operation.path, {answer.status, answer.content_type, answer.body}))
            FAIL_CHECK(fault);
    }
    const auto shipment = json::parse(server.get("/api/v1/shipments/S0000001").body);
    CHECK_FALSE(shipment["lines"][0]["name"].get<std::string>().empty());
}

TEST_CASE("the board shows itself in a browser, in Japanese and English") {
    ServerProcess server;
    server.import_demo();
    CHECK(server.post("/api/v1/orders", order, "demo-key-honten").status == 201);
    auto browser = support::Browser::start(1920, 1080);
    if (!browser) FAIL(browser.error().detail);
    auto& page = *browser.value();
    const auto shows = [&](const std::string& path, const std::string& text) {
        REQUIRE(page.open(server.url(path)));
        CHECK(page.wait_until("document.body.dataset.drawn === 'yes'", std::chrono::seconds{20}));
        const auto all = page.evaluate("document.body.innerText");
        REQUIRE(all);
        CHECK(all.value().find(text) != std::string::npos);
    };
    shows("/board?lang=en", "Errors caught today");
    shows("/board", "止めたミス");
    CHECK(page.evaluate("document.getElementById('due').textContent").value() == "\"1\"");
    CHECK(page.evaluate("document.querySelectorAll('#stations li').length").value() == "4");
    CHECK(page.evaluate("document.documentElement.scrollHeight <= innerHeight").value() == "true");

    // The server dies: within a quarter of a minute the board says so by itself.
    server.kill();
    CHECK(page.wait_until("document.getElementById('age').classList.contains('old')",
                          std::chrono::seconds{30}));
}
