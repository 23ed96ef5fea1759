#pragma once
// The desk between the web and the floor: what the API may ask for. server/app stands behind it (writes go
// through the writer's inbox, reads through a read-only connection); tests put a small fake there. Thread:
// every function may be called from any of the web's threads.
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/latest.hpp"
#include "core/base/limits.hpp"
#include "core/base/private.hpp"
#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "server/plan/put_back.hpp"
#include "server/web/access.hpp"
#include "server/web/board.hpp"
#include "server/web/http.hpp"
#include "server/web/intake.hpp"
#include "server/web/problem.hpp"
#include "server/web/views.hpp"

namespace kenpin::web {

// ---- orders
// -------------------------------------------------------------------------------------------------

struct OrderTaken {
    OrderId order{};
};
struct OrderUnchanged {  // the same order, sent again
    OrderId order{};
};
struct OrderConflicts {  // the same number with another content: the first stands
    OrderId order{};
};
struct OrderNotAcceptable {  // kept as it came, with the reasons
    std::vector<Reason> reasons{};
};
struct OrderNotJson {};
using OrderAnswer =
    std::variant<OrderTaken, OrderUnchanged, OrderConflicts, OrderNotAcceptable, OrderNotJson>;

// ---- files
// --------------------------------------------------------------------------------------------------

enum class Table {
    items,
    barcodes,
    shop_items,  // 商品対応表
    locations,
    stock,
    workers,
    totes,
    stations,
    printers,
    shops,
    closed_days,  // 休業日
    carriers,
    orders,
    waybills
};
std::string_view name(Table table);
std::optional<Table> table_from_name(std::string_view name);

struct ImportFile {
    Table table{};
    std::optional<ShopId> shop{};  // orders and waybills
    std::string body{};            // the file, byte for byte
    std::string file_name{};       // for the record; may be empty
    std::string by{};              // the key of who sent it
};
struct ImportAnswer {
    int taken = 0;      // records that changed something
    int unchanged = 0;  // known already
    int released = 0;   // orders of the unchanged that are paid now and go on
    std::vector<Reason> refused{};
    std::vector<std::string> notes{};  // keys of warnings, e.g. "no_orders": a header and nothing else
    std::optional<std::vector<RecordOutcome>> records{};  // of orders: every one, also those skipped
};

// ---- codes (商品対応表)
// -----------------------------------------------------------------------------------------------

struct ProposedItem {
    Sku sku{};
    Qty units{1};
    std::string name{}, because{};  // "sku" | "barcode"
};
struct UnknownCodeView {
    ShopId shop{};
    std::string code{};
    Private<std::string> options{};
    int orders = 0;
    Instant since{};
    std::vector<ProposedItem> proposals{};
};
struct UnknownCodes {
    std::vector<UnknownCodeView> codes{};  // most waited for first
    int left_off = 0;                      // that are waited for too, and are not shown at once
};
struct CodeItem {
    Sku sku{};
    Qty units{1};
};
struct CodeMeaning {
    ShopId shop{};
    std::string code{}, options{};  // empty options: whatever is chosen
    std::vector<CodeItem> items{};
};
struct CodeAnswered {
    int taken = 0, still_waiting = 0;  // orders; waiting for other codes of the shop
    int wrong = 0;  // orders that do not wait for a code any more and cannot be taken either
};
struct CodeStandsInTable {};  // what was imported counts
struct NoSuchShop {};
using CodeAnswer = std::variant<CodeAnswered, CodeStandsInTable, NoSuchShop, std::vector<Reason>>;

// ---- consolidation (おまとめ)
// -----------------------------------------------------------------------------------------------

struct OrderOfShop {
    OrderId order{};
    ShopId shop{};
};
/// Orders of one person at one address; at least two.
struct ConsolidationView {
    std::vector<OrderOfShop> orders{};
    std::set<std::string> differs{};             // "cod", "day", "temperature", "gift"
    std::vector<std::vector<OrderId>> offers{};  // those that may leave as one shipment
};

// ---- start
// --------------------------------------------------------------------------------------------------

struct StartWork {
    std::optional<Day> until{};  // start what is due up to this day; nothing: the business day
    int most_shipments = 0;      // 0: all
};
struct StartedList {
    ListId list{};
    DeviceId bench{};
    int shipments = 0;
    int lines = 0;
};
struct NotStarted {
    ShipmentId shipment{};
    std::string reason{};
};
struct StartAnswer {
    std::string refusal{};  // empty: done; else the key of what stands in the way of any start
    std::vector<StartedList> lists{};
    std::vector<NotStarted> waiting{};
};

// ---- reading
// ------------------------------------------------------------------------------------------------

struct Scope {  // nothing: all shops
    std::optional<ShopId> shop{};
};
struct Page {
    int limit = 100;      // 1 .. 1000
    std::string after{};  // the last id of the page before; empty: from the beginning
};

// ---- exceptions
// ---------------------------------------------------------------------------------------------

/// 止めた or 間に合わず.
struct CancelView {
    ShipmentId shipment{};
    std::string answer{};  // "cancelled" | "stopped" | "too_late"; "dropped": it was no shipment yet
};

/// An order said anew, as for taking one, under the same number.
struct ChangeOrder {
    OrderId order{};
    std::string json{};
    std::string by{};  // the key of who asks
};
struct ChangeView {
    OrderId order{};
    std::string answer{};                 // "unchanged" | "changed" | "stopped" | "too_late"
    std::vector<ShipmentId> shipments{};  // planned anew
};
using ChangeAnswer = std::variant<ChangeView, OrderNotAcceptable, OrderNotJson>;

// ---- tasks on the floor
// ---------------------------------------------------------------------------------------

struct PullOutView {  // 抜き取り: a void waybill
    TrackingNo tracking{};
    ShipmentId shipment{};
    ShopId shop{};
    CarrierId carrier{};
    bool is_destroyed = false;
};
struct ShelfOfItem {
    Sku sku{};
    LocationCode location{};
};
struct BlockedShelfView {  // it was short there
    Sku sku{};
    LocationCode location{};
    Qty on_hand{};  // what the stock says
    Instant since{};
};
struct FloorTasks {
    std::vector<PullOutView> pull_out{};
    std::vector<plan::PutBackTask> put_back{};  // 棚戻し
    std::vector<BlockedShelfView> blocked{};
};
struct PutBackAnswer {
    std::string refusal{};                  // empty: done; else "wrong_item" …
    std::vector<plan::PutBackTask> left{};  // of that shipment
};

struct Settling {
    std::string note{};  // what was done about it, 1 .. 200 characters
    std::string by{};    // the key of who does it
};

// ---- commands
// -----------------------------------------------------------------------------------------------

struct CommandWish {
    std::string what{};                    // "message" | "print_now"
    std::vector<DeviceId> to{};            // at least one; "all" alone: every station
    std::string text{};                    // of a message, 1 .. limits::message_characters
    std::optional<ShipmentId> shipment{};  // of print_now
    std::chrono::milliseconds lasts = limits::command_expiry;  // then it is neither shown nor printed
    std::string by{};                                          // the key of who gives it
};

// ---- keys
// ---------------------------------------------------------------------------------------------------

struct NewKey {
    std::string name{};            // for people, 1 .. 60 characters
    std::optional<ShopId> shop{};  // nothing: of no shop, so of all
    std::set<KeyScope> scopes{};   // at least one; never admin together with a shop
};
struct MadeKey {
    std::string key{};              // its number, "K0003"
    Private<std::string> secret{};  // what the caller sends; told this once, kept nowhere
};
struct KeyView {
    std::string key{};
    std::string name{};
    std::optional<ShopId> shop{};
    std::set<KeyScope> scopes{};
    Instant made_at{};
    std::optional<Instant> revoked_at{};
};

class Desk {
public:
    virtual ~Desk() = default;

