#pragma once
// Exceptions (例外): what a device saw confirmed and the rules do not allow any more: its list went to
// another device, the shipment was cancelled, somebody did it first. It is stored, has no effect, and waits
// here for a supervisor, who settles it; the device is told with its acknowledgement.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "adaptors/sqlite/database.hpp"
#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/protocol/messages.hpp"
#include "server/store/events.hpp"

namespace kenpin::store {

/// The record of `late`, which took no effect because of `reason`, with who had done it before.
protocol::EvidenceKept evidence_of(sqlite::Tx& tx, const SiteId& site, const StoredEvent& late,
                                   const std::string& reason);

/// Those of the device's events from `first` to `last`, in order of seq.
std::vector<protocol::AckNote> notes_of(sqlite::Tx& tx, const SiteId& site, const DeviceId& device,
                                        Epoch epoch, Seq first, Seq last);

/// What was answered to who wanted it cancelled, as it turned out; empty: nobody asked.
std::string cancel_answer(sqlite::Tx& tx, const SiteId& site, const ShipmentId& shipment);
/// Whose word it was; empty: nobody's.
std::string cancel_asked_by(sqlite::Tx& tx, const SiteId& site, const ShipmentId& shipment);

struct ExceptionRow {
    std::int64_t number = 0;  // its name: the position of its event
    std::string reason{};     // "leased_elsewhere", "list_revoked", "too_many", "stopped", …
    std::string what{};       // the kind of the device's event
    DeviceId device{};
    Epoch epoch{};
    Seq seq{};
    std::string worker{}, list{}, shipment{};  // empty: none
    Instant kept_at{};
    DeviceId done_device{};  // empty: nobody had done it
    std::string done_worker{};
    Instant done_at{};
    std::string state{};  // "open" | "settled"
    Instant settled_at{};
    std::string settled_by{}, note{};
    Sku sku{};  // of a shortage; else empty
};
std::optional<ExceptionRow> exception_row(sqlite::Tx& tx, const SiteId& site, std::int64_t number);
/// Whether somebody is told already that two devices speak as `device`: in an open case, or in any about the
/// life `later`.
bool is_told_of_two(sqlite::Tx& tx, const SiteId& site, const DeviceId& device, Epoch later);
/// The open ones, oldest first, after `after`.
std::vector<ExceptionRow> open_exceptions(sqlite::Tx& tx, const SiteId& site, std::int64_t after, int limit);

}  // namespace kenpin::store
