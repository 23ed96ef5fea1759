#pragma once
// Every business change is an event: what the floor's devices saw, and what the server decided. The event
// table is the truth; everything else is a fold over it. No event holds personal data (names and addresses
// lie sealed under a buyer-text id). The kinds with their JSON fields: docs/protocol/events.md.
//
// Identity is (device, epoch, seq); order within a device is seq, never a clock. The server is a device too.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "core/domain/order.hpp"
#include "core/domain/refusal.hpp"
#include "core/domain/shipment.hpp"

namespace kenpin::protocol {

// ---- what stations see
// -------------------------------------------------------------------------------------------

struct WorkerSignedIn {
    static constexpr std::string_view kind = "worker_signed_in";
    WorkerId worker;
};
struct WorkerSignedOut {
    static constexpr std::string_view kind = "worker_signed_out";
    WorkerId worker;
};
struct ListOpened {  // the picker takes the list in hand
    static constexpr std::string_view kind = "list_opened";
    ListId list;
};
struct ToteBound {
    static constexpr std::string_view kind = "tote_bound";
    ListId list;
    SlotNo slot;
    ShipmentId shipment;
    ToteCode tote;
};
struct LocationConfirmed {
    static constexpr std::string_view kind = "location_confirmed";
    ListId list;
    LineNo line;
    LocationCode location;
};
struct ItemPicked {  // goods left the shelf into the hand
    static constexpr std::string_view kind = "item_picked";
    ListId list;
    LineNo line;
    ShipmentId shipment;
    Sku sku;
    LocationCode location;
    Qty units;
    std::string code;  // as scanned
};
struct SlotConfirmed {  // what was in hand lies in the slot's box
    static constexpr std::string_view kind = "slot_confirmed";
    ListId list;
    LineNo line;
    ShipmentId shipment;
    SlotNo slot;
    Qty units;
    std::optional<ToteCode> tote{};  // the box; none where the slot has none
};
struct ShortageFound {  // ピッキング欠品: the picker looked, and the rest of the line is not on the shelf
    static constexpr std::string_view kind = "shortage_found";
    ListId list;
    LineNo line;
    ShipmentId shipment;
    Sku sku;
    LocationCode location;
    Qty missing;  // >= 1; what was scanned before it stands
};
struct TakeOverAsked {  // a worker at another station wants to go on with a list: badge and list were scanned
    static constexpr std::string_view kind = "take_over_asked";
    ListId list;
};
struct ListFinished {
    static constexpr std::string_view kind = "list_finished";
    ListId list;
};
struct PackOpened {
    static constexpr std::string_view kind = "pack_opened";
    ShipmentId shipment;
    std::string by;  // the code that opened it, as shown
};
struct GoodsVerified {
    static constexpr std::string_view kind = "goods_verified";
    ShipmentId shipment;
    LineNo line;
    Sku sku;
    Qty units;
    std::string code;
};
struct PaperPrinted {  // what is known about a paper after it was sent; a label's final proof is PieceClosed
    static constexpr std::string_view kind = "paper_printed";
    ShipmentId shipment;
    PieceNo piece;
    std::string paper;  // "waybill" | "slip"
    int copy = 1;
    PrinterId printer;
    std::string state;  // spool state: "sent" | "printed" | "unknown" | "failed" | "cancelled"
    std::optional<TrackingNo> tracking;
    std::string reason;  // of a reprint or failure, a key for people's languages
};
struct PieceClosed {  // the waybill stuck on the box was scanned, is the right one, and the goods are
                      // complete
    static constexpr std::string_view kind = "piece_closed";
    ShipmentId shipment;
    PieceNo piece;
    TrackingNo tracking;
};
struct ScanRefused {  // an error caught (止めたミス)
    static constexpr std::string_view kind = "scan_refused";
    std::string place;  // "sign_in" | "pick" | "pack"
    domain::Refusal refusal{};
    std::string read;    // flow::recorded(): never personal data
    std::string wanted;  // what the step asked for, as shown
    std::optional<ListId> list;
    std::optional<ShipmentId> shipment;
    std::optional<Sku> sku;  // wanted goods
};
struct PrinterChanged {
    static constexpr std::string_view kind = "printer_changed";
    PrinterId printer;
    std::string state;  // a word of docs/protocol/events.md
};
struct CommandAnswered {  // what became of a command at this device
    static constexpr std::string_view kind = "command_answered";
    std::string command;
    std::string what;    // "message" | "print_now"
    std::string answer;  // "shown" | "seen" | "printing" | "nothing_due" | "unknown" | "expired"
    std::optional<ShipmentId> shipment;  // of print_now
    std::optional<std::string> text;     // of a message that is shown: it stays until it was seen
};

// ---- what the server decides
// ---------------------------------------------------------------------------------------

struct MasterImported {  // reference rows were replaced; they are not folded from events
    static constexpr std::string_view kind = "master_imported";
    std::string table;
    int rows = 0;
    std::string content_hash;
};
struct OrderFileTaken {  // an order file was taken in, whoever brought it; noted once for each content
    static constexpr std::string_view kind = "order_file_taken";
    ShopId shop;  // empty: the format said whose each order is
    std::string file;
    std::string content_hash;
    std::string by;  // the key of who sent it; "folder": it lay in a watched folder
    int taken = 0, unchanged = 0, refused = 0;  // orders
    std::optional<int> held{};                  // of the refused: waiting for somebody's word or another file
    std::optional<int> released{};              // of the unchanged: paid now, so that they go on
};
struct ShopCodeItem {
    Sku sku;
    Qty units;
    bool operator==(const ShopCodeItem&) const = default;
};
struct ShopCodeAnswered {  // 商品対応表: somebody said what a shop's code means
    static constexpr std::string_view kind = "shop_code_answered";
    OwnerId owner;
    ShopId shop;
    std::string code;
    std::string options;  // empty: whatever is chosen; never what a buyer wrote himself
    std::vector<ShopCodeItem> items;
    std::string by;  // the key of who said it
};
struct ApiKeyMade {  // only its hash is kept, beside the events
    static constexpr std::string_view kind = "api_key_made";
    std::string key;  // its number, "K0003"
    std::string name;
    ShopId shop;                      // empty: of every shop
    std::vector<std::string> scopes;  // "orders:write" …, see docs/api/keys.md
    std::string by;                   // the key of who made it
};
struct ApiKeyRevoked {
    static constexpr std::string_view kind = "api_key_revoked";
    std::string key;
    std::string by;
};
struct StockRow {
    LocationCode location;
    Sku sku;
    LotNo lot;  // empty: not managed
    std::optional<Day> expiry;
    Qty qty;
    bool operator==(const StockRow&) const = default;
};
struct StockReceived {
    static constexpr std::string_view kind = "stock_received";
    OwnerId owner;
    std::string reason;  // "opening" | "receiving" | "adjustment"
    std::vector<StockRow> rows;
};
struct IntakeDecided {  // what a person did about a record that came in; the record itself never changes
    static constexpr std::string_view kind = "intake_decided";
    std::string record;    // position of the event that brought it
    std::string decision;  // "opened" | "retaken" | "corrected" | "judged" | "dropped" | "kept" | "replaced"
                           // | "released"
    std::string reason;    // a key of a fixed list, never free text
    std::string by;        // the API key of who did it
};
struct OrderJudged {                    // what intake found out, and where the order stood
    std::string outcome;                // "accept" | "hold" | "reject"
    std::vector<std::string> codes;     // assets/shops/reasons.tsv
    std::vector<std::string> handling;  // 個別対応, assets/handling/flags.tsv
    std::string file;                   // as the shop named it; "api"
    int record = 0;                     // its first data record, 1..; 0: not from a file
    std::string records_hash;           // keyed, over its records' bytes: refused twice is refused once
    bool operator==(const OrderJudged&) const = default;
};
struct OrderReceived {
    static constexpr std::string_view kind = "order_received";
    domain::Order order;
    std::optional<OrderJudged> judged;
};
struct OrderRefused {
    static constexpr std::string_view kind = "order_refused";
    OwnerId owner;
    ShopId shop;
    std::string number_in_shop;  // may be empty when even that cannot be read
    std::string reason;          // a key for people's languages, e.g. "order.unknown_item"
    std::string detail;          // names the field, never its personal content
    std::string received_file;   // where the record lies as it came
    std::optional<OrderJudged> judged;
};
struct ShipmentPlannedLine {
    LineNo no;
    OrderId order;
    LineNo order_line;
    Sku sku;
    Qty qty;
    bool operator==(const ShipmentPlannedLine&) const = default;
};
struct ShipmentPlanned {
    static constexpr std::string_view kind = "shipment_planned";
    OwnerId owner;
    ShopId shop;  // the shop that is told, and whose slip goes in
    ShipmentId shipment;
    std::vector<OrderId> orders;
    int ship_to = 1;  // addressee within the order
    CarrierId carrier;
    std::string service;
    domain::WaybillWay way{};
    domain::TrackingCovers covers{};
    Day ship_day;
    std::string ship_day_reason;  // "today" | "wished_day" | ...
    int pieces = 1;
    domain::StockState stock = domain::StockState::pending;  // pending, or not_kept at depth 1
    BuyerTextId buyer_text;
    std::vector<ShipmentPlannedLine> lines;
};
struct ShipmentHeld {
    static constexpr std::string_view kind = "shipment_held";
    ShipmentId shipment;
    domain::HoldReason reason{};
};
struct ShipmentReleased {
    static constexpr std::string_view kind = "shipment_released";
    ShipmentId shipment;
    domain::HoldReason reason{};
};
struct CancelAsked {  // somebody wants it not to leave; the answer stands beside it
    static constexpr std::string_view kind = "cancel_asked";
    ShipmentId shipment;
    std::string answer;  // "cancelled" | "stopped" | "too_late"
    std::string by;      // the key of who asked
};
struct ShipmentCancelled {  // nothing of it is promised any more; goods taken for it wait to be put back
    static constexpr std::string_view kind = "shipment_cancelled";
    ShipmentId shipment;
};
struct ChangeAsked {  // the shop says the order anew (address, lines); the answer stands beside it
    static constexpr std::string_view kind = "change_asked";
    OrderId order;
    std::string answer;  // "changed" | "stopped" | "too_late"
    std::string by;      // the key of who asked
};
struct WaybillDestroyed {  // 抜き取り: a void waybill was pulled out, scanned and destroyed
    static constexpr std::string_view kind = "waybill_destroyed";
    ShipmentId shipment;
    TrackingNo tracking;
    std::string by;  // the key of who did it
};
struct GoodsPutBack {  // 棚戻し: goods of a shipment that does not leave lie on a shelf again
    static constexpr std::string_view kind = "goods_put_back";
    ShipmentId shipment;
    Sku sku;
    LotNo lot;  // empty: not managed
    LocationCode location;
    Qty qty;         // >= 1
    std::string by;  // the key of who did it
};
struct ShelfFreed {  // a supervisor looked: what the stock says of this item lies there, it is given out
                     // again
    static constexpr std::string_view kind = "shelf_freed";
    OwnerId owner;
    Sku sku;
    LocationCode location;
    std::string by;  // the key of who did it
};
struct AllocatedLine {
    LineNo line;
    Sku sku;
    Qty qty;  // now reserved for the line in all
    bool operator==(const AllocatedLine&) const = default;
};
struct StockAllocated {  // 在庫引当: quantity, at intake
    static constexpr std::string_view kind = "stock_allocated";
    ShipmentId shipment;
    domain::StockState stock{};
    std::vector<AllocatedLine> lines;
};
struct StartedSlot {
    SlotNo slot;
    ShipmentId shipment;
    bool operator==(const StartedSlot&) const = default;
};
struct StartedLine {
    LineNo no;
    ShipmentId shipment;
    LineNo shipment_line;
    SlotNo slot;
    LocationCode location;
    Sku sku;
    LotNo lot;
    Qty qty;
    bool operator==(const StartedLine&) const = default;
};
struct ListStarted {  // 出荷作業開始 with ロケ引当: shelf and lot chosen
    static constexpr std::string_view kind = "list_started";
    OwnerId owner;
    ListId list;
    DeviceId bench;  // where its boxes are packed
    std::vector<StartedSlot> slots;
    std::vector<StartedLine> lines;
};
struct ListLeased {
    static constexpr std::string_view kind = "list_leased";
    ListId list;
    DeviceId device;
    Instant until;
};
struct ListRevoked {  // a supervisor took it back: nobody has it until somebody opens it anew
    static constexpr std::string_view kind = "list_revoked";
    ListId list;
    DeviceId device;  // from whom
    std::string by;   // the key of who did it
};
struct WaybillIssued {
    static constexpr std::string_view kind = "waybill_issued";
    ShipmentId shipment;
    PieceNo piece;
    TrackingNo tracking;
    domain::WaybillWay way{};
};
struct ShipmentShipped {
    static constexpr std::string_view kind = "shipment_shipped";
    ShipmentId shipment;
};
struct ReportAccepted {  // the shop answered 2xx to 出荷実績
    static constexpr std::string_view kind = "report_accepted";
    ShipmentId shipment;
    ShopId shop;
    int attempts = 1;
};
struct ReportFailed {  // one attempt; the next follows
    static constexpr std::string_view kind = "report_failed";
    ShipmentId shipment;
    ShopId shop;
    int attempts = 1;
    std::string reason;  // "unreachable" | "http_500" | ...
    Instant next_try;
};
struct ReportLeft {  // somebody else tells the shop: it is told by nobody here, for good
    static constexpr std::string_view kind = "report_left";
    ShipmentId shipment;
    ShopId shop;
    std::string to;  // "order_system"
};
struct DoneBefore {  // who did meanwhile what an event without effect tells
    DeviceId device;
    std::optional<WorkerId> worker;
    Instant at;
    bool operator==(const DoneBefore&) const = default;
};
struct EvidenceKept {  // a device's event that the rules do not allow any more: kept for a supervisor, no
                       // effect
    static constexpr std::string_view kind = "evidence_kept";
    DeviceId device;
    Epoch epoch;
    Seq seq;
    std::string reason;
    std::optional<std::string> what;  // the kind of the event
    std::optional<WorkerId> worker;
    std::optional<ListId> list;
    std::optional<ShipmentId> shipment;
    std::optional<DoneBefore> done;  // it was done already, by that one
};
struct ExceptionSettled {  // a supervisor looked after what was kept as evidence
    static constexpr std::string_view kind = "exception_settled";
    std::int64_t exception = 0;  // position of the evidence_kept
    std::string note;
    std::string by;  // the key of who did it
};
struct EventsLost {  // neither the server nor the device has them any more: the server was put back to an
                     // older copy than the device remembers
    static constexpr std::string_view kind = "events_lost";
    DeviceId device;
    Epoch epoch;
    Seq first, last;
};
struct CommandGiven {  // somebody says something to stations, or wants papers printed
    static constexpr std::string_view kind = "command_given";
    std::string command;
    std::string what;                    // "message" | "print_now"
    std::string text;                    // of a message: to workers, nothing about buyers
    std::optional<ShipmentId> shipment;  // of print_now
    std::vector<DeviceId> devices;
    Instant expires;
    std::string by;  // the key of who gave it
};
struct TwoDevices {  // two databases speak under one id: a copied disk, or an id that was given twice
    static constexpr std::string_view kind = "two_devices";
    DeviceId device;
    Epoch epoch;  // of the one that came later
    Epoch other;  // of the one that still speaks
};
struct BackupMade {
    static constexpr std::string_view kind = "backup_made";
    std::string name;
    std::int64_t upto = 0;  // position of the newest event in it
};
struct NumbersSkipped {  // the server was put back to an older copy: these may be on labels and lists already
    static constexpr std::string_view kind = "numbers_skipped";
    std::string numbers;    // "shipment" | "list" | "tracking:" and the first number of the range
    std::int64_t upto = 0;  // none up to here is given any more
};

/// A kind that this program does not know: stored and acknowledged, not projected.
struct UnknownKind {
    std::string kind;
    std::string json;  // the body as received
};

using Body =
    std::variant<WorkerSignedIn, WorkerSignedOut, ListOpened, ToteBound, LocationConfirmed, ItemPicked,
                 SlotConfirmed, ShortageFound, TakeOverAsked, ListFinished, PackOpened, GoodsVerified,
                 PaperPrinted, PieceClosed, ScanRefused, PrinterChanged, CommandAnswered, MasterImported,
                 OrderFileTaken, ShopCodeAnswered, ApiKeyMade, ApiKeyRevoked, StockReceived, OrderReceived,
                 OrderRefused, IntakeDecided, ShipmentPlanned, ShipmentHeld, ShipmentReleased, CancelAsked,
                 ShipmentCancelled, ChangeAsked, WaybillDestroyed, GoodsPutBack, ShelfFreed, StockAllocated,
                 ListStarted, ListLeased, ListRevoked, WaybillIssued, ShipmentShipped, ReportAccepted,
                 ReportFailed, ReportLeft, EvidenceKept, ExceptionSettled, EventsLost, CommandGiven,
                 TwoDevices, BackupMade, NumbersSkipped, UnknownKind>;

struct Event {
    DeviceId device;
    Epoch epoch;
    Seq seq;
    Instant device_time;             // the device's business clock
    std::optional<WorkerId> worker;  // who
    std::string scanner;             // which scanner, empty: none
    Body body;
};

std::string_view kind_of(const Body& body);

/// The body as one JSON object, keys sorted: the same body gives the same text (the hash chain rests on it).
std::string body_to_json(const Body& body);
/// An unknown kind becomes UnknownKind; a known kind with a missing or wrong field is Error{corrupt} naming
/// the field.
Result<Body> body_from_json(std::string_view kind, std::string_view json);

}  // namespace kenpin::protocol
