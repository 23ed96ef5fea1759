#include "adaptors/crypto/crypto.hpp"

#include <sodium.h>

#include "core/base/check.hpp"

namespace kenpin::crypto {
namespace {

static_assert(key_bytes == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(key_bytes >= crypto_generichash_KEYBYTES_MIN && key_bytes <= crypto_generichash_KEYBYTES_MAX);

constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t hash_bytes = crypto_generichash_BYTES;

void use_sodium() {
    static const int state = sodium_init();
    KENPIN_CHECK(state >= 0);
}

const unsigned char* raw(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* raw(std::string& bytes) {
    return reinterpret_cast<unsigned char*>(bytes.data());
}

std::string hex(std::string_view bytes) {
    std::string text(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), raw(bytes), bytes.size());
    text.pop_back();
    return text;
}

std::string random_string(std::size_t count) {
    use_sodium();
    std::string bytes(count, '\0');
    randombytes_buf(bytes.data(), bytes.size());
    return bytes;
}

std::string hash_under(std::string_view key, std::string_view bytes) {
    use_sodium();
    std::string out(hash_bytes, '\0');
    crypto_generichash(raw(out), out.size(), raw(bytes), bytes.size(), key.empty() ? nullptr : raw(key),
                       key.size());
    return hex(out);
}

Error unreadable() {
    return Error{Error::Kind::corrupt, "crypto: a sealed text does not open"};
}

}  // namespace

Key Key::random() {
    use_sodium();
    Key key;
    randombytes_buf(key.bytes_.data(), key.bytes_.size());
    return key;
}

Result<Key> Key::from_bytes(std::string_view bytes) {
    if (bytes.size() != key_bytes) return Error{Error::Kind::corrupt, "crypto: a key has 32 bytes"};
    Key key;
    bytes.copy(key.bytes_.data(), key_bytes);
    return key;
}

Key::~Key() {
    sodium_memzero(bytes_.data(), bytes_.size());
}

Epoch random_epoch() {
    use_sodium();
    std::int64_t value = 0;
    while (value == 0) {
        randombytes_buf(&value, sizeof value);
        value &= INT64_MAX;
    }
    return Epoch{value};
}

std::string random_hex(std::size_t count) {
    return hex(random_string(count));
}

std::string hash(std::string_view bytes) {
    return hash_under({}, bytes);
}

std::string keyed_hash(const Key& key, std::string_view bytes) {
    return hash_under(key.bytes(), bytes);
}

std::string seal(const Key& key, const Private<std::string>& plain, std::string_view context) {
    const auto nonce = random_string(nonce_bytes);
    const auto& text = plain.reveal();
    std::string cipher(text.size() + tag_bytes, '\0');
    unsigned long long length = 0;
    crypto_aead_xchacha20poly1305_ietf_encrypt(raw(cipher), &length, raw(text), text.size(), raw(context),
                                               context.size(), nullptr, raw(nonce), raw(key.bytes()));
    return to_base64(nonce + cipher);
}

Result<Private<std::string>> open(const Key& key, std::string_view sealed, std::string_view context) {
    const auto bytes = from_base64(sealed);
    if (!bytes || bytes.value().size() < nonce_bytes + tag_bytes) return unreadable();
    const std::string_view nonce = std::string_view(bytes.value()).substr(0, nonce_bytes);
    const std::string_view cipher = std::string_view(bytes.value()).substr(nonce_bytes);
    std::string plain(cipher.size() - tag_bytes, '\0');
    unsigned long long length = 0;
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(raw(plain), &length, nullptr, raw(cipher), cipher.size(),
                                                   raw(context), context.size(), raw(nonce),
                                                   raw(key.bytes())) != 0)
        return unreadable();
    return Private<std::string>(std::move(plain));
}

std::string wrap(const Key& outer, const Key& inner, std::string_view context) {
    return seal(outer, Private<std::string>(std::string(inner.bytes())), context);
}

Result<Key> unwrap(const Key& outer, std::string_view wrapped, std::string_view context) {
    const auto bytes = open(outer, wrapped, context);
    if (!bytes) return bytes.error();
    return Key::from_bytes(bytes.value().reveal());
}

bool is_same_secret(std::string_view left, std::string_view right) {
    if (left.size() != right.size()) return false;
    return sodium_memcmp(left.data(), right.data(), left.size()) == 0;
}

std::string to_base64(std::string_view bytes) {
    std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(), raw(bytes), bytes.size(), sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();  // the terminating zero is counted in
    return text;
}

Result<std::string> from_base64(std::string_view text) {
    std::string bytes(text.size() / 4 * 3 + 3, '\0');
    std::size_t length = 0;
    const char* end = nullptr;
    const int state = sodium_base642bin(raw(bytes), bytes.size(), text.data(), text.size(), nullptr, &length,
                                        &end, sodium_base64_VARIANT_ORIGINAL);
    if (state != 0 || end != text.data() + text.size())
        return Error{Error::Kind::corrupt, "crypto: no base64"};
    bytes.resize(length);
    return bytes;
}

}  // namespace kenpin::crypto
