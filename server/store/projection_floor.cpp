// People, printers and mistakes: what the live board and the meeting report are made of.
#include "server/store/projectors.hpp"

namespace kenpin::store {
namespace {

Instant hour_of(Instant at) {
    return std::chrono::floor<std::chrono::hours>(at);
}

std::string text_of(const auto& maybe_id) {
    return maybe_id ? maybe_id->value : std::string{};
}

// Open until a supervisor settles it.
void open_case(const Fold& f, const protocol::EvidenceKept& e) {
    const auto done = e.done.value_or(protocol::DoneBefore{});
    f.tx.run(
        "INSERT INTO exception_case (site, position, reason, event_kind, device, epoch, seq, worker, list, "
        "shipment, kept_ms, done_device, done_worker, done_ms, state, settled_ms, settled_by, note) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', 0, '', '')",
        f.site, f.stored.position, e.reason, e.what.value_or(""), e.device, e.epoch, e.seq, text_of(e.worker),
        text_of(e.list), text_of(e.shipment), f.at(), done.device, text_of(done.worker), done.at);
}

// A bench that could not know closed a piece of a shipment that was to be stopped: 間に合わず.
void note_too_late(const Fold& f, const protocol::EvidenceKept& e) {
    const bool is_late_close = e.shipment && e.what == std::string(protocol::PieceClosed::kind) &&
                               e.reason == domain::name(domain::Refusal::stopped);
    if (!is_late_close) return;
    f.tx.run("UPDATE cancel_request SET answer = 'too_late' WHERE site = ? AND shipment = ?", f.site,
             *e.shipment);
}

// Its device takes the list for finished until it is brought again.
void offer_again(const Fold& f, const protocol::EvidenceKept& e) {
    if (!e.list || e.what != std::string(protocol::ListFinished::kind)) return;
    f.tx.run("UPDATE pick_list SET version = version + 1 WHERE site = ? AND list = ? AND state <> 'finished'",
             f.site, *e.list);
}

}  // namespace

void open_task(const Fold& f, const std::string& reason, const ListId& list, const ShipmentId& shipment,
               const Sku& sku) {
    f.tx.run(
        "INSERT INTO exception_case (site, position, reason, event_kind, device, epoch, seq, worker, list, "
        "shipment, kept_ms, done_device, done_worker, done_ms, state, settled_ms, settled_by, note, sku) "
        "VALUES (?, ?, ?, ?, ?, 0, 0, ?, ?, ?, ?, '', '', 0, 'open', 0, '', '', ?)",
        f.site, f.stored.position, reason, std::string(protocol::kind_of(f.stored.event.body)), f.device(),
        text_of(f.stored.event.worker), list, shipment, f.stored.server_time, sku);
}

void count_hour(const Fold& f, const HourCounts& counts) {
    f.tx.run(
        "INSERT INTO work_hour (site, hour_ms, picked_units, verified_units, pieces_closed, "
        "shipments_shipped, "
        "errors_caught) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (site, hour_ms) DO UPDATE SET "
        "picked_units = work_hour.picked_units + excluded.picked_units, "
        "verified_units = work_hour.verified_units + excluded.verified_units, "
        "pieces_closed = work_hour.pieces_closed + excluded.pieces_closed, "
        "shipments_shipped = work_hour.shipments_shipped + excluded.shipments_shipped, "
        "errors_caught = work_hour.errors_caught + excluded.errors_caught",
        f.site, hour_of(f.at()), counts.picked_units, counts.verified_units, counts.pieces_closed,
        counts.shipments_shipped, counts.errors_caught);
}

Effect fold(const Fold& f, const protocol::WorkerSignedIn& e) {
    f.tx.run(
        "INSERT INTO device_worker (site, device, worker, since_ms) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (site, device) DO UPDATE SET worker = excluded.worker, since_ms = excluded.since_ms",
        f.site, f.device(), e.worker, f.at());
    return applied();
}

Effect fold(const Fold& f, const protocol::WorkerSignedOut& e) {
    f.tx.run("DELETE FROM device_worker WHERE site = ? AND device = ? AND worker = ?", f.site, f.device(),
             e.worker);
    return applied();
}

Effect fold(const Fold& f, const protocol::ScanRefused& e) {
    f.tx.run(
        "INSERT INTO error_caught (site, position, at_ms, device, worker, place, refusal, was_read, wanted, "
        "list, "
        "shipment, sku) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        f.site, f.stored.position, f.at(), f.device(), text_of(f.stored.event.worker), e.place,
        std::string(domain::name(e.refusal)), e.read, e.wanted, text_of(e.list), text_of(e.shipment),
        text_of(e.sku));
    count_hour(f, {.errors_caught = 1});
    return applied();
}

Effect fold(const Fold& f, const protocol::PrinterChanged& e) {
    f.tx.run(
        "INSERT INTO printer_state (site, printer, state, device, changed_ms) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (site, printer) DO UPDATE SET state = excluded.state, device = excluded.device, "
        "changed_ms = excluded.changed_ms",
        f.site, e.printer, e.state, f.device(), f.at());
    return applied();
}

Effect fold(const Fold& f, const protocol::MasterImported& e) {
    f.tx.run(
        "INSERT INTO master_import (site, name, row_count, content_hash, imported_ms) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (site, name) DO UPDATE SET row_count = excluded.row_count, "
        "content_hash = excluded.content_hash, imported_ms = excluded.imported_ms",
        f.site, e.table, e.rows, e.content_hash, f.at());
    return applied();
}

// Keys lie beside the events (api_keys.hpp): nothing is folded from these two.
Effect fold(const Fold&, const protocol::ApiKeyMade&) {
    return applied();
}

Effect fold(const Fold&, const protocol::ApiKeyRevoked&) {
    return applied();
}

Effect fold(const Fold& f, const protocol::EvidenceKept& e) {
    f.tx.run(
        "INSERT INTO evidence (site, device, epoch, seq, reason, kept_ms) VALUES (?, ?, ?, ?, ?, ?) ON "
        "CONFLICT DO NOTHING",
        f.site, e.device, e.epoch, e.seq, e.reason, f.at());
    open_case(f, e);
    note_too_late(f, e);
    offer_again(f, e);
    return applied();
}

Effect fold(const Fold& f, const protocol::ExceptionSettled& e) {
    const auto changed = f.tx.run(
        "UPDATE exception_case SET state = 'settled', settled_ms = ?, settled_by = ?, note = ? WHERE site = "
        "? "
        "AND position = ? AND state = 'open'",
        f.at(), e.by, e.note, f.site, e.exception);
    return changed == 0 ? no_effect("no_open_exception") : applied();
}

// The cursor is not a projection: skip_lost() moves it.
Effect fold(const Fold& f, const protocol::EventsLost& e) {
    protocol::EvidenceKept lost;
    lost.device = e.device, lost.epoch = e.epoch, lost.seq = e.first;
    lost.reason = "events_lost";
    open_case(f, lost);
    return applied();
}

Effect fold(const Fold& f, const protocol::TwoDevices& e) {
    protocol::EvidenceKept two;
    two.device = e.device, two.epoch = e.epoch, two.seq = Seq{0};  // of no event
    two.reason = "two_devices";
    open_case(f, two);
    return applied();
}

Effect fold(const Fold& f, const protocol::BackupMade& e) {
    f.tx.run("INSERT INTO backup (site, position, name, upto, made_ms) VALUES (?, ?, ?, ?, ?)", f.site,
             f.stored.position, e.name, e.upto, f.at());
    return applied();
}

Effect fold(const Fold& f, const protocol::NumbersSkipped& e) {
    f.tx.run(
        "INSERT INTO running_number (site, name, used) VALUES (?, ?, ?) ON CONFLICT (site, name) DO UPDATE "
        "SET used = CASE WHEN excluded.used > running_number.used THEN excluded.used ELSE "
        "running_number.used END",
        f.site, e.numbers, e.upto);
    return applied();
}

Effect fold(const Fold&, const protocol::UnknownKind&) {
    return no_effect("unknown_kind");
}

}  // namespace kenpin::store
