#include "server/app/keys.hpp"

#include <doctest/doctest.h>

using namespace kenpin;
using namespace kenpin::app;

namespace {

store::ApiKeyRow stored(std::int64_t number, const std::string& secret, const std::string& scopes) {
    return {.number = number,
            .name = "x",
            .shop = ShopId{"HONTEN"},
            .scopes = scopes,
            .hash = hash_of_key(secret)};
}

store::ShopRow shop_with(const std::string& hash) {
    store::ShopRow shop;
    shop.shop = ShopId{"HONTEN"};
    shop.api_key_hash = hash;
    return shop;
}

}  // namespace

TEST_CASE("a key tells who calls; a wrong or empty one tells nothing") {
    const Keys keys{.bearer = {admin_key("admin"), *key_of(shop_with(hash_of_key("shop"))),
                               *key_of(stored(3, "made", "orders:read"))},
                    .devices = device_hashes({{"B1", Private<std::string>("pw")}})};
    CHECK(identify(keys, {.user = {}, .secret = "admin"}).is_admin());
    CHECK(identify(keys, {.user = {}, .secret = "shop"}).shop == ShopId{"HONTEN"});
    CHECK(identify(keys, {.user = {}, .secret = "made"}).key == "K0003");
    CHECK(identify(keys, {.user = "B1", .secret = "pw", .is_basic = true}).device == DeviceId{"B1"});
    for (const auto& wrong :
         {web::Credentials{}, web::Credentials{"", "pw", false}, web::Credentials{"B2", "pw", true},
          web::Credentials{"B1", "admin", true}, web::Credentials{"", "", false}}) {
        const auto caller = identify(keys, wrong);
        CHECK(caller.scopes.empty());
        CHECK_FALSE(caller.shop);
        CHECK_FALSE(caller.device);
    }
}

TEST_CASE("a shop without a key in its row has none, and a revoked key is none") {
    CHECK_FALSE(key_of(shop_with("")));
    auto revoked = stored(1, "made", "orders:read");
    revoked.revoked_at = Instant{};
    CHECK_FALSE(key_of(revoked));
}

TEST_CASE("a key in the shops' file sends and reads, and is no supervisor") {
    const auto caller = key_of(shop_with("h"))->caller;
    CHECK(web::entry(caller, web::Access::orders_write) == web::Entry::granted);
    CHECK(web::entry(caller, web::Access::shipments_read) == web::Entry::granted);
    CHECK(web::entry(caller, web::Access::import_write) == web::Entry::forbidden);
    CHECK(web::entry(caller, web::Access::supervise) == web::Entry::forbidden);
}

TEST_CASE("making one more key gives the others no new burst") {
    std::vector<KnownKey> before = {*key_of(stored(1, "one", "orders:read"))};
    give_gates(before, {}, {.per_minute = 1, .burst = 1});
    std::vector<KnownKey> after = {*key_of(stored(1, "one", "orders:read")),
                                   *key_of(stored(2, "two", "orders:read"))};
    give_gates(after, before, {.per_minute = 1, .burst = 1});
    CHECK(after[0].caller.gate == before[0].caller.gate);
    CHECK(after[1].caller.gate != before[0].caller.gate);
}
