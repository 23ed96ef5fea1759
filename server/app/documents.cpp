#include "server/app/documents.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>

#include "core/base/check.hpp"
#include "core/protocol/print_document.hpp"
#include "server/plan/documents.hpp"
#include "server/store/document_rows.hpp"
#include "server/store/events.hpp"
#include "server/store/floor.hpp"
#include "server/store/masters.hpp"
#include "server/store/sealed_text.hpp"
#include "server/store/shipments.hpp"

namespace kenpin::app {
namespace {

using domain::WorkState;

/// Nobody's, this device's, or left behind by one whose time is over.
bool is_for(const store::ListRow& list, const DeviceId& device, Instant now) {
    if (!list.leased_to || *list.leased_to == device) return true;
    return sync::is_over({list.list, *list.leased_to, list.leased_until}, now);
}

std::optional<store::ListRow> find_list(sqlite::Tx& tx, const SiteId& site, const ListId& list) {
    for (auto& row : store::unfinished_lists(tx, site))
        if (row.list == list) return row;
    return std::nullopt;
}

std::optional<store::StationMasterRow> find_station(sqlite::Tx& tx, const SiteId& site,
                                                    const DeviceId& device) {
    for (auto& row : store::stations(tx, site))
        if (row.station == device) return row;
    return std::nullopt;
}

Millis lease_left(const store::ListRow& list, const DeviceId& device, const SiteSettings& site, Instant now) {
    const bool is_its_own =
        list.leased_to == device && !sync::is_over({list.list, device, list.leased_until}, now);
    if (!is_its_own) return site.lease;  // free: offered, also to the one whose time was over
    return std::max(Millis{0}, std::chrono::duration_cast<Millis>(list.leased_until - now));
}

/// Goods that the bench may have in front of it now.
bool may_be_packed(const domain::ShipmentStates& states, domain::Depth depth) {
    const auto work = states.work;
    if (work == WorkState::cancelled) return true;  // stopped aloud, should its box come
    if (work == WorkState::picked || work == WorkState::sorted || work == WorkState::verified) return true;
    const bool is_picked_here =
        depth == domain::Depth::location_and_handheld && states.stock != domain::StockState::not_kept;
    return work == WorkState::in_work && !is_picked_here;
}

std::set<Sku> skus_of(const std::vector<plan::PickLineRow>& lines) {
    std::set<Sku> skus;
    for (const auto& line : lines) skus.insert(line.started.sku);
    return skus;
}

std::set<Sku> skus_of(const std::vector<plan::PackLineRow>& lines) {
    std::set<Sku> skus;
    for (const auto& line : lines) skus.insert(line.sku);
    return skus;
}

}  // namespace

sync::Wanted DocumentMaker::wanted(const DeviceId& device) const {
    const auto station = find_station(tx_, site_.site, device);
    if (!station) return {};
    return station->role == "picker" ? lists_for(device) : packs_for(device);
}

sync::Wanted DocumentMaker::lists_for(const DeviceId& device) const {
    sync::Wanted wanted;
    int offered = 0;
    for (const auto& list : store::unfinished_lists(tx_, site_.site)) {
        if (!is_for(list, device, now_) || !is_walked(list.list)) continue;
        if (list.leased_to != device && ++offered > most_offered_lists) continue;
        wanted.lists.push_back({list.list.value, list.version});
    }
    return wanted;
}

sync::Wanted DocumentMaker::packs_for(const DeviceId& bench) const {
    sync::Wanted wanted;
    for (const auto& pack : store::packs_at(tx_, site_.site, bench))
        if (bench_for(pack.shipment)) wanted.packs.push_back({pack.shipment.value, pack.version});
    return wanted;
}

// With a handheld nobody walks for what has no shelf here.
bool DocumentMaker::is_walked(const ListId& list) const {
    return site_.depth != domain::Depth::location_and_handheld || store::has_shelves(tx_, site_.site, list);
}

std::vector<protocol::FoldedUpto> DocumentMaker::folded_for(const Holder& holder) const {
    std::vector<protocol::FoldedUpto> folded;
    for (const auto epoch : holder.epochs)
        folded.push_back({epoch, store::stored_upto(tx_, site_.site, holder.device, epoch)});
    return folded;
}

std::optional<protocol::PickListDoc> DocumentMaker::pick_list(const Holder& holder,
                                                              const ListId& list) const {
    if (!is_walked(list)) return std::nullopt;
    auto rows = store::list_rows(tx_, site_.site, list);
    const auto row = find_list(tx_, site_.site, list);
    if (!rows || !row) return std::nullopt;
    rows->folded_upto = folded_for(holder);
    rows->lease = lease_left(*row, holder.device, site_, now_);
    rows->rules = site_.pick_rules;
    return plan::pick_list_doc(*rows, store::items(tx_, site_.site, row->owner, skus_of(rows->lines)));
}

std::optional<protocol::PackDoc> DocumentMaker::pack(const Holder& holder, const ShipmentId& shipment) const {
    auto rows = store::pack_rows(tx_, site_.site, shipment);
    const auto owner = store::owner_of_shipment(tx_, site_.site, shipment);
    if (!rows || !owner) return std::nullopt;
    rows->folded_upto = folded_for(holder);
    return plan::pack_doc(*rows, store::items(tx_, site_.site, *owner, skus_of(rows->lines)));
}

std::optional<DeviceId> DocumentMaker::bench_for(const ShipmentId& shipment) const {
    const auto row = store::shipment_row(tx_, site_.site, shipment);
    if (!row || row->bench.value.empty() || !may_be_packed(row->states, site_.depth)) return std::nullopt;
    return row->bench;
}

bool DocumentMaker::may_have(const DeviceId& device, const ListId& list) const {
    const auto row = find_list(tx_, site_.site, list);
    return row && is_for(*row, device, now_);
}

std::vector<DeviceId> DocumentMaker::stations(const std::string& role) const {
    std::vector<DeviceId> devices;
    for (const auto& station : store::stations(tx_, site_.site))
        if (station.role == role) devices.push_back(station.station);
    return devices;
}

protocol::Settings DocumentMaker::settings(const crypto::Key& site_key, const DeviceId& device) const {
    protocol::Settings settings;
    settings.site_name = site_.name;
    settings.language = site_.language;
    settings.pick_rules = site_.pick_rules;
    for (const auto& worker : store::workers(tx_, site_.site))
        settings.workers.push_back({worker.worker, worker.name});
    settings.document_key = crypto::to_base64(document_key(site_key, device).bytes());
    return settings;
}

crypto::Key document_key(const crypto::Key& site_key, const DeviceId& device) {
    const auto hex = crypto::keyed_hash(site_key, "document key:" + device.value);
    const auto bytes = sqlite::from_hex(hex);
    auto key = crypto::Key::from_bytes(bytes.value_or(""));
    KENPIN_CHECK(static_cast<bool>(key));  // a hash has the length of a key
    return std::move(key).value();
}

Result<std::string> sealed_print_document(sqlite::Tx& tx, const SiteSettings& site,
                                          const crypto::Key& site_key, const DeviceId& device,
                                          const ShipmentId& shipment) {
    const DocumentMaker documents(tx, site, {});
    if (documents.bench_for(shipment) != device)
        return Error{Error::Kind::not_found, "print document: not for this bench"};
    const auto rows = store::print_rows(tx, site.site, shipment);
    const auto row = store::shipment_row(tx, site.site, shipment);
    if (row && domain::is_cancelled(row->states))
        return Error{Error::Kind::not_found, "print document: the shipment is stopped"};
    if (!rows) return Error{Error::Kind::not_found, "print document: unknown shipment"};
    const auto buyer = store::open_buyer_text(tx, site.site, site_key, rows->shipment.buyer_text);
    if (!buyer) return buyer.error();
    const Private<std::string> plain(protocol::to_json(plan::print_document(*rows, buyer.value())));
    return crypto::seal(document_key(site_key, device), plain, protocol::sealing_context(shipment));
}

}  // namespace kenpin::app
