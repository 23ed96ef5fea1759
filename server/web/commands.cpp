#include "server/web/commands.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include <nlohmann/json.hpp>

#include "core/base/limits.hpp"
#include "server/web/problem.hpp"
#include "server/web/show.hpp"

namespace kenpin::web {
namespace {

using Json = nlohmann::json;

std::size_t characters_in(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::optional<std::vector<DeviceId>> stations_in(const Json& to) {
    std::vector<DeviceId> stations;
    if (!to.is_array() || to.empty()) return std::nullopt;
    for (const auto& station : to) {
        if (!station.is_string() || station.get_ref<const std::string&>().empty()) return std::nullopt;
        stations.emplace_back(DeviceId{station.get<std::string>()});
    }
    return stations;
}

std::optional<Reason> read_text(const Json& body, CommandWish& wish) {
    const auto text = body.find("text");
    if (text == body.end() || !text->is_string() || text->get_ref<const std::string&>().empty())
        return Reason{.field = "text", .reason = "missing"};
    wish.text = text->get<std::string>();
    if (characters_in(wish.text) > limits::message_characters)
        return Reason{.field = "text", .reason = "too_long"};
    return std::nullopt;
}

std::optional<Reason> read_shipment(const Json& body, CommandWish& wish) {
    const auto shipment = body.find("shipment");
    if (shipment == body.end() || !shipment->is_string())
        return Reason{.field = "shipment", .reason = "missing"};
    wish.shipment = ShipmentId{shipment->get<std::string>()};
    const bool is_one = wish.to.size() == 1 && wish.to.front() != DeviceId{"all"};
    if (!is_one) return Reason{.field = "to", .reason = "too_many"};  // it lies ready at one bench
    return std::nullopt;
}

std::optional<Reason> read_minutes(const Json& body, CommandWish& wish) {
    const auto minutes = body.find("minutes");
    if (minutes == body.end()) return std::nullopt;
    constexpr auto most = std::chrono::minutes{limits::command_longest}.count();
    if (!minutes->is_number_integer() || minutes->get<std::int64_t>() < 1 ||
        minutes->get<std::int64_t>() > most)
        return Reason{.field = "minutes", .reason = "out_of_range"};
    wish.lasts = std::chrono::minutes{minutes->get<std::int64_t>()};
    return std::nullopt;
}

std::variant<CommandWish, Reason> wish_in(const Json& body) {
    CommandWish wish;
    const auto what = body.value("what", Json());
    wish.what = what.is_string() ? what.get<std::string>() : std::string{};
    if (wish.what != "message" && wish.what != "print_now")
        return Reason{.field = "what", .reason = "bad_value"};
    auto to = stations_in(body.value("to", Json()));
    if (!to) return Reason{.field = "to", .reason = "missing"};
    wish.to = std::move(*to);
    if (auto wrong = read_minutes(body, wish)) return *wrong;
    const auto wrong = wish.what == "message" ? read_text(body, wish) : read_shipment(body, wish);
    if (wrong) return *wrong;
    return wish;
}

Answer give(Desk& desk, const Request& request, const Caller& caller) {
    const auto body = Json::parse(request.body, nullptr, false);
    if (!body.is_object()) return problem(400, "not_json");
    auto read = wish_in(body);
    if (const auto* wrong = std::get_if<Reason>(&read)) return problem(422, "not_acceptable", {*wrong});
    auto& wish = std::get<CommandWish>(read);
    wish.by = caller.key;
    const auto given = desk.give_command(wish);
    return given ? Answer{.status = 201, .body = show(given.value())} : failed(given.error());
}

}  // namespace

std::vector<Route> command_routes(Desk& desk) {
    return {
        {Method::post, "/api/v1/commands", Access::supervise,
         [&desk](const Request& r, const Caller& c) { return give(desk, r, c); }},
        {Method::get, "/api/v1/commands/{command}", Access::supervise,
         [&desk](const Request& r, const Caller&) {
             const auto found = desk.command(r.value("command"));
             return found ? Answer{.body = show(found.value())} : failed(found.error());
         }},
    };
}

}  // namespace kenpin::web
