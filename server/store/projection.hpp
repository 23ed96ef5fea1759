#pragma once
// The projections: tables that are a fold over the events, in order. project() is their only writer; append()
// and rebuild() are its only callers. It is deterministic: it sees the event and the projections, no clock,
// no settings. An event about something nobody knows changes nothing.
//
// A device's event that the rules do not allow any more (its list went to another device, the shipment was
// cancelled meanwhile) takes no effect and says why; the same rules of core/domain decide here as on the
// device.
#include <string>
#include <utility>
#include <vector>

#include "adaptors/sqlite/database.hpp"
#include "core/base/ids.hpp"
#include "core/base/result.hpp"
#include "core/protocol/events.hpp"
#include "server/store/events.hpp"

namespace kenpin::store {

struct Effect {
    std::string no_effect_because;  // empty: it took effect
    std::vector<protocol::Body> followed_by;
};

/// Folds one event into the projections. `rules` decide only what follows from it, never its own effect.
Effect project(sqlite::Tx& tx, const SiteId& site, const StoredEvent& stored,
               const plan::SiteRules& rules = {});

/// What an event is about, as ("shipment", "S0000001"), ("list", …), ("order", …).
std::vector<std::pair<std::string, std::string>> subjects_of(const protocol::Body& body);
/// True when the event names shipments and `shipment` is not among them.
bool is_about_another(const protocol::Body& body, const ShipmentId& shipment);

/// Empties every projection of the site and folds all its events again, in one transaction.
Outcome rebuild(sqlite::Database& database, const SiteId& site);

/// Rows of the projections that a replay of the events would not give, or would give besides, "-" and "+"
/// before each, at most `most`; the database stays as it is, but is locked for writing meanwhile: use it on a
/// copy. Empty: projections are the replay, byte for byte.
Result<std::vector<std::string>> differences_from_replay(sqlite::Database& database, const SiteId& site,
                                                         std::size_t most);

/// All projections of the site as one text, a row a line, ordered: two equal texts are two equal states.
std::string projections_as_text(sqlite::Tx& tx, const SiteId& site);

}  // namespace kenpin::store
