#pragma once
// The JSON fields of every message, once, for reading and writing alike: describe(visitor, x) names each
// field. The visitor (core/protocol/codec.cpp) writes a const x or fills a mutable one. Only the codec
// includes this header. v.later(): a field that documents of older programs do not have.
#include "core/protocol/documents.hpp"
#include "core/protocol/events.hpp"
#include "core/protocol/messages.hpp"
#include "core/protocol/print_document.hpp"

namespace kenpin::protocol {

template <class T, class U>
concept Is = std::is_same_v<std::remove_const_t<T>, U>;

// ---- parts of documents and events
// ---------------------------------------------------------------------------------

void describe(auto& v, Is<domain::ItemCode> auto& x) {
    v("code", x.code), v("units", x.units);
}
void describe(auto& v, Is<domain::CartSlot> auto& x) {
    v("no", x.no), v("shipment", x.shipment), v("tote", x.tote), v("stopped", x.stopped);
}
void describe(auto& v, Is<domain::PickRules> auto& x) {
    v("scan_location", x.scan_location), v("scan_slot", x.scan_slot);
}
void describe(auto& v, Is<domain::PickLine> auto& x) {
    v("no", x.no), v("shipment", x.shipment), v("slot", x.slot), v("location", x.location), v("sku", x.sku);
    v("wanted", x.wanted), v("in_hand", x.in_hand), v("in_slot", x.in_slot), v("codes", x.codes);
    v("location_confirmed", x.location_confirmed), v.later("missing", x.missing);
}
void describe(auto& v, Is<domain::PickTask> auto& x) {
    v("list", x.list), v("rules", x.rules), v("slots", x.slots), v("lines", x.lines);
}
void describe(auto& v, Is<domain::PackLine> auto& x) {
    v("no", x.no), v("sku", x.sku), v("wanted", x.wanted), v("verified", x.verified), v("codes", x.codes);
}
void describe(auto& v, Is<domain::PackPiece> auto& x) {
    v("no", x.no), v("tracking", x.live), v("voided", x.voided), v("waybill", x.waybill),
        v("closed", x.closed);
}
void describe(auto& v, Is<domain::PackTask> auto& x) {
    v("shipment", x.shipment), v("way", x.way), v("covers", x.covers), v("stopped", x.stopped);
    v("lines", x.lines), v("pieces", x.pieces), v.later("is_short", x.is_short);
}
void describe(auto& v, Is<domain::OrderLine> auto& x) {
    v("no", x.no), v("sku", x.sku), v("qty", x.qty), v("unit_price", x.unit_price);
    v("tax_rate_percent", x.tax_rate_percent), v("name", x.name), v("ship_to", x.ship_to);
}
void describe(auto& v, Is<domain::Order> auto& x) {
    v("owner", x.owner), v("shop", x.shop), v("order", x.id), v("number_in_shop", x.number_in_shop);
    v("ordered_at", x.ordered_at), v("wished_day", x.wished_day), v("wished_slot", x.wished_slot);
    v("is_gift", x.is_gift), v("shipping", x.shipping), v("fee", x.fee), v("discount", x.discount);
    v("total", x.total), v("buyer_text", x.buyer_text), v("content_hash", x.content_hash),
        v("lines", x.lines);
}
void describe(auto& v, Is<OrderJudged> auto& x) {
    v("outcome", x.outcome), v("codes", x.codes), v("handling", x.handling), v("file", x.file);
    v("record", x.record), v("records_hash", x.records_hash);
}
void describe(auto& v, Is<StockRow> auto& x) {
    v("location", x.location), v("sku", x.sku), v("lot", x.lot), v("expiry", x.expiry), v("qty", x.qty);
}
void describe(auto& v, Is<ShopCodeItem> auto& x) {
    v("sku", x.sku), v("units", x.units);
}
void describe(auto& v, Is<ShipmentPlannedLine> auto& x) {
    v("no", x.no), v("order", x.order), v("order_line", x.order_line), v("sku", x.sku), v("qty", x.qty);
}
void describe(auto& v, Is<AllocatedLine> auto& x) {
    v("line", x.line), v("sku", x.sku), v("qty", x.qty);
}
void describe(auto& v, Is<DoneBefore> auto& x) {
    v("device", x.device), v("worker", x.worker), v("at", x.at);
}
void describe(auto& v, Is<StartedSlot> auto& x) {
    v("slot", x.slot), v("shipment", x.shipment);
}
void describe(auto& v, Is<StartedLine> auto& x) {
    v("no", x.no), v("shipment", x.shipment), v("shipment_line", x.shipment_line), v("slot", x.slot);
    v("location", x.location), v("sku", x.sku), v("lot", x.lot), v("qty", x.qty);
}

// ---- events
// --------------------------------------------------------------------------------------------------------

void describe(auto& v, Is<WorkerSignedIn> auto& x) {
    v("worker", x.worker);
}
void describe(auto& v, Is<WorkerSignedOut> auto& x) {
    v("worker", x.worker);
}
void describe(auto& v, Is<ListOpened> auto& x) {
    v("list", x.list);
}
void describe(auto& v, Is<ToteBound> auto& x) {
    v("list", x.list), v("slot", x.slot), v("shipment", x.shipment), v("tote", x.tote);
}
void describe(auto& v, Is<LocationConfirmed> auto& x) {
    v("list", x.list), v("line", x.line), v("location", x.location);
}
void describe(auto& v, Is<ItemPicked> auto& x) {
    v("list", x.list), v("line", x.line), v("shipment", x.shipment), v("sku", x.sku);
    v("location", x.location), v("units", x.units), v("code", x.code);
}
void describe(auto& v, Is<SlotConfirmed> auto& x) {
    v("list", x.list), v("line", x.line), v("shipment", x.shipment), v("slot", x.slot), v("units", x.units);
    v("tote", x.tote);
}
void describe(auto& v, Is<ShortageFound> auto& x) {
    v("list", x.list), v("line", x.line), v("shipment", x.shipment), v("sku", x.sku);
    v("location", x.location), v("missing", x.missing);
}
void describe(auto& v, Is<TakeOverAsked> auto& x) {
    v("list", x.list);
}
void describe(auto& v, Is<ListFinished> auto& x) {
    v("list", x.list);
}
void describe(auto& v, Is<PackOpened> auto& x) {
    v("shipment", x.shipment), v("by", x.by);
}
void describe(auto& v, Is<GoodsVerified> auto& x) {
    v("shipment", x.shipment), v("line", x.line), v("sku", x.sku), v("units", x.units), v("code", x.code);
}
void describe(auto& v, Is<PaperPrinted> auto& x) {
    v("shipment", x.shipment), v("piece", x.piece), v("paper", x.paper), v("copy", x.copy);
    v("printer", x.printer), v("state", x.state), v("tracking", x.tracking), v("reason", x.reason);
}
void describe(auto& v, Is<PieceClosed> auto& x) {
    v("shipment", x.shipment), v("piece", x.piece), v("tracking", x.tracking);
}
void describe(auto& v, Is<ScanRefused> auto& x) {
    v("place", x.place), v("refusal", x.refusal), v("read", x.read), v("wanted", x.wanted);
    v("list", x.list), v("shipment", x.shipment), v("sku", x.sku);
}
void describe(auto& v, Is<PrinterChanged> auto& x) {
    v("printer", x.printer), v("state", x.state);
}
void describe(auto& v, Is<CommandAnswered> auto& x) {
    v("command", x.command), v("what", x.what), v("answer", x.answer), v("shipment", x.shipment);
    v("text", x.text);
}
void describe(auto& v, Is<MasterImported> auto& x) {
    v("table", x.table), v("rows", x.rows), v("content_hash", x.content_hash);
}
void describe(auto& v, Is<OrderFileTaken> auto& x) {
    v("shop", x.shop), v("file", x.file), v("content_hash", x.content_hash), v("by", x.by);
    v("taken", x.taken), v("unchanged", x.unchanged), v("refused", x.refused);
    v("held", x.held), v("released", x.released);
}
void describe(auto& v, Is<ShopCodeAnswered> auto& x) {
    v("owner", x.owner), v("shop", x.shop), v("code", x.code), v("options", x.options);
    v("items", x.items), v("by", x.by);
}
void describe(auto& v, Is<ApiKeyMade> auto& x) {
    v("key", x.key), v("name", x.name), v("shop", x.shop), v("scopes", x.scopes), v("by", x.by);
}
void describe(auto& v, Is<ApiKeyRevoked> auto& x) {
    v("key", x.key), v("by", x.by);
}
void describe(auto& v, Is<StockReceived> auto& x) {
    v("owner", x.owner), v("reason", x.reason), v("rows", x.rows);
}
void describe(auto& v, Is<OrderReceived> auto& x) {
    v("order", x.order), v("judged", x.judged);
}
void describe(auto& v, Is<OrderRefused> auto& x) {
    v("owner", x.owner), v("shop", x.shop), v("number_in_shop", x.number_in_shop), v("reason", x.reason);
    v("detail", x.detail), v("received_file", x.received_file), v("judged", x.judged);
}
void describe(auto& v, Is<IntakeDecided> auto& x) {
    v("record", x.record), v("decision", x.decision), v("reason", x.reason), v("by", x.by);
}
void describe(auto& v, Is<ShipmentPlanned> auto& x) {
    v("owner", x.owner), v("shop", x.shop), v("shipment", x.shipment), v("orders", x.orders);
    v("ship_to", x.ship_to), v("carrier", x.carrier), v("service", x.service), v("way", x.way);
    v("covers", x.covers), v("ship_day", x.ship_day), v("ship_day_reason", x.ship_day_reason);
    v("pieces", x.pieces), v("stock", x.stock), v("buyer_text", x.buyer_text), v("lines", x.lines);
}
void describe(auto& v, Is<ShipmentHeld> auto& x) {
    v("shipment", x.shipment), v("reason", x.reason);
}
void describe(auto& v, Is<ShipmentReleased> auto& x) {
    v("shipment", x.shipment), v("reason", x.reason);
}
void describe(auto& v, Is<CancelAsked> auto& x) {
    v("shipment", x.shipment), v("answer", x.answer), v("by", x.by);
}
void describe(auto& v, Is<ShipmentCancelled> auto& x) {
    v("shipment", x.shipment);
}
void describe(auto& v, Is<ChangeAsked> auto& x) {
    v("order", x.order), v("answer", x.answer), v("by", x.by);
}
void describe(auto& v, Is<WaybillDestroyed> auto& x) {
    v("shipment", x.shipment), v("tracking", x.tracking), v("by", x.by);
}
void describe(auto& v, Is<GoodsPutBack> auto& x) {
    v("shipment", x.shipment), v("sku", x.sku), v("lot", x.lot), v("location", x.location);
    v("qty", x.qty), v("by", x.by);
}
void describe(auto& v, Is<ShelfFreed> auto& x) {
    v("owner", x.owner), v("sku", x.sku), v("location", x.location), v("by", x.by);
}
void describe(auto& v, Is<StockAllocated> auto& x) {
    v("shipment", x.shipment), v("stock", x.stock), v("lines", x.lines);
}
void describe(auto& v, Is<ListStarted> auto& x) {
    v("owner", x.owner), v("list", x.list), v("bench", x.bench), v("slots", x.slots), v("lines", x.lines);
}
void describe(auto& v, Is<ListLeased> auto& x) {
    v("list", x.list), v("device", x.device), v("until", x.until);
}
void describe(auto& v, Is<ListRevoked> auto& x) {
    v("list", x.list), v("device", x.device), v("by", x.by);
}
void describe(auto& v, Is<WaybillIssued> auto& x) {
    v("shipment", x.shipment), v("piece", x.piece), v("tracking", x.tracking), v("way", x.way);
}
void describe(auto& v, Is<ShipmentShipped> auto& x) {
    v("shipment", x.shipment);
}
void describe(auto& v, Is<ReportAccepted> auto& x) {
    v("shipment", x.shipment), v("shop", x.shop), v("attempts", x.attempts);
}
void describe(auto& v, Is<ReportFailed> auto& x) {
    v("shipment", x.shipment), v("shop", x.shop), v("attempts", x.attempts), v("reason", x.reason);
    v("next_try", x.next_try);
}
void describe(auto& v, Is<ReportLeft> auto& x) {
    v("shipment", x.shipment), v("shop", x.shop), v("to", x.to);
}
void describe(auto& v, Is<EvidenceKept> auto& x) {
    v("device", x.device), v("epoch", x.epoch), v("seq", x.seq), v("reason", x.reason);
    v("what", x.what), v("worker", x.worker), v("list", x.list), v("shipment", x.shipment);
    v("done", x.done);
}
void describe(auto& v, Is<ExceptionSettled> auto& x) {
    v("exception", x.exception), v("note", x.note), v("by", x.by);
}
void describe(auto& v, Is<EventsLost> auto& x) {
    v("device", x.device), v("epoch", x.epoch), v("first", x.first), v("last", x.last);
}
void describe(auto& v, Is<CommandGiven> auto& x) {
    v("command", x.command), v("what", x.what), v("text", x.text), v("shipment", x.shipment);
    v("devices", x.devices), v("expires", x.expires), v("by", x.by);
}
void describe(auto& v, Is<TwoDevices> auto& x) {
    v("device", x.device), v("epoch", x.epoch), v("other", x.other);
}
void describe(auto& v, Is<BackupMade> auto& x) {
    v("name", x.name), v("upto", x.upto);
}
void describe(auto& v, Is<NumbersSkipped> auto& x) {
    v("numbers", x.numbers), v("upto", x.upto);
}

// ---- documents
// -----------------------------------------------------------------------------------------------------

void describe(auto& v, Is<FoldedUpto> auto& x) {
    v("epoch", x.epoch), v("seq", x.seq);
}
void describe(auto& v, Is<GoodsText> auto& x) {
    v("sku", x.sku), v("name", x.name), v("variant", x.variant);
}
void describe(auto& v, Is<PickListDoc> auto& x) {
    v("version", x.version), v("folded_upto", x.folded_upto), v("lease_ms", x.lease), v("title", x.title);
    v("task", x.task), v("goods", x.goods);
}
void describe(auto& v, Is<PackDoc> auto& x) {
    v("version", x.version), v("folded_upto", x.folded_upto), v("list", x.list), v("slot", x.slot);
    v("tote", x.tote), v("order_shown", x.order_shown), v("shop_shown", x.shop_shown);
    v("carrier_shown", x.carrier_shown), v("with_slip", x.with_slip), v("print_here", x.print_here);
    v("task", x.task), v("goods", x.goods);
}
void describe(auto& v, Is<WorkerRow> auto& x) {
    v("worker", x.worker), v("name", x.name);
}
void describe(auto& v, Is<Settings> auto& x) {
    v("version", x.version), v("site_name", x.site_name), v("language", x.language);
    v("pick_rules", x.pick_rules), v("workers", x.workers), v("document_key", x.document_key);
}

// ---- messages
// ------------------------------------------------------------------------------------------------------

void describe(auto& v, Is<HeldDoc> auto& x) {
    v("id", x.id), v("version", x.version), v("server", x.server);
}
void describe(auto& v, Is<Life> auto& x) {
    v("epoch", x.epoch), v("first_seq", x.first_seq), v("last_seq", x.last_seq);
    v("acked_upto", x.acked_upto);
}
void describe(auto& v, Is<Hello> auto& x) {
    v("lives", x.lives), v("number", x.number), v("device_time", x.device_time), v("role", x.role),
        v("program", x.program), v("lists", x.lists);
    v("packs", x.packs);
}
void describe(auto& v, Is<AckNote> auto& x) {
    v("seq", x.seq), v("reason", x.reason), v("done", x.done);
}
void describe(auto& v, Is<Ack> auto& x) {
    v("epoch", x.epoch), v("server", x.server), v("upto", x.upto), v("expect", x.expect);
    v("notes", x.notes);
}
void describe(auto& v, Is<StoredUpto> auto& x) {
    v("epoch", x.epoch), v("upto", x.upto), v("kept_upto", x.kept_upto), v("notes", x.notes);
}
void describe(auto& v, Is<Snapshot> auto& x) {
    v("epoch", x.epoch), v("hello", x.hello), v("server", x.server), v("stored", x.stored);
    v("server_time", x.server_time);
    v("settings", x.settings), v("lists", x.lists), v("packs", x.packs), v("gone", x.gone);
}
void describe(auto& v, Is<DocPublished> auto& x) {
    v("server", x.server), v("lists", x.lists), v("packs", x.packs), v("gone", x.gone);
}
void describe(auto& v, Is<Command> auto& x) {
    v("command", x.command), v("what", x.what), v("id", x.id), v("text", x.text), v("expires", x.expires);
}
void describe(auto& v, Is<Presence> auto& x) {
    v("online", x.online), v("epoch", x.epoch), v("role", x.role);
}

// ---- print documents
// -----------------------------------------------------------------------------------------------

void describe(auto& v, Is<Address> auto& x) {
    v("postcode", x.postcode), v("lines", x.lines), v("name", x.name), v("phone", x.phone);
}
void describe(auto& v, Is<Sender> auto& x) {
    v("name", x.name), v("postcode", x.postcode), v("address", x.address), v("phone", x.phone);
    v("mail", x.mail), v("registration_no", x.registration_no), v("message", x.message);
}
void describe(auto& v, Is<SlipLine> auto& x) {
    v("name", x.name), v("sku", x.sku), v("qty", x.qty), v("unit_price", x.unit_price);
    v("tax_rate_percent", x.tax_rate_percent);
}
void describe(auto& v, Is<WaybillPart> auto& x) {
    v("piece", x.piece), v("pieces", x.pieces), v("tracking", x.tracking);
}
void describe(auto& v, Is<PrintDocument> auto& x) {
    v("template_id", x.template_id), v("template_version", x.template_version), v("shipment", x.shipment);
    v("order_shown", x.order_shown), v("ship_day", x.ship_day), v("ordered_on", x.ordered_on);
    v("carrier", x.carrier), v("service", x.service), v("wished_day", x.wished_day);
    v("wished_slot", x.wished_slot), v("contents", x.contents), v("is_gift", x.is_gift);
    v("ship_to", x.ship_to), v("buyer_name", x.buyer_name), v("sender", x.sender);
    v("waybills", x.waybills), v("lines", x.lines), v("shipping", x.shipping), v("fee", x.fee);
    v("discount", x.discount), v("total", x.total);
}

}  // namespace kenpin::protocol
