#include "adaptors/http/client.hpp"

#include <string>
#include <thread>

#include <doctest/doctest.h>
#include <httplib.h>

namespace http = kenpin::http;

namespace {

/// A server of this process that tells what it was asked.
class Echo {
public:
    Echo() {
        server_.Get("/hello", [](const httplib::Request& request, httplib::Response& response) {
            response.set_content(
                request.get_header_value("Authorization") + "|" + request.get_param_value("x"), "text/plain");
        });
        server_.Post("/file", [](const httplib::Request& request, httplib::Response& response) {
            response.status = 422;
            response.set_content(request.get_header_value("Content-Type") + "|" + request.body, "text/plain");
        });
        port_ = server_.bind_to_any_port("127.0.0.1");
        thread_ = std::thread([this] { server_.listen_after_bind(); });
        while (!server_.is_running()) std::this_thread::yield();
    }
    ~Echo() {
        server_.stop();
        thread_.join();
    }
    Echo(const Echo&) = delete;
    Echo& operator=(const Echo&) = delete;
    std::string url(const std::string& path) const {
        return "http://127.0.0.1:" + std::to_string(port_) + path;
    }

private:
    httplib::Server server_;
    int port_ = 0;
    std::thread thread_;
};

}  // namespace

TEST_CASE("a call carries a device's account or a shop's key, and its query") {
    const Echo echo;
    const auto basic = http::get({.url = echo.url("/hello?x=7"),
                                  .credentials = http::Basic{"B1", kenpin::Private<std::string>("pw")}});
    REQUIRE(basic);
    CHECK(basic.value().body == "Basic QjE6cHc=|7");
    const auto bearer = http::get(
        {.url = echo.url("/hello"), .credentials = http::Bearer{kenpin::Private<std::string>("key")}});
    REQUIRE(bearer);
    CHECK(bearer.value().body == "Bearer key|");
}

TEST_CASE("a refusal by the other side is an answer, not a failure") {
    const Echo echo;
    const auto answer = http::post({.url = echo.url("/file"), .content_type = "text/csv", .body = "a,b\n"});
    REQUIRE(answer);
    CHECK(answer.value().status == 422);
    CHECK(answer.value().body == "text/csv|a,b\n");
    CHECK_FALSE(http::is_success(answer.value()));
}

TEST_CASE("nobody listening is unreachable, and what is no URL is refused") {
    std::string url;
    {
        const Echo gone;
        url = gone.url("/hello");
    }
    const auto nobody = http::get({.url = url});
    REQUIRE_FALSE(nobody);
    CHECK(nobody.error().kind == kenpin::Error::Kind::unreachable);
    for (const auto* wrong : {"", "here", "ftp://x/", "http://"}) {
        const auto answer = http::get({.url = wrong});
        REQUIRE_FALSE(answer);
        CHECK(answer.error().kind == kenpin::Error::Kind::refused);
    }
}

TEST_CASE("a part of a path keeps its meaning when it is encoded") {
    CHECK(http::percent_encoded("HONTEN:H1 /3") == "HONTEN%3AH1%20%2F3");
}
