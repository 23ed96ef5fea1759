#pragma once
// What threads post to the one that draws, and what it means to the flow. Pure.
#include <variant>
#include <vector>

#include "core/base/time.hpp"
#include "station/app/bridge_client.hpp"
#include "station/app/client.hpp"
#include "station/flow/events.hpp"
#include "station/flow/fold.hpp"
#include "station/sync/notices.hpp"
#include "station/sync/outbox.hpp"

namespace kenpin::app {

using Incoming = std::variant<flow::Event, sync::Notice>;

/// Nothing for what is only for the log.
std::vector<flow::Event> to_flow(const sync::Notice& notice, Millis mono);
/// "" for what says nothing to a log.
std::string for_the_log(const sync::Notice& notice);

ScanFromBridge to_scan(const BridgeScan& scan);

/// The documents as they were stored, each lease with what is left of it at `now`.
flow::Documents documents_of(const sync::Resume& resume, const sync::Receipt& now);

}  // namespace kenpin::app
