#include "server/shops/report_to_shop.hpp"

#include <string>
#include <thread>

#include <doctest/doctest.h>
#include <httplib.h>
#include <nlohmann/json.hpp>

using namespace kenpin;
using namespace kenpin::shops;

namespace {

plan::ShopReport report() {
    plan::ShopReport report;
    report.shop = ShopId{"HONTEN"};
    report.shipment = ShipmentId{"S0000001"};
    report.order_numbers = {"H1001"};
    report.carrier = CarrierId{"yamato"};
    report.carrier_name = "ヤマト運輸";
    report.tracking = {TrackingNo{"000091000000"}};
    report.shipped_at = *parse_instant("2026-11-24T10:00:00+09:00");
    report.lines = {{"H1001", LineNo{1}, Sku{"G-1"}, Qty{2}}};
    return report;
}

// The shop's end: answers with `status` and remembers what it heard.
struct Shop {
    explicit Shop(int status) {
        server.Post("/hook", [this, status](const httplib::Request& request, httplib::Response& answer) {
            body = request.body;
            key = request.get_header_value("Idempotency-Key");
            answer.status = status;
        });
        port = server.bind_to_any_port("127.0.0.1");  // callers queue from here on
        thread = std::thread([this] { server.listen_after_bind(); });
    }
    ~Shop() {
        server.stop();
        thread.join();
    }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(port) + "/hook"; }

    httplib::Server server;
    std::string body, key;
    int port = 0;
    std::thread thread;
};

}  // namespace

TEST_CASE("the shop hears what left, with its key, and its answer is told") {
    Shop shop(202);
    const auto told = send_report(shop.url(), report_json(report()), idempotency_key(report()), {});
    REQUIRE(told);
    CHECK(told.value() == 202);
    CHECK(shop.key == "HONTEN-S0000001-shipped");
    const auto heard = nlohmann::json::parse(shop.body);
    CHECK(heard["order_nos"][0] == "H1001");
    CHECK(heard["tracking"][0] == "000091000000");
    CHECK(heard["shipped_at"] == "2026-11-24T10:00:00.000+09:00");
}

TEST_CASE("a shop that is broken answers so; one that is not there is unreachable") {
    std::string url;
    {
        Shop shop(500);
        url = shop.url();
        const auto told = send_report(url, "{}", "k", {});
        REQUIRE(told);
        CHECK(told.value() == 500);
    }
    const auto told = send_report(url, "{}", "k", {});
    REQUIRE_FALSE(told);
    CHECK(told.error().kind == Error::Kind::unreachable);
}

TEST_CASE("what is no web address is refused") {
    for (const char* url : {"", "ftp://x/", "http://", "http:///path", "shop.example"})
        CHECK(send_report(url, "{}", "k", {}).error().kind == Error::Kind::refused);
}
