#include "server/web/access.hpp"

#include <algorithm>

namespace kenpin::web {
namespace {

struct ScopeRow {
    KeyScope scope;
    std::string_view name;
    std::set<Access> grants;
};

const std::vector<ScopeRow>& table() {
    using enum Access;
    static const std::vector<ScopeRow> rows = {
        {KeyScope::orders_write, "orders:write", {orders_write}},
        {KeyScope::orders_read, "orders:read", {orders_read, shipments_read}},
        {KeyScope::reports_read, "reports:read", {shipments_read}},
        {KeyScope::import_write, "import:write", {import_write}},
        {KeyScope::supervisor,
         "supervisor",
         {orders_write, orders_read, shipments_read, import_write, supervise}},
        {KeyScope::admin,
         "admin",
         {orders_write, orders_read, shipments_read, import_write, supervise, Access::admin}},
    };
    return rows;
}

const ScopeRow& row_of(KeyScope scope) {
    return table().at(static_cast<std::size_t>(scope));
}

bool is_nobody(const Caller& caller) {
    return caller.scopes.empty() && !caller.device;
}

bool may(const Caller& caller, Access wanted) {
    if (wanted == Access::open) return true;
    if (wanted == Access::device) return caller.device.has_value();
    return std::any_of(caller.scopes.begin(), caller.scopes.end(),
                       [&](KeyScope scope) { return grants(scope, wanted); });
}

}  // namespace

std::string_view name(KeyScope scope) {
    return row_of(scope).name;
}

std::optional<KeyScope> scope_from_name(std::string_view name) {
    for (const auto& row : table())
        if (row.name == name) return row.scope;
    return std::nullopt;
}

const std::vector<KeyScope>& all_scopes() {
    static const auto scopes = [] {
        std::vector<KeyScope> all;
        for (const auto& row : table()) all.push_back(row.scope);
        return all;
    }();
    return scopes;
}

bool grants(KeyScope scope, Access wanted) {
    return row_of(scope).grants.contains(wanted);
}

Entry entry(const Caller& caller, Access wanted) {
    if (may(caller, wanted)) return Entry::granted;
    return is_nobody(caller) ? Entry::unauthorised : Entry::forbidden;
}

}  // namespace kenpin::web
