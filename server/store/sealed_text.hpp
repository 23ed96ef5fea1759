#pragma once
// Texts that hold personal data: what a buyer wrote, and records as they were received. Each is sealed with a
// key of its own, which is sealed with the site's key; erasing is deleting the text's key (and the text),
// after which nobody can read it, in no copy of the database made later. Not a projection: events carry only
// the id.
#include <optional>
#include <string>
#include <vector>

#include "adaptors/crypto/crypto.hpp"
#include "adaptors/sqlite/database.hpp"
#include "core/base/ids.hpp"
#include "core/base/private.hpp"
#include "core/base/time.hpp"
#include "server/plan/received_order.hpp"

namespace kenpin::store {

enum class Drawer { buyer_text, received_file };

struct SealedText {
    std::string id{};
    std::string about{};  // what it belongs to, e.g. the order or file name; never personal
    Private<std::string> text{};
};

/// Puts it in; the same id again changes nothing (false).
bool put_sealed(sqlite::Tx& tx, const SiteId& site, Drawer drawer, const crypto::Key& site_key,
                const SealedText& text, Instant now);
/// Errors: not_found, refused (erased), corrupt (another site's key, or changed).
Result<Private<std::string>> open_sealed(sqlite::Tx& tx, const SiteId& site, Drawer drawer,
                                         const crypto::Key& site_key, const std::string& id);
/// False when there was nothing to erase. The pages are overwritten (secure_delete); vacuum() shortens the
/// file.
bool erase_sealed(sqlite::Tx& tx, const SiteId& site, Drawer drawer, const std::string& id, Instant now);
/// Ids of texts stored before `limit` and not yet erased, oldest first.
std::vector<std::string> sealed_before(sqlite::Tx& tx, const SiteId& site, Drawer drawer, Instant limit);

/// A buyer's words, field by field.
bool put_buyer_text(sqlite::Tx& tx, const SiteId& site, const crypto::Key& site_key, const BuyerTextId& id,
                    const std::string& about, const plan::BuyerText& text, Instant now);
Result<plan::BuyerText> open_buyer_text(sqlite::Tx& tx, const SiteId& site, const crypto::Key& site_key,
                                        const BuyerTextId& id);
bool erase_buyer_text(sqlite::Tx& tx, const SiteId& site, const BuyerTextId& id, Instant now);

/// Something to find a buyer by, folded beforehand (charset::folded) so that writings of one name meet.
struct SearchField {
    std::string field{};  // "name" | "address" | "phone"
    Private<std::string> folded{};
};
/// Only keyed hashes are stored; they go when the text is erased.
void index_buyer(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner, const crypto::Key& site_key,
                 const BuyerTextId& id, const std::vector<SearchField>& fields);
std::vector<BuyerTextId> find_buyers(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner,
                                     const crypto::Key& site_key, const SearchField& field);

}  // namespace kenpin::store
