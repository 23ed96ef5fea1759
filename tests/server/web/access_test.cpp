#include "server/web/access.hpp"

#include <fstream>
#include <iterator>
#include <string>

#include <doctest/doctest.h>

#include "places.hpp"

using namespace kenpin;
using namespace kenpin::web;

namespace {

Caller with(KeyScope scope) {
    return {.key = "K0001", .scopes = {scope}};
}

}  // namespace

TEST_CASE("each scope opens its own routes and no others; the administrator's opens all but the devices'") {
    using enum Access;
    const Caller nobody, phone{.device = DeviceId{"B1"}};
    CHECK(entry(nobody, open) == Entry::granted);
    CHECK(entry(nobody, orders_read) == Entry::unauthorised);
    CHECK(entry(with(KeyScope::orders_write), orders_write) == Entry::granted);
    CHECK(entry(with(KeyScope::orders_write), orders_read) == Entry::forbidden);
    CHECK(entry(with(KeyScope::orders_read), orders_read) == Entry::granted);
    CHECK(entry(with(KeyScope::orders_read), orders_write) == Entry::forbidden);
    CHECK(entry(with(KeyScope::reports_read), shipments_read) == Entry::granted);
    CHECK(entry(with(KeyScope::reports_read), orders_read) == Entry::forbidden);
    CHECK(entry(with(KeyScope::import_write), import_write) == Entry::granted);
    CHECK(entry(with(KeyScope::supervisor), supervise) == Entry::granted);
    for (const auto scope : {KeyScope::orders_write, KeyScope::orders_read, KeyScope::reports_read,
                             KeyScope::import_write, KeyScope::supervisor}) {
        CHECK(entry(with(scope), Access::admin) == Entry::forbidden);
        CHECK(entry(with(scope), device) == Entry::forbidden);
        CHECK((entry(with(scope), supervise) == Entry::granted) == (scope == KeyScope::supervisor));
    }
    for (const auto wanted : {orders_write, orders_read, shipments_read, import_write, supervise, admin})
        CHECK(entry(with(KeyScope::admin), wanted) == Entry::granted);
    CHECK(entry(with(KeyScope::admin), device) == Entry::forbidden);
    CHECK(entry(phone, device) == Entry::granted);
    CHECK(entry(phone, orders_read) == Entry::forbidden);
}

TEST_CASE("a scope is known by its name, and each stands in the page about keys") {
    std::ifstream file(std::string(KENPIN_SOURCE_ROOT) + "/docs/api/keys.md");
    const std::string page(std::istreambuf_iterator<char>(file), {});
    for (const auto scope : all_scopes()) {
        INFO(name(scope));
        CHECK(scope_from_name(name(scope)) == scope);
        CHECK(page.find("| `" + std::string(name(scope)) + "` |") != std::string::npos);
    }
    CHECK_FALSE(scope_from_name("everything"));
}
