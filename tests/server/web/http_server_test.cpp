#include "server/web/http_server.hpp"

#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>
#include <httplib.h>

#include "adaptors/http/client.hpp"
#include "core/base/inbox.hpp"
#include "core/base/limits.hpp"
#include "places.hpp"
#include "server/web/api.hpp"
#include "tests/support/fake_desk.hpp"

using namespace kenpin;
using namespace kenpin::web;

namespace {

struct Served {
    support::FakeDesk desk;
    Router router = make_api(desk);
    std::unique_ptr<HttpServer> server =
        HttpServer::start({.assets = std::string(KENPIN_SOURCE_ROOT) + "/assets"}, router, desk.latest_board)
            .value();

    explicit Served(const std::string& site) { desk.latest_board.set({.site = site}); }
    std::string url(const std::string& path) const {
        return "http://127.0.0.1:" + std::to_string(server->port()) + path;
    }
    Result<http::Answer> get(const std::string& path) const { return http::get({.url = url(path)}); }
};

}  // namespace

TEST_CASE("orders come in over a socket with a shop's key") {
    Served served("T");
    const auto answer = http::post({.url = served.url("/api/v1/orders"),
                                    .credentials = http::Bearer{Private<std::string>("honten-key")},
                                    .content_type = "application/json",
                                    .body = R"({"v":1})"});
    REQUIRE(answer);
    CHECK(answer.value().status == 201);
    CHECK(served.desk.order_bodies.at(0) == R"({"v":1})");
}

TEST_CASE("a body that is too long is told so, announced or in chunks, and the connection goes on") {
    Served served("T");
    httplib::Client client("127.0.0.1", served.server->port());
    client.set_keep_alive(true);
    const httplib::Headers key{{"Authorization", "Bearer honten-key"}};
    const std::string piece(1 << 20, 'x');
    const auto chunked = client.Post(
        "/api/v1/orders", key,
        [&](std::size_t offset, httplib::DataSink& sink) {
            if (offset >= 20U << 20U) sink.done();
            return offset >= 20U << 20U || sink.write(piece.data(), piece.size());
        },
        "application/json");
    REQUIRE(chunked);
    CHECK(chunked->status == 413);
    CHECK(chunked->get_header_value("Content-Type").starts_with("application/problem+json"));
    const auto announced = client.Post("/api/v1/orders", key, std::string(20 << 20, 'x'), "application/json");
    REQUIRE(announced);
    CHECK(announced->status == 413);
    CHECK(served.desk.order_bodies.empty());
    CHECK(client.Post("/api/v1/orders", key, "{}", "application/json")->status == 201);
}

TEST_CASE("a method that no route takes is answered at once, with a body or without") {
    Served served("T");
    httplib::Client client("127.0.0.1", served.server->port());
    client.set_read_timeout(2);  // httplib would wait 5 s for a body that nobody announced
    for (const auto* method : {"PUT", "PATCH", "DELETE", "OPTIONS"}) {
        INFO(method);
        httplib::Request request;
        request.method = method;
        request.path = "/api/v1/orders";
        const auto without = client.send(request);
        REQUIRE(without);
        CHECK(without->status == 405);
        CHECK(without->body.find("method_not_allowed") != std::string::npos);
        request.path = "/api/v1/nothing";
        request.body = "x";
        const auto with = client.send(request);
        REQUIRE(with);
        CHECK(with->status == 404);
    }
}

TEST_CASE("a second server cannot take the same port") {
    Served served("T");
    const auto second =
        HttpServer::start({.port = served.server->port()}, served.router, served.desk.latest_board);
    REQUIRE_FALSE(second);
    CHECK(second.error().kind == Error::Kind::unreachable);
}

TEST_CASE("the board's page, its script and the charts are served, and nothing outside them") {
    Served served("T");
    for (const auto* path :
         {"/board", "/assets/board.js", "/assets/board.css", "/assets/words.js", "/assets/chart.js"}) {
        const auto page = served.get(path);
        REQUIRE(page);
        INFO(path);
        CHECK(page.value().status == 200);
        CHECK(page.value().body.size() > 100);
    }
    CHECK(served.get("/assets/..%2F..%2FREADME.md").value().status == 404);
}

TEST_CASE("64 boards may be open; one more is told so, the API goes on, and each gets the board") {
    Served served("shown");
    std::vector<std::thread> viewers;
    Inbox<std::string> seen(limits::inbox_small);  // roomy: never full here
    for (int i = 0; i < limits::board_streams; ++i)
        viewers.emplace_back([&] {
            std::string text;
            httplib::Client client("127.0.0.1", served.server->port());
            (void)client.Get(board_stream_path,
                             [&](const char* bytes, std::size_t count) {  // ended by the server
                                 text.append(bytes, count);
                                 return true;
                             });
            (void)seen.post(text);
        });
    while (served.server->open_streams() < limits::board_streams) std::this_thread::yield();
    const auto refused = served.get(board_stream_path);
    REQUIRE(refused);
    CHECK(refused.value().status == 503);
    CHECK(served.get("/api/v1/health").value().status == 200);
    served.server.reset();
    for (auto& viewer : viewers) viewer.join();
    const auto texts = seen.take_all();
    REQUIRE(texts.size() == static_cast<std::size_t>(limits::board_streams));
    for (const auto& text : texts) CHECK(text.find("\"site\":\"shown\"") != std::string::npos);
}
