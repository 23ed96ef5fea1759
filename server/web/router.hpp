#pragma once
// The table of routes: method and pattern -> handler. docs/api/openapi.yaml lists the same (a test compares
// them).
#include <functional>
#include <string>
#include <vector>

#include "server/web/access.hpp"
#include "server/web/http.hpp"

namespace kenpin::web {

using Handler = std::function<Answer(const Request&, const Caller&)>;

struct Route {
    Method method;
    std::string pattern;  // "/api/v1/orders/{order}": a part in braces takes one path part, never empty
    Access access;
    Handler handler;
    std::vector<std::string> query{};  // names it takes; another one is refused rather than overlooked
};

class Router {
public:
    using Identify = std::function<Caller(const Credentials&)>;
    using Now = std::function<RateClock::time_point()>;

    Router(std::vector<Route> routes, Identify identify, Now now = &RateClock::now);

    /// Finds the route, checks who asks and how often, and calls its handler. 404, 405, 401, 403 and 429 are
    /// answered here.
    /// Thread: any, as far as the handlers allow it.
    Answer dispatch(Request request) const;

    const std::vector<Route>& routes() const { return routes_; }

private:
    std::vector<Route> routes_;
    Identify identify_;
    Now now_;
};

}  // namespace kenpin::web
