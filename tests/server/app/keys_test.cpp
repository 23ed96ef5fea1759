#include "server/app/keys.hpp"

#include <doctest/doctest.h>

using namespace kenpin;
using namespace kenpin::app;

TEST_CASE("a key tells who calls; a wrong or empty one tells nothing") {
    const Keys keys{.admin_hash = hash_of_key("admin"),
                    .shops = {{ShopId{"HONTEN"}, hash_of_key("shop")}, {ShopId{"KEYLESS"}, ""}},
                    .devices = device_hashes({{"B1", Private<std::string>("pw")}})};
    CHECK(identify(keys, {.user = {}, .secret = "admin"}).is_admin);
    CHECK(identify(keys, {.user = {}, .secret = "shop"}).shop == ShopId{"HONTEN"});
    CHECK(identify(keys, {.user = "B1", .secret = "pw", .is_basic = true}).device == DeviceId{"B1"});
    for (const auto& wrong :
         {web::Credentials{}, web::Credentials{"", "pw", false}, web::Credentials{"B2", "pw", true},
          web::Credentials{"B1", "admin", true}, web::Credentials{"", "", false}}) {
        const auto caller = identify(keys, wrong);
        CHECK_FALSE(caller.is_admin);
        CHECK_FALSE(caller.shop);
        CHECK_FALSE(caller.device);
    }
}
