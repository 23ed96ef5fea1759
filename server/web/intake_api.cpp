#include "server/web/intake_api.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <functional>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "server/web/problem.hpp"
#include "server/web/show.hpp"

namespace kenpin::web {
namespace {

using Json = nlohmann::json;
using Kind = IntakeAction::Kind;

constexpr int most_rows = 1'000;
constexpr std::size_t longest_correction = 64 * 1'024;

std::optional<std::int64_t> number(const std::string& text) {
    std::int64_t out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error != std::errc{} || end != text.data() + text.size() || out < 1) return std::nullopt;
    return out;
}

void read_number(const Request& request, const char* field, std::int64_t most,
                 const std::function<void(std::int64_t)>& put, std::vector<Reason>& wrong) {
    const auto text = request.value(field);
    if (text.empty()) return;
    const auto read = number(text);
    if (read && *read <= most)
        put(*read);
    else
        wrong.push_back({.field = field, .reason = "out_of_range"});
}

void check_word(const Request& request, const char* field, const std::vector<std::string>& words,
                std::vector<Reason>& wrong) {
    const auto text = request.value(field);
    if (!text.empty() && std::find(words.begin(), words.end(), text) == words.end())
        wrong.push_back({.field = field, .reason = "bad_value"});
}

std::variant<IntakeQuery, std::vector<Reason>> query_of(const Request& request) {
    IntakeQuery query;
    std::vector<Reason> wrong;
    check_word(request, "outcome", {"accept", "hold", "reject"}, wrong);
    check_word(request, "state", {"taken", "held", "open", "closed", "replaced", "superseded"}, wrong);
    query.outcome = request.value("outcome");
    query.state = request.value("state");
    query.code = request.value("code");
    query.number = request.value("number");
    if (const auto shop = request.value("shop"); !shop.empty()) query.shop = ShopId{shop};
    if (const auto day = request.value("day"); !day.empty()) {
        query.day = parse_day(day);
        if (!query.day) wrong.push_back({.field = "day", .reason = "bad_value"});
    }
    read_number(
        request, "limit", most_rows, [&](auto n) { query.limit = static_cast<int>(n); }, wrong);
    read_number(
        request, "before", INT64_MAX, [&](auto n) { query.before = n; }, wrong);
    if (!wrong.empty()) return wrong;
    return query;
}

// A name that nobody knows is a record that is not there.
std::int64_t record_of(const Request& request) {
    return number(request.value("record")).value_or(0);
}

Scope scope_of(const Caller& caller) {
    return {caller.shop};
}

Answer list(Desk& desk, const Request& request, const Caller& caller) {
    const auto query = query_of(request);
    if (const auto* wrong = std::get_if<std::vector<Reason>>(&query))
        return problem(422, "not_acceptable", *wrong);
    const auto page = desk.intake(scope_of(caller), std::get<IntakeQuery>(query));
    if (!page) return failed(page.error());
    return {.body = show(page.value())};
}

Answer one(Desk& desk, const Request& request, const Caller& caller) {
    const auto detail = desk.intake_record(scope_of(caller), record_of(request));
    if (!detail) return failed(detail.error());
    return {.body = show(detail.value())};
}

Answer original(Desk& desk, const Request& request, const Caller& caller) {
    const auto records = desk.open_original(scope_of(caller), record_of(request), caller.key);
    if (!records) return failed(records.error());
    return {.body = show(records.value()), .headers = {{"Cache-Control", "no-store"}}};
}

Answer act(Desk& desk, Kind kind, const Request& request, const Caller& caller) {
    auto parsed = parse_intake_action(kind, request.body);
    if (const auto* wrong = std::get_if<std::vector<Reason>>(&parsed))
        return problem(422, "not_acceptable", *wrong);
    auto& action = std::get<IntakeAction>(parsed);
    action.record = record_of(request);
    action.by = caller.key;
    const auto done = desk.act_on_intake(scope_of(caller), action);
    if (!done && done.error().kind == Error::Kind::refused) return problem(422, "not_for_this_record");
    if (!done) return failed(done.error());
    return {.body = show(done.value())};
}

std::optional<int> small_number(const Json& from, const char* field) {
    const auto found = from.find(field);
    if (found == from.end() || !found->is_number_unsigned() || found->get<std::uint64_t>() > 10'000'000)
        return std::nullopt;
    return found->get<int>();
}

std::optional<Correction> correction_from(const Json& from) {
    if (!from.is_object()) return std::nullopt;
    const auto part = small_number(from, "part");
    const auto record = small_number(from, "record");
    const auto text = from.find("text");
    if (!part || !record || text == from.end() || !text->is_string()) return std::nullopt;
    if (text->get_ref<const std::string&>().size() > longest_correction) return std::nullopt;
    return Correction{*part, *record, Private<std::string>(text->get<std::string>())};
}

void read_corrections(const Json& body, IntakeAction& action, std::vector<Reason>& wrong) {
    const auto found = body.find("records");
    if (found == body.end()) return;
    if (!found->is_array()) return wrong.push_back({.field = "records", .reason = "wrong_type"});
    for (std::size_t i = 0; i < found->size(); ++i) {
        if (auto correction = correction_from((*found)[i]))
            action.corrections.push_back(std::move(*correction));
        else
            wrong.push_back({.field = "records[" + std::to_string(i) + "]", .reason = "bad_value"});
    }
}

void read_reason(const Json& body, IntakeAction& action, std::vector<Reason>& wrong) {
    const auto found = body.find("reason");
    if (found == body.end() || !found->is_string())
        return wrong.push_back({.field = "reason", .reason = "missing"});
    action.reason = found->get<std::string>();
    if (std::find(action_reasons.begin(), action_reasons.end(), action.reason) == action_reasons.end())
        wrong.push_back({.field = "reason", .reason = "bad_value"});
}

Route action_route(Desk& desk, Kind kind, const char* verb) {
    return {Method::post, std::string("/api/v1/intake/{record}/") + verb, Access::supervise,
            [&desk, kind](const Request& r, const Caller& c) { return act(desk, kind, r, c); }};
}

}  // namespace

std::variant<IntakeAction, std::vector<Reason>> parse_intake_action(Kind kind, const std::string& text) {
    const auto body = text.empty() ? Json::object() : Json::parse(text, nullptr, false);
    if (!body.is_object()) return std::vector<Reason>{{.field = "", .reason = "not_json"}};
    IntakeAction action{.kind = kind};
    std::vector<Reason> wrong;
    if (kind == Kind::retake) read_corrections(body, action, wrong);
    if (kind == Kind::drop || kind == Kind::release) read_reason(body, action, wrong);
    if (!wrong.empty()) return wrong;
    return action;
}

std::vector<Route> intake_routes(Desk& desk) {
    return {
        {Method::get,
         "/api/v1/intake",
         Access::orders_read,
         [&desk](const Request& r, const Caller& c) { return list(desk, r, c); },
         {"outcome", "state", "shop", "code", "number", "day", "limit", "before"}},
        {Method::get, "/api/v1/intake/{record}", Access::orders_read,
         [&desk](const Request& r, const Caller& c) { return one(desk, r, c); }},
        {Method::get, "/api/v1/intake/{record}/original", Access::supervise,
         [&desk](const Request& r, const Caller& c) { return original(desk, r, c); }},
        action_route(desk, Kind::retake, "retake"),
        action_route(desk, Kind::drop, "drop"),
        action_route(desk, Kind::keep, "keep"),
        action_route(desk, Kind::replace, "replace"),
        action_route(desk, Kind::release, "release"),
    };
}

}  // namespace kenpin::web
