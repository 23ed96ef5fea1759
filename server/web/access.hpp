#pragma once
// Who may ask for what. A key has scopes (what it may do) and perhaps a shop (whose orders it sees). The
// administrator's key does everything; a device (its broker account) fetches print documents and nothing
// else. Health and the board need no key: they hold no personal data and no secrets. The table of scopes
// stands in access.cpp and, for people, in docs/api/keys.md (a test keeps both equal).
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.hpp"
#include "server/web/rate_limit.hpp"

namespace kenpin::web {

/// What a route asks for.
enum class Access {
    open,
    device,
    orders_write,    // send orders
    orders_read,     // orders, and what came in
    shipments_read,  // shipments with their tracking numbers
    import_write,    // send files
    supervise,       // correct, decide, map codes, open an original record
    admin,
};

/// What a key was given when it was made.
enum class KeyScope { orders_write, orders_read, reports_read, import_write, supervisor, admin };
std::string_view name(KeyScope scope);  // "orders:write"
std::optional<KeyScope> scope_from_name(std::string_view name);
const std::vector<KeyScope>& all_scopes();
bool grants(KeyScope scope, Access wanted);

struct Caller {
    std::string key{};  // "K0003", "admin", "shop:HONTEN"; empty: nobody or a device
    std::set<KeyScope> scopes{};
    std::optional<ShopId> shop{};  // nothing: every shop's
    std::optional<DeviceId> device{};
    // Shared with the table of keys, which is replaced whole while calls are under way. None: not limited.
    std::shared_ptr<Gate> gate{};

    bool is_admin() const { return scopes.contains(KeyScope::admin); }
};

enum class Entry { granted, unauthorised, forbidden };  // nobody we know / known, but not for this

Entry entry(const Caller& caller, Access wanted);

}  // namespace kenpin::web
