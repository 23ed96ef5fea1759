#pragma once
// What is noted of an order that waits for a code, so that an answer finds its orders among tens of thousands
// without opening the sealed records of all.
#include <string>

#include "adaptors/crypto/crypto.hpp"
#include "adaptors/sqlite/database.hpp"
#include "server/plan/catalogue.hpp"
#include "server/plan/received_order.hpp"
#include "server/store/waiting_codes.hpp"

namespace kenpin::app {

/// The code alone, whatever was chosen; as store::CodeHash::code.
std::string code_hash(const crypto::Key& key, const ShopId& shop, const std::string& code);
store::CodeHash hash_of(const crypto::Key& key, const ShopId& shop, const plan::ReceivedLine& line);

/// Notes the codes of `order` that `catalogue` does not know; `received_file`: its sealed record.
void note_waiting_codes(sqlite::Tx& tx, const SiteId& site, const crypto::Key& key, const ShopId& shop,
                        const plan::ReceivedOrder& order, const plan::Catalogue& catalogue,
                        const std::string& received_file);

}  // namespace kenpin::app
