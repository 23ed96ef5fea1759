#pragma once
// A Database belongs to one thread, so SQLite need not lock a connection at each of its calls: a seventh of
// the time of an ingest went there.

namespace kenpin::sqlite {

/// Tells SQLite so, before its first connection; later, or when somebody else began with it, nothing changes.
void use_each_connection_in_one_thread();

}  // namespace kenpin::sqlite
