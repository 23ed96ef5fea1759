#pragma once
// The table of routes: method and pattern -> handler. docs/api/openapi.yaml lists the same (a test compares
// them).
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <variant>
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

/// How often all callers with keys that nobody knows may be told so, together.
inline constexpr Rate unknown_keys{.per_minute = 60, .burst = 100};

class Router {
public:
    /// Who may call: the route, what its path says, and who asks.
    struct Admitted {
        const Route* route;
        std::map<std::string, std::string> path_values;
        Caller caller;
    };

    using Identify = std::function<Caller(const Credentials&)>;
    using Now = std::function<RateClock::time_point()>;
    using WrongKey = std::function<void(const std::string& address)>;  // any thread

    Router(std::vector<Route> routes, Identify identify, WrongKey wrong_key, Now now = &RateClock::now);

    /// Finds the route and checks who asks and how often; the body is not looked at and may still be under
    /// way. 404, 405, 401, 403 and 429 are answered here. Thread: any.
    std::variant<Answer, Admitted> admit(const Request& request) const;
    /// Calls the handler, unless something of the request is no text or no parameter of the route (422).
    /// Thread: any, as far as the handlers allow it.
    Answer call(const Admitted& admitted, Request request) const;
    /// Both, for a request that is here whole.
    Answer dispatch(Request request) const;

    const std::vector<Route>& routes() const { return routes_; }

private:
    std::vector<Route> routes_;
    Identify identify_;
    WrongKey wrong_key_;
    Now now_;
    std::unique_ptr<Gate> nobody_ =
        std::make_unique<Gate>(unknown_keys);  // any thread; a Router can be moved
};

}  // namespace kenpin::web
