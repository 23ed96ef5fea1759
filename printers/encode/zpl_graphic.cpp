#include "printers/encode/zpl_graphic.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>

#include <libdeflate.h>
#include <zlib.h>

#include "core/base/check.hpp"
#include "printers/encode/armour.hpp"

namespace kenpin::encode {

namespace {

Error corrupt(const char* why) {
    return {Error::Kind::corrupt, why};
}

struct FreeCompressor {
    void operator()(libdeflate_compressor* compressor) const { libdeflate_free_compressor(compressor); }
};

// Level 1: higher ones take half a label's time again for 4 % fewer bytes.
std::string deflated(const std::vector<std::uint8_t>& bytes) {
    thread_local const std::unique_ptr<libdeflate_compressor, FreeCompressor> compressor(
        libdeflate_alloc_compressor(1));
    KENPIN_CHECK(compressor != nullptr);
    std::string out(libdeflate_zlib_compress_bound(compressor.get(), bytes.size()), '\0');
    out.resize(
        libdeflate_zlib_compress(compressor.get(), bytes.data(), bytes.size(), out.data(), out.size()));
    KENPIN_CHECK(!out.empty());
    return out;
}

// At most `size` bytes come out; a longer stream is refused, a shorter one leaves white.
Result<std::vector<std::uint8_t>> inflated(const std::string& packed, std::size_t size) {
    std::vector<std::uint8_t> out(size);
    auto got = static_cast<uLongf>(size);
    const int status =
        uncompress(out.data(), &got, reinterpret_cast<const Bytef*>(packed.data()), packed.size());
    if (status != Z_OK) return corrupt("graphic data does not unpack");
    std::fill(out.begin() + static_cast<std::ptrdiff_t>(got), out.end(), std::uint8_t{0});
    return out;
}

std::string without_breaks(std::string_view data) {
    std::string out;
    out.reserve(data.size());
    for (const char c : data)
        if (c != '\r' && c != '\n' && c != ' ' && c != '\t') out += c;
    return out;
}

// ":Z64:<base64>:<crc>" or ":B64:…"
Result<std::vector<std::uint8_t>> from_armour(std::string_view data, std::size_t size) {
    constexpr std::size_t mark = 5;
    const bool is_packed = data.starts_with(":Z64:");
    const auto end = data.rfind(':');
    if (end < mark || data.size() - end != 5) return corrupt("graphic data without checksum");
    const auto text = data.substr(mark, end - mark);
    std::string crc(data.substr(end + 1));
    std::transform(crc.begin(), crc.end(), crc.begin(),
                   [](char c) { return c >= 'a' && c <= 'f' ? char(c - 32) : c; });
    if (to_hex4(crc16_xmodem(text)) != crc) return corrupt("graphic data with a wrong checksum");
    const auto bytes = from_base64(text);
    if (!bytes) return corrupt("graphic data is not base64");
    if (is_packed) return inflated(*bytes, size);
    if (bytes->size() > size) return corrupt("more graphic data than was said");
    std::vector<std::uint8_t> out(bytes->begin(), bytes->end());
    out.resize(size);
    return out;
}

int nibble_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

// Hex with run lengths: G..Y = 1..19, g..z = 20..400 repeats of the next nibble (they add up), ',' the rest
// of the row is white, '!' black, ':' the row above once more.
class HexRows {
public:
    HexRows(std::size_t total, std::size_t row) : bytes_(total), row_nibbles_(row * 2) {}

    Result<std::vector<std::uint8_t>> read(std::string_view data) {
        for (const char c : data) {
            if (at_ >= bytes_.size() * 2) break;  // more than was said: a printer ignores it too
            if (!take(c)) return corrupt("a foreign character in graphic data");
        }
        return std::move(bytes_);
    }

private:
    bool take(char c) {
        if (c >= 'G' && c <= 'Y') return count(static_cast<std::size_t>(c - 'G') + 1);
        if (c >= 'g' && c <= 'z') return count((static_cast<std::size_t>(c - 'g') + 1) * 20);
        if (c == ',') return fill_row(0);
        if (c == '!') return fill_row(15);
        if (c == ':') return repeat_row();
        const int nibble = nibble_of(c);
        if (nibble < 0) return false;
        put(static_cast<unsigned>(nibble), std::max<std::size_t>(repeat_, 1));
        return true;
    }
    bool count(std::size_t times) {
        repeat_ = std::min(repeat_ + times, bytes_.size() * 2);
        return true;
    }
    bool fill_row(unsigned nibble) {
        const auto rest = row_nibbles_ - at_ % row_nibbles_;
        put(nibble, rest);
        return true;
    }
    bool repeat_row() {
        if (at_ % row_nibbles_ != 0 || at_ < row_nibbles_) return false;
        const auto row = row_nibbles_ / 2;
        const auto start = at_ / 2;
        for (std::size_t i = 0; i < row && start + i < bytes_.size(); ++i)
            bytes_[start + i] = bytes_[start + i - row];
        at_ += row_nibbles_;
        repeat_ = 0;
        return true;
    }
    void put(unsigned nibble, std::size_t times) {
        for (std::size_t i = 0; i < times && at_ < bytes_.size() * 2; ++i, ++at_) {
            const unsigned shift = at_ % 2 == 0 ? 4U : 0U;
            bytes_[at_ / 2] = static_cast<std::uint8_t>(bytes_[at_ / 2] | nibble << shift);
        }
        repeat_ = 0;
    }

    std::vector<std::uint8_t> bytes_;
    std::size_t row_nibbles_;
    std::size_t at_ = 0;      // nibbles written
    std::size_t repeat_ = 0;  // for the next nibble
};

}  // namespace

std::string graphic_field_z64(const Bitmap& bitmap) {
    const auto total = std::to_string(bitmap.bytes.size());
    const auto text = to_base64(deflated(bitmap.bytes));
    return "^GFA," + total + "," + total + "," + std::to_string(bitmap.row_bytes()) + ",:Z64:" + text + ":" +
           to_hex4(crc16_xmodem(text));
}

Result<Bitmap> decode_graphic(std::size_t total_bytes, std::size_t row_bytes, std::string_view data) {
    if (row_bytes == 0 || total_bytes % row_bytes != 0 ||
        !is_possible_graphic(row_bytes, total_bytes / row_bytes))
        return Error{Error::Kind::refused, "a graphic of impossible size"};
    const auto text = without_breaks(data);
    const bool is_armoured = text.starts_with(":Z64:") || text.starts_with(":B64:");
    auto bytes = is_armoured ? from_armour(text, total_bytes) : HexRows(total_bytes, row_bytes).read(text);
    if (!bytes) return bytes.error();
    Bitmap out;
    out.width_dots = static_cast<int>(row_bytes * 8);
    out.height_dots = static_cast<int>(total_bytes / row_bytes);
    out.bytes = std::move(bytes).value();
    return out;
}

}  // namespace kenpin::encode
