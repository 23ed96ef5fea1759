#pragma once
// Orders taken again from the records that were kept of them: by a person, or because what they waited for
// is known now.
#include <optional>
#include <set>
#include <string>

#include "adaptors/crypto/crypto.hpp"
#include "server/app/deciding.hpp"
#include "server/app/intake_rules.hpp"
#include "server/app/taken.hpp"
#include "server/store/intake_rows.hpp"

namespace kenpin::app {

/// Who wants an order taken again: a person, whatever was decided before, as it came or as he corrected it,
/// or a code that became known.
enum class AskedBy { person, correction, code };

/// Takes one order again from its kept records, as they are or corrected. Nothing: they are not read as one
/// order.
std::optional<Taken> retake_kept(const Deciding& deciding, const IntakeRules& rules, const crypto::Key& key,
                                 const ShopAtHand& shop, const shops::KeptOrder& kept, int record,
                                 AskedBy who);
/// The same for an order of the API. Nothing: it is no JSON.
std::optional<Taken> retake_json(const Deciding& deciding, const IntakeRules& rules, const crypto::Key& key,
                                 const ShopAtHand& shop, const std::string& json, AskedBy who);

struct Retaken {
    std::set<OwnerId> owners{};  // whose stock may now be allocated
    int taken = 0;               // orders
    int wrong = 0;               // that wait for no code any more, and cannot be taken for another reason
};
/// Notes the codes of orders that wait since before codes were noted; once, at the start.
void note_codes_of_before(const Deciding& deciding, const IntakeRules& rules, const crypto::Key& key);
/// Judges the orders again that wait for codes that are known now; what is still wrong goes on waiting.
Retaken retake_waiting(const Deciding& deciding, const IntakeRules& rules, const crypto::Key& key);
/// The same for one code of a shop, whatever was chosen with it.
Retaken retake_waiting_for(const Deciding& deciding, const IntakeRules& rules, const crypto::Key& key,
                           const ShopId& shop, const std::string& code);

/// A waiting order as its sealed records say it, whether it came in a file or over the API. Nothing: they
/// cannot be read (any more).
std::optional<plan::ReceivedOrder> waiting_order(sqlite::Tx& tx, const SiteId& site, const IntakeRules& rules,
                                                 const crypto::Key& key, const store::IntakeRow& row);

}  // namespace kenpin::app
