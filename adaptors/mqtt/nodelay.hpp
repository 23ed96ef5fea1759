#pragma once
// Paho has no option for TCP_NODELAY. nodelay.cpp defines connect() itself; linked into the program it stands
// before the C library's for every shared library of the process.

namespace kenpin::mqtt {

/// True when the process resolves connect() to ours. Calling it is also what makes the linker take
/// nodelay.cpp.
bool connect_is_ours();

}  // namespace kenpin::mqtt
