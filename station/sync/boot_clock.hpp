#pragma once
// The machine's clock for leases: it cannot be set, and it goes on while the machine sleeps. It begins anew
// with each boot, so what was measured before a boot says nothing after it.
#include "station/sync/outbox.hpp"

namespace kenpin::sync {

/// Now by CLOCK_BOOTTIME, with the name of this run of the machine. Any thread.
Receipt receipt_now();

/// What is left of a lease of `length` that was received at `received`: nothing when the machine was started
/// anew since, for nobody can say how long it was off. The server says it with the next hello.
Millis left_of(Millis length, const Receipt& received, const Receipt& now);

}  // namespace kenpin::sync
