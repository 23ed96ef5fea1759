#pragma once
// Sealing of personal data, hash chain, keyed hashes, randomness: libsodium's only home.
// Thread: every function may be called from any thread.
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/ids.hpp"
#include "core/base/private.hpp"
#include "core/base/result.hpp"

namespace kenpin::crypto {

inline constexpr std::size_t key_bytes = 32;

/// A secret key. Wiped from memory when it goes; neither printed nor compared.
class Key {
public:
    static Key random();
    /// Nothing but exactly key_bytes bytes makes a key (Error: corrupt).
    static Result<Key> from_bytes(std::string_view bytes);

    Key(const Key&) = default;
    Key& operator=(const Key&) = default;
    ~Key();
    std::string_view bytes() const { return {bytes_.data(), bytes_.size()}; }

private:
    Key() = default;
    std::array<char, key_bytes> bytes_{};
};

/// A new device epoch: random, 1 .. 2^63-1 (PostgreSQL's BIGINT holds no more).
Epoch random_epoch();
/// `count` random bytes as hex, e.g. for a token: 2 characters a byte.
std::string random_hex(std::size_t count);

/// BLAKE2b of `bytes`, 256 bits as 64 hex digits. For the chain of events and the hash of files.
std::string hash(std::string_view bytes);
/// The same under a key: equal texts have equal hashes for those who know the key, and nobody else can try
/// names.
std::string keyed_hash(const Key& key, std::string_view bytes);

/// XChaCha20-Poly1305 with a fresh nonce; nonce and cipher text as base64. `context` is bound to it, not
/// stored: a sealed text moved to another row does not open there.
std::string seal(const Key& key, const Private<std::string>& plain, std::string_view context);
/// Errors: corrupt (wrong key, wrong context, changed or cut text).
Result<Private<std::string>> open(const Key& key, std::string_view sealed, std::string_view context);

/// A key sealed by another one (a per-order key by the site's).
std::string wrap(const Key& outer, const Key& inner, std::string_view context);
Result<Key> unwrap(const Key& outer, std::string_view wrapped, std::string_view context);

/// Compares secrets without telling by the time it takes where they differ.
bool is_same_secret(std::string_view left, std::string_view right);

std::string to_base64(std::string_view bytes);
/// Errors: corrupt.
Result<std::string> from_base64(std::string_view text);

}  // namespace kenpin::crypto
