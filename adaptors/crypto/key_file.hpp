#pragma once
// A key that lives in a file readable by its owner alone.
#include <string>

#include "adaptors/crypto/crypto.hpp"
#include "core/base/result.hpp"

namespace kenpin::crypto {

/// The key in the file at `path`; makes a random one there (mode 0600, written to disk before it is used) if
/// there is none. Errors: refused (others may read the file), corrupt (it holds no key), unreachable (cannot
/// be read or made).
Result<Key> load_or_create_key(const std::string& path);

}  // namespace kenpin::crypto
