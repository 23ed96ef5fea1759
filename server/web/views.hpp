#pragma once
// What the API shows of the floor, as values. None holds a buyer's name, address or telephone: there is no
// field for it (DOMAIN, invariant 7).
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/domain/shipment.hpp"

namespace kenpin::web {

struct OrderLineView {
    LineNo no{};
    Sku sku{};
    Qty qty{};
};
struct OrderView {
    OrderId order{};
    ShopId shop{};
    std::string number_in_shop{};
    Instant ordered_at{};
    std::vector<ShipmentId> shipments{};
    std::vector<OrderLineView> lines{};
};

struct PieceView {
    ShipmentId shipment{};
    PieceNo piece{};
    std::optional<TrackingNo> tracking{};
    domain::WaybillState waybill = domain::WaybillState::none;
    bool is_closed = false;
    std::optional<Instant> closed_at{};
};
struct ShipmentLineView {
    LineNo no{};
    Sku sku{};
    std::string name{};  // of the goods
    Qty wanted{}, allocated{}, picked{}, verified{};
};
struct ShipmentView {
    ShipmentId shipment{};
    ShopId shop{};
    std::vector<OrderId> orders{};
    CarrierId carrier{};
    domain::ShipmentStates states{};
    Day ship_day{};
    std::string ship_day_reason{};
    std::optional<ListId> list{};
    std::string report{};  // to the shop: "" | "waiting" | "accepted"
    std::string cancel{};  // "" | "cancelled" | "stopped" | "too_late"
    std::vector<ShipmentLineView> lines{};
    std::vector<PieceView> pieces{};
};

struct ListView {
    ListId list{};
    std::string state{};  // "started" | "open" | "revoked" | "finished"
    std::optional<DeviceId> leased_to{};
    std::optional<Instant> leased_until{};
    std::optional<DeviceId> bench{};
    int shipments = 0;
    Qty wanted{}, picked{};
};

/// What a device saw confirmed and had no effect, or what a picker did not find, for a supervisor.
struct ExceptionView {
    std::int64_t number = 0;
    std::string reason{}, what{};
    DeviceId device{};
    std::optional<WorkerId> worker{};
    std::optional<ListId> list{};
    std::optional<ShipmentId> shipment{};
    Instant kept_at{};
    std::optional<DeviceId> done_device{};  // who had done it before
    std::optional<WorkerId> done_worker{};
    std::optional<Instant> done_at{};
    bool is_settled = false;
    std::optional<Instant> settled_at{};
    std::string settled_by{}, note{};
    std::optional<Sku> sku{};           // of a shortage
    std::vector<std::string> orders{};  // of the shipment, by the shop's numbers
};

/// What was said to stations, and what each answered.
struct CommandAnswerView {
    DeviceId device{};
    std::string state{};  // "waiting" | "not_reached" | "shown" | "seen" | "printing" | "nothing_due" |
                          // "unknown" | "expired"
    std::optional<WorkerId> worker{};
    std::optional<Instant> at{};
};
struct CommandView {
    std::string command{};
    std::string what{}, text{};
    std::optional<ShipmentId> shipment{};
    Instant expires{};
    std::vector<CommandAnswerView> answers{};
};

struct BackupView {
    std::string name{};
    std::int64_t upto = 0;  // position of the newest event in it
    Instant made_at{};
};
struct BackupsView {
    std::vector<BackupView> backups{};  // newest first
    std::int64_t newest = 0;            // position of the newest event there is
};

struct StockView {
    Sku sku{};
    LocationCode location{};
    LotNo lot{};
    std::optional<Day> expiry{};
    Qty on_hand{};
};

/// One fact of a shipment's history, oldest first.
struct HistoryView {
    DeviceId device{};
    Epoch epoch{};
    Seq seq{};
    std::string kind{};
    Instant device_time{}, server_time{};
    std::optional<WorkerId> worker{};
    std::string body_json{};  // as it lies in the event table
};

}  // namespace kenpin::web
