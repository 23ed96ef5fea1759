#include "server/web/router.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "server/web/given_text.hpp"
#include "server/web/problem.hpp"

namespace kenpin::web {
namespace {

using Values = std::map<std::string, std::string>;

std::vector<std::string> parts_of(const std::string& path) {
    std::vector<std::string> parts{""};
    for (const char c : path) {
        if (c == '/')
            parts.emplace_back();
        else
            parts.back() += c;
    }
    return parts;
}

std::optional<Values> match(const std::string& pattern, const std::string& path) {
    const auto wanted = parts_of(pattern);
    const auto given = parts_of(path);
    if (wanted.size() != given.size()) return std::nullopt;
    Values values;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (wanted[i].starts_with('{') && !given[i].empty())
            values[wanted[i].substr(1, wanted[i].size() - 2)] = given[i];
        else if (wanted[i] != given[i])
            return std::nullopt;
    }
    return values;
}

Answer no_entry(Gate& nobody, RateClock::time_point now) {
    if (const auto wait = nobody.must_wait(now); wait) return too_many_requests(*wait);
    return unauthorised();
}

}  // namespace

Router::Router(std::vector<Route> routes, Identify identify, WrongKey wrong_key, Now now)
    : routes_(std::move(routes)),
      identify_(std::move(identify)),
      wrong_key_(std::move(wrong_key)),
      now_(std::move(now)) {}

std::variant<Answer, Router::Admitted> Router::admit(const Request& request) const {
    bool path_known = false;
    for (const auto& route : routes_) {
        auto values = match(route.pattern, request.path);
        if (!values) continue;
        path_known = true;
        if (route.method != request.method) continue;
        auto caller = identify_(parse_authorization(request.authorization));
        if (const auto wait = caller.gate ? caller.gate->must_wait(now_()) : std::nullopt; wait)
            return too_many_requests(*wait);
        switch (entry(caller, route.access)) {
            case Entry::unauthorised:
                if (!request.authorization.empty()) wrong_key_(request.address);
                return no_entry(*nobody_, now_());
            case Entry::forbidden:
                return problem(403, "forbidden");
            case Entry::granted:
                return Admitted{&route, std::move(*values), std::move(caller)};
        }
    }
    return path_known ? problem(405, "method_not_allowed") : problem(404, "not_found");
}

Answer Router::call(const Admitted& admitted, Request request) const {
    const auto& route = *admitted.route;
    request.path_values = admitted.path_values;
    auto wrong = no_texts_of(request);
    for (const auto& [name, value] : request.query)
        if (std::find(route.query.begin(), route.query.end(), name) == route.query.end())
            wrong.push_back({.field = name, .reason = "unknown_field"});
    return wrong.empty() ? route.handler(request, admitted.caller) : problem(422, "not_acceptable", wrong);
}

Answer Router::dispatch(Request request) const {
    auto entry = admit(request);
    if (auto* refused = std::get_if<Answer>(&entry)) return std::move(*refused);
    return call(std::get<Admitted>(entry), std::move(request));
}

}  // namespace kenpin::web
