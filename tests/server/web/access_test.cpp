#include "server/web/access.hpp"

#include <doctest/doctest.h>

using namespace kenpin;
using namespace kenpin::web;

TEST_CASE("a shop sees its own, the administrator all, a device only its papers") {
    const Caller nobody, admin{.is_admin = true}, shop{.shop = ShopId{"HONTEN"}},
        device{.device = DeviceId{"B1"}};
    CHECK(entry(nobody, Access::open) == Entry::granted);
    CHECK(entry(nobody, Access::shop) == Entry::unauthorised);
    CHECK(entry(shop, Access::shop) == Entry::granted);
    CHECK(entry(shop, Access::admin) == Entry::forbidden);
    CHECK(entry(shop, Access::device) == Entry::forbidden);
    CHECK(entry(admin, Access::shop) == Entry::granted);
    CHECK(entry(admin, Access::device) == Entry::forbidden);
    CHECK(entry(device, Access::device) == Entry::granted);
    CHECK(entry(device, Access::shop) == Entry::forbidden);
}
