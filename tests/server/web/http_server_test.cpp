#include "server/web/http_server.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <httplib.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

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
            client.set_read_timeout(60);  // its default, 5 s, is just when a quiet board says that it lives
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

namespace {

/// A call whose body never comes as announced: its head, then now and then a byte.
class SlowCaller {
public:
    SlowCaller(int port, const std::string& key) {
        socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in there{};
        there.sin_family = AF_INET;
        there.sin_port = htons(static_cast<std::uint16_t>(port));
        there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        REQUIRE(::connect(socket_, reinterpret_cast<sockaddr*>(&there), sizeof there) == 0);
        const auto head = "POST /api/v1/orders HTTP/1.1\r\nHost: kenpin\r\nAuthorization: Bearer " + key +
                          "\r\nContent-Length: 1000000\r\n\r\n{";
        REQUIRE(::send(socket_, head.data(), head.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(head.size()));
    }
    SlowCaller(const SlowCaller&) = delete;
    SlowCaller& operator=(const SlowCaller&) = delete;
    ~SlowCaller() { ::close(socket_); }

    void send_a_byte() const { (void)::send(socket_, " ", 1, MSG_NOSIGNAL); }  // it may have been hung up on
    bool has_answer() const {
        pollfd wanted{socket_, POLLIN, 0};
        return ::poll(&wanted, 1, 10) > 0;
    }
    /// All that comes until the server hangs up.
    std::string answer() const {
        std::string text;
        char bytes[4096];
        for (;;) {
            const auto count = ::recv(socket_, bytes, sizeof bytes, 0);
            if (count <= 0) return text;
            text.append(bytes, static_cast<std::size_t>(count));
        }
    }

private:
    int socket_ = -1;
};

}  // namespace

TEST_CASE("whoever has no key is told so before his body is read, and hung up on; the API goes on") {
    Served served("T");
    std::vector<std::unique_ptr<SlowCaller>> slow;
    for (int i = 0; i < 140; ++i)
        slow.push_back(std::make_unique<SlowCaller>(served.server->port(), "nobody"));
    httplib::Client client("127.0.0.1", served.server->port());
    client.set_read_timeout(2);  // a body is waited for 5 s
    const auto health = client.Get("/api/v1/health");
    REQUIRE(health);
    CHECK(health->status == 200);
    const auto answer = slow.front()->answer();
    CHECK(answer.starts_with("HTTP/1.1 401"));
    CHECK(answer.find("Connection: close") != std::string::npos);
    CHECK(answer.find("\"unauthorised\"") != std::string::npos);
    CHECK(served.desk.order_bodies.empty());
}

TEST_CASE("a body that does not come in time is given up, however steadily it drips") {
    support::FakeDesk desk;
    const auto router = make_api(desk);
    const auto server =
        HttpServer::start({.longest_body = std::chrono::milliseconds{200}}, router, desk.latest_board)
            .value();
    const SlowCaller slow(server->port(), "honten-key");
    while (!slow.has_answer()) slow.send_a_byte();
    const auto answer = slow.answer();
    CHECK(answer.starts_with("HTTP/1.1 408"));
    CHECK(answer.find("\"too_slow\"") != std::string::npos);
    CHECK(desk.order_bodies.empty());
}
