#pragma once
// Which documents a device should hold, and each as it stands now with this device's own events folded in.
#include <optional>
#include <vector>

#include "adaptors/crypto/crypto.hpp"
#include "adaptors/sqlite/database.hpp"
#include "core/protocol/documents.hpp"
#include "core/protocol/messages.hpp"
#include "server/app/settings.hpp"
#include "server/sync/leases.hpp"

namespace kenpin::app {

/// Lists that are offered to a picker beside those in its hands; more would only fill the handheld.
inline constexpr int most_offered_lists = 20;

/// For whom: a document counts the events of each of these lives of the device up to what is stored.
struct Holder {
    DeviceId device;
    std::vector<Epoch> epochs;
};

class DocumentMaker {
public:
    DocumentMaker(sqlite::Tx& tx, const SiteSettings& site, Instant now) : tx_(tx), site_(site), now_(now) {}

    /// Lists in its hands or free for it, packing tasks of its bench. An unknown station wants nothing.
    sync::Wanted wanted(const DeviceId& device) const;
    /// Nothing for an id that nobody knows.
    std::optional<protocol::PickListDoc> pick_list(const Holder& holder, const ListId& list) const;
    std::optional<protocol::PackDoc> pack(const Holder& holder, const ShipmentId& shipment) const;
    /// The bench that packs it, when it is ready to be packed.
    std::optional<DeviceId> bench_for(const ShipmentId& shipment) const;
    /// The list is nobody's, the device's own, or left behind.
    bool may_have(const DeviceId& device, const ListId& list) const;
    /// Stations with this role, by their row.
    std::vector<DeviceId> stations(const std::string& role) const;
    protocol::Settings settings(const crypto::Key& site_key, const DeviceId& device) const;

private:
    sync::Wanted lists_for(const DeviceId& device) const;
    sync::Wanted packs_for(const DeviceId& bench) const;
    bool is_walked(const ListId& list) const;
    std::vector<protocol::FoldedUpto> folded_for(const Holder& holder) const;
    sqlite::Tx& tx_;
    const SiteSettings& site_;
    Instant now_;
};

/// The key that seals a device's print documents; the same for ever, known to the server and that device
/// alone.
crypto::Key document_key(const crypto::Key& site_key, const DeviceId& device);

/// The papers of a shipment, sealed for `device`. Errors: not_found (not queued for that bench), corrupt
/// (erased).
Result<std::string> sealed_print_document(sqlite::Tx& tx, const SiteSettings& site,
                                          const crypto::Key& site_key, const DeviceId& device,
                                          const ShipmentId& shipment);

}  // namespace kenpin::app
