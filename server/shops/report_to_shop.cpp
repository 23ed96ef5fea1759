#include "server/shops/report_to_shop.hpp"

#include <optional>

#include <httplib.h>
#include <nlohmann/json.hpp>

namespace kenpin::shops {
namespace {

struct Target {
    std::string origin;  // "http://127.0.0.1:8080"
    std::string path;    // "/hook"
};

std::optional<Target> target_of(const std::string& url) {
    const auto scheme = url.find("://");
    if (scheme == std::string::npos) return std::nullopt;
    const auto name = url.substr(0, scheme);
    if (name != "http" && name != "https") return std::nullopt;
    const auto path = url.find('/', scheme + 3);
    if (path == scheme + 3 || scheme + 3 == url.size()) return std::nullopt;
    if (path == std::string::npos) return Target{url, "/"};
    return Target{url.substr(0, path), url.substr(path)};
}

}  // namespace

std::string report_json(const plan::ShopReport& report) {
    nlohmann::json tracking = nlohmann::json::array();
    for (const auto& number : report.tracking) tracking.push_back(number.value);
    nlohmann::json lines = nlohmann::json::array();
    for (const auto& line : report.lines)
        lines.push_back({{"order_no", line.order_number},
                         {"line_no", line.order_line.value},
                         {"sku", line.sku.value},
                         {"qty", line.qty.value}});
    const nlohmann::json json{{"v", 1},
                              {"shop", report.shop.value},
                              {"shipment", report.shipment.value},
                              {"order_nos", report.order_numbers},
                              {"recipient_no", report.ship_to},
                              {"carrier", report.carrier.value},
                              {"carrier_name", report.carrier_name},
                              {"service", report.service},
                              {"tracking", std::move(tracking)},
                              {"shipped_at", to_text(report.shipped_at)},
                              {"lines", std::move(lines)}};
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Result<int> send_report(const std::string& url, const std::string& body, const std::string& key,
                        const ReportTimeouts& timeouts) {
    const auto target = target_of(url);
    if (!target) return Error{Error::Kind::refused, "not an http or https address"};
    try {
        httplib::Client client(target->origin);
        client.set_connection_timeout(timeouts.connect);
        client.set_read_timeout(timeouts.answer);
        client.set_write_timeout(timeouts.answer);
        client.set_follow_location(false);
        const auto answer = client.Post(target->path, {{"Idempotency-Key", key}}, body, "application/json");
        if (!answer) return Error{Error::Kind::unreachable, httplib::to_string(answer.error())};
        return answer->status;
    } catch (const std::exception& failure) {
        return Error{Error::Kind::unreachable, failure.what()};
    }
}

}  // namespace kenpin::shops