    /// Who that is; secrets are compared in constant time.
    virtual Caller identify(const Credentials& credentials) const = 0;
    /// Somebody at `address` came with a key that nobody knows and was not let in. Thread: any.
    virtual void note_wrong_key(const std::string& address) = 0;

    // Writes: answered after the commit. Error{busy}: no answer within limits::write_answer; it may still
    // happen.
    virtual Result<OrderAnswer> take_order(const ShopId& shop, std::string json) = 0;
    virtual Result<ImportAnswer> import_file(ImportFile file) = 0;
    virtual Result<StartAnswer> start_work(const StartWork& start) = 0;

    /// `by`: the key of who says it.
    virtual Result<CodeAnswer> answer_code(const CodeMeaning& meaning, const std::string& by) = 0;
    virtual Result<UnknownCodes> unknown_codes(const Scope& scope) = 0;
    virtual Result<std::vector<ConsolidationView>> consolidations(const Scope& scope) = 0;
    /// Error{not_found}: no such list, or finished. Nobody has it: changes nothing. `by` as below.
    virtual Result<ListView> revoke_list(const ListId& list, const std::string& by) = 0;
    /// Asked again: the same answer. Error{not_found}: not there or not in the scope. `by` as below.
    virtual Result<CancelView> cancel_shipment(const Scope& scope, const ShipmentId& shipment,
                                               const std::string& by) = 0;
    /// All shipments of the order, each with its answer.
    virtual Result<std::vector<CancelView>> cancel_order(const Scope& scope, const OrderId& order,
                                                         const std::string& by) = 0;
    /// Error{not_found}: not there or not in the scope. Error{refused}: it cannot be planned anew; nothing
    /// changed.
    virtual Result<ChangeAnswer> change_order(const Scope& scope, const ChangeOrder& wanted) = 0;
    virtual Result<FloorTasks> floor_tasks() = 0;
    /// Destroyed before: the same answer. Error{not_found}: no such waybill. Error{refused}: it is a living
    /// one.
    virtual Result<PullOutView> pull_out(const std::string& code, const std::string& by) = 0;
    virtual Result<PutBackAnswer> put_back(const plan::PutBackScan& scan, const std::string& by) = 0;
    /// Error{not_found}: it is not blocked.
    virtual Outcome free_shelf(const ShelfOfItem& shelf, const std::string& by) = 0;
    /// Error{not_found}. Settled before: the first settling stands.
    /// Waits until it is made. Error{refused}: this server makes none (no folder is named, or PostgreSQL).
    virtual Result<BackupView> make_backup() = 0;
    /// One that other tools made. Error{refused}: there is no event up to `upto`.
    virtual Result<BackupView> note_backup(const std::string& name, std::int64_t upto) = 0;
    virtual Result<BackupsView> backups() = 0;
    /// Error{not_found}: no such station or shipment.
    virtual Result<CommandView> give_command(const CommandWish& wish) = 0;
    /// Who has it shown. Error{not_found}.
    virtual Result<CommandView> command(const std::string& command) = 0;
    virtual Result<ExceptionView> settle_exception(std::int64_t number, const Settling& settling) = 0;
    /// The open ones, oldest first.
    virtual Result<std::vector<ExceptionView>> exceptions(const Page& page) = 0;

