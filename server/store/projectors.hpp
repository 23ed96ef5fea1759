#pragma once
// One function for each kind of event, grouped by what it changes. Called by project() alone.
#include "adaptors/sqlite/database.hpp"
#include "server/store/projection.hpp"
#include "server/store/stored_names.hpp"

namespace kenpin::store {

/// Where and when an event is folded in.
struct Fold {
    sqlite::Tx& tx;
    const SiteId& site;
    const StoredEvent& stored;

    const DeviceId& device() const { return stored.event.device; }
    Instant at() const { return stored.event.device_time; }
};

inline Effect applied() {
    return {};
}
inline Effect no_effect(std::string because) {
    return {std::move(because), {}};
}

// projection_orders.cpp
Effect fold(const Fold& f, const protocol::OrderReceived& e);
Effect fold(const Fold& f, const protocol::OrderRefused& e);
Effect fold(const Fold& f, const protocol::IntakeDecided& e);
Effect fold(const Fold& f, const protocol::ShipmentPlanned& e);
Effect fold(const Fold& f, const protocol::ShipmentHeld& e);
Effect fold(const Fold& f, const protocol::ShipmentReleased& e);
Effect fold(const Fold& f, const protocol::CancelAsked& e);
Effect fold(const Fold& f, const protocol::ShipmentCancelled& e);
Effect fold(const Fold& f, const protocol::ChangeAsked& e);
Effect fold(const Fold& f, const protocol::WaybillIssued& e);
Effect fold(const Fold& f, const protocol::WaybillDestroyed& e);

// projection_intake.cpp
Effect fold(const Fold& f, const protocol::OrderFileTaken& e);
Effect fold(const Fold& f, const protocol::ShopCodeAnswered& e);

// projection_stock.cpp
Effect fold(const Fold& f, const protocol::StockReceived& e);
Effect fold(const Fold& f, const protocol::StockAllocated& e);
Effect fold(const Fold& f, const protocol::GoodsPutBack& e);
Effect fold(const Fold& f, const protocol::ShelfFreed& e);

// projection_pick.cpp
Effect fold(const Fold& f, const protocol::ListStarted& e);
Effect fold(const Fold& f, const protocol::ListLeased& e);
Effect fold(const Fold& f, const protocol::ListRevoked& e);
Effect fold(const Fold& f, const protocol::ListOpened& e);
Effect fold(const Fold& f, const protocol::ToteBound& e);
Effect fold(const Fold& f, const protocol::LocationConfirmed& e);
Effect fold(const Fold& f, const protocol::ItemPicked& e);
Effect fold(const Fold& f, const protocol::SlotConfirmed& e);
Effect fold(const Fold& f, const protocol::ShortageFound& e);
Effect fold(const Fold& f, const protocol::TakeOverAsked& e);
Effect fold(const Fold& f, const protocol::ListFinished& e);

// projection_pack.cpp
Effect fold(const Fold& f, const protocol::PackOpened& e);
Effect fold(const Fold& f, const protocol::GoodsVerified& e);
Effect fold(const Fold& f, const protocol::PaperPrinted& e);
Effect fold(const Fold& f, const protocol::PieceClosed& e);
Effect fold(const Fold& f, const protocol::ShipmentShipped& e);
Effect fold(const Fold& f, const protocol::ReportAccepted& e);
Effect fold(const Fold& f, const protocol::ReportFailed& e);
Effect fold(const Fold& f, const protocol::ReportLeft& e);

// projection_floor.cpp
Effect fold(const Fold& f, const protocol::WorkerSignedIn& e);
Effect fold(const Fold& f, const protocol::WorkerSignedOut& e);
Effect fold(const Fold& f, const protocol::ScanRefused& e);
Effect fold(const Fold& f, const protocol::PrinterChanged& e);
Effect fold(const Fold& f, const protocol::MasterImported& e);
Effect fold(const Fold& f, const protocol::ApiKeyMade& e);
Effect fold(const Fold& f, const protocol::ApiKeyRevoked& e);
Effect fold(const Fold& f, const protocol::EvidenceKept& e);
Effect fold(const Fold& f, const protocol::ExceptionSettled& e);
Effect fold(const Fold& f, const protocol::EventsLost& e);
Effect fold(const Fold& f, const protocol::TwoDevices& e);
Effect fold(const Fold& f, const protocol::BackupMade& e);
Effect fold(const Fold& f, const protocol::NumbersSkipped& e);
Effect fold(const Fold& f, const protocol::UnknownKind& e);

// commands.cpp
Effect fold(const Fold& f, const protocol::CommandGiven& e);
Effect fold(const Fold& f, const protocol::CommandAnswered& e);

// ---- shared by the folds
// -------------------------------------------------------------------------------------------

/// Whose goods a shipment or list is about; nothing when nobody knows it.
std::optional<OwnerId> owner_of(const Fold& f, const ShipmentId& shipment);
std::optional<OwnerId> owner_of(const Fold& f, const ListId& list);

/// Takes `units` of a shipment line from its chosen shelves (of one list line, or of any when `list_line` is
/// empty), at most what is still to be taken there: each unit leaves a shelf once, whoever reports it first.
struct ListLine {
    ListId list;
    LineNo no;
};
Qty take_from_shelf(const Fold& f, const OwnerId& owner, const ShipmentId& shipment, LineNo line,
                    const std::optional<ListLine>& list_line, Qty units);
/// `missing` units of a list line are not on their shelf: nothing more is promised to the shipment from
/// there, and what the stock says of these goods on that shelf is given to nobody until a supervisor frees
/// it.
void block_shelf(const Fold& f, const OwnerId& owner, const protocol::ShortageFound& e, LineNo shipment_line);
/// What was taken for a shipment that does not leave waits to be put back.
void owe_put_back(const Fold& f, const OwnerId& owner, const ShipmentId& shipment);
/// Nothing more is promised to the shipment. What was taken for it stays with it until it is put back.
void release_stock(const Fold& f, const OwnerId& owner, const ShipmentId& shipment);
/// What was taken for a shipment left the house with it.
void ship_goods(const Fold& f, const OwnerId& owner, const ShipmentId& shipment);

/// A task for a supervisor that no refused event stands behind: its device is told nothing of it.
void open_task(const Fold& f, const std::string& reason, const ListId& list, const ShipmentId& shipment,
               const Sku& sku);

/// Adds to the counters of the hour in which the event happened.
struct HourCounts {
    int picked_units = 0;
    int verified_units = 0;
    int pieces_closed = 0;
    int shipments_shipped = 0;
    int errors_caught = 0;
};
void count_hour(const Fold& f, const HourCounts& counts);

}  // namespace kenpin::store
