#include "adaptors/gzip/gzip.hpp"

#include <algorithm>
#include <array>

#include <zlib.h>

namespace kenpin::gzip {
namespace {

constexpr int gzip_window = 15 + 16;  // the largest window, with gzip's header

// Ends zlib's state however unpacking goes.
class Inflating {
public:
    explicit Inflating(std::string_view bytes) : rest_(bytes) {
        is_ready_ = inflateInit2(&stream_, gzip_window) == Z_OK;
    }
    ~Inflating() { inflateEnd(&stream_); }
    Inflating(const Inflating&) = delete;
    Inflating& operator=(const Inflating&) = delete;

    bool is_ready() const { return is_ready_; }

    // Appends what one call yields. Z_STREAM_END: a member is over.
    int step(std::string& unpacked) {
        if (stream_.avail_in == 0) feed();
        stream_.next_out = reinterpret_cast<Bytef*>(part_.data());
        stream_.avail_out = static_cast<uInt>(part_.size());
        const int state = inflate(&stream_, Z_NO_FLUSH);
        unpacked.append(part_.data(), part_.size() - stream_.avail_out);
        return state;
    }
    bool is_at_end() const { return stream_.avail_in == 0 && rest_.empty(); }
    bool begin_next_member() { return inflateReset(&stream_) == Z_OK; }

private:
    void feed() {
        const auto length = std::min<std::size_t>(rest_.size(), 1U << 20U);
        // zlib's interface is not const-correct; it never writes to its input.
        stream_.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(rest_.data()));
        stream_.avail_in = static_cast<uInt>(length);
        rest_.remove_prefix(length);
    }

    std::string_view rest_;
    z_stream stream_{};
    std::array<char, 1U << 16U> part_{};
    bool is_ready_ = false;
};

}  // namespace

bool is_packed(std::string_view bytes) {
    return bytes.starts_with("\x1F\x8B");
}

Result<std::string> unpack(std::string_view bytes, std::size_t most_bytes) {
    Inflating inflating(bytes);
    if (!inflating.is_ready()) return Error{Error::Kind::full, "zlib: no memory"};
    std::string unpacked;
    while (true) {
        const int state = inflating.step(unpacked);
        if (unpacked.size() > most_bytes)
            return Error{Error::Kind::full, "unpacks to more than " + std::to_string(most_bytes) + " bytes"};
        if (state == Z_STREAM_END) {
            if (inflating.is_at_end()) return unpacked;
            if (!inflating.begin_next_member()) return Error{Error::Kind::corrupt, "gzip member"};
        } else if (state != Z_OK) {
            return Error{Error::Kind::corrupt, inflating.is_at_end() ? "gzip: cut off" : "gzip: damaged"};
        }
    }
}

}  // namespace kenpin::gzip