    /// Error{refused}: the shop is not in the master. `by`: the key of who does it.
    virtual Result<MadeKey> make_key(const NewKey& key, const std::string& by) = 0;
    /// Revoking it again changes nothing. Error{not_found}: no such key.
    virtual Result<KeyView> revoke_key(const std::string& key, const std::string& by) = 0;
    virtual Result<std::vector<KeyView>> keys() = 0;  // in the order of their numbers

    // Reads: Error{not_found} for an id that is not there or not in the scope.
    virtual Result<std::vector<OrderView>> orders(const Scope& scope, const Page& page) = 0;
    virtual Result<OrderView> order(const Scope& scope, const OrderId& order) = 0;
    virtual Result<IntakePage> intake(const Scope& scope, const IntakeQuery& query) = 0;
    virtual Result<IntakeDetail> intake_record(const Scope& scope, std::int64_t record) = 0;
    /// A write: opening is an event.
    virtual Result<std::vector<OriginalRecord>> open_original(const Scope& scope, std::int64_t record,
                                                              const std::string& by) = 0;
    /// Error{refused}: that cannot be done with this record; nothing has changed.
    virtual Result<IntakeDone> act_on_intake(const Scope& scope, const IntakeAction& action) = 0;
    virtual Result<std::vector<ShipmentView>> shipments(const Scope& scope, const Page& page) = 0;
    virtual Result<ShipmentView> shipment(const Scope& scope, const ShipmentId& shipment) = 0;
    virtual Result<std::vector<HistoryView>> history(const ShipmentId& shipment) = 0;
    virtual Result<std::vector<ListView>> lists() = 0;
    virtual Result<std::vector<PieceView>> pieces(const Page& page) = 0;
    virtual Result<std::vector<StockView>> stock() = 0;
    /// Sealed with the device's document key. Only for a shipment that is queued for that bench.
    virtual Result<std::string> print_document(const DeviceId& device, const ShipmentId& shipment) = 0;

    virtual const Latest<Board>& board() const = 0;
    virtual bool is_healthy() const = 0;
    /// Keys of what works and still needs somebody, e.g. "watch_unreachable".
    virtual std::vector<std::string> warnings() const = 0;
    /// Text lines "kenpin_name value".
    virtual std::string metrics() const = 0;
};

}  // namespace kenpin::web
