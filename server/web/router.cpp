#include "server/web/router.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

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

Answer call(const Route& route, const Request& request, const Caller& caller) {
    std::vector<Reason> wrong;
    for (const auto& [name, value] : request.query)
        if (std::find(route.query.begin(), route.query.end(), name) == route.query.end())
            wrong.push_back({.field = name, .reason = "unknown_field"});
    return wrong.empty() ? route.handler(request, caller) : problem(422, "not_acceptable", wrong);
}

}  // namespace

Router::Router(std::vector<Route> routes, Identify identify, Now now)
    : routes_(std::move(routes)), identify_(std::move(identify)), now_(std::move(now)) {}

Answer Router::dispatch(Request request) const {
    bool path_known = false;
    for (const auto& route : routes_) {
        auto values = match(route.pattern, request.path);
        if (!values) continue;
        path_known = true;
        if (route.method != request.method) continue;
        request.path_values = std::move(*values);
        const auto caller = identify_(parse_authorization(request.authorization));
        if (const auto wait = caller.gate ? caller.gate->must_wait(now_()) : std::nullopt; wait)
            return too_many_requests(*wait);
        switch (entry(caller, route.access)) {
            case Entry::unauthorised:
                return unauthorised();
            case Entry::forbidden:
                return problem(403, "forbidden");
            case Entry::granted:
                return call(route, request, caller);
        }
    }
    return path_known ? problem(405, "method_not_allowed") : problem(404, "not_found");
}

}  // namespace kenpin::web
