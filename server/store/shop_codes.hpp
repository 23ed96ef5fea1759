#pragma once
// 商品対応表: what shops' codes mean. Two sources: the table that is imported (shop_items.csv), and answers
// that somebody gave to a code that nobody knew. Of one code with the same options the table counts; so an
// import never loses an answer, and an answer never changes the table.
#include <cstdint>

#include "adaptors/sqlite/database.hpp"
#include "core/base/ids.hpp"
#include "server/plan/catalogue.hpp"

namespace kenpin::store {

/// Puts both into the catalogue.
void know_shop_codes(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner, const ShopId& shop,
                     plan::Catalogue& catalogue);
/// The imported table has this code with these options (as the shop writes them).
bool stands_in_table(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner, const ShopId& shop,
                     const plan::ShopCode& code);
/// A master was imported or a code answered behind that position of the chain.
bool were_codes_told_since(sqlite::Tx& tx, const SiteId& site, std::int64_t position);

}  // namespace kenpin::store
