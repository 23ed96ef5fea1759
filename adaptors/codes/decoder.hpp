#pragma once
// Decoder: reads a barcode in a picture with ZXing, in a child process (kenpin-decoder). Debian's ZXing
// aborts its process on some ordinary pictures; no parent of ours ever dies of a picture.
//
//   not started --read()--> running --answer--> running
//                              |--death--> started anew once for this picture, then Error
//                              |--silence for `timeout`--> killed, Error; next read() starts a new one
//
// One thread at a time. A read of a label's crop takes 1-2 ms, a 1280x720 frame 7-20 ms.
#include <chrono>
#include <optional>
#include <string>

#include "core/base/images.hpp"
#include "core/base/result.hpp"

namespace kenpin::codes {

/// A set of formats is the bitwise or of their values.
enum class Format : unsigned {
    none = 0,
    code128 = 1U << 0U,
    ean13 = 1U << 1U,
    ean8 = 1U << 2U,
    itf = 1U << 3U,
    nw7 = 1U << 4U,  // Codabar
    qr = 1U << 5U,
    data_matrix = 1U << 6U,
    code39 = 1U << 7U,
    upc_a = 1U << 8U,
    data_bar = 1U << 9U,
};
constexpr Format operator|(Format left, Format right) {
    return static_cast<Format>(static_cast<unsigned>(left) | static_cast<unsigned>(right));
}
constexpr bool contains(Format set, Format one) {
    return (static_cast<unsigned>(set) & static_cast<unsigned>(one)) != 0;
}
inline constexpr Format every_format{(1U << 10U) - 1};

struct ReadCode {
    Format format = Format::none;
    std::string bytes;         // exact; NW-7 with its start and stop letters
    std::string symbology_id;  // AIM, e.g. "]C0"
};

struct DecoderSettings {
    std::string program;  // empty: $KENPIN_DECODER, else kenpin-decoder beside the running program
    std::chrono::milliseconds timeout{2'000};
};

class Decoder {
public:
    explicit Decoder(DecoderSettings settings = {});
    ~Decoder();
    Decoder(Decoder&& other) noexcept;
    Decoder& operator=(Decoder&& other) noexcept;

    /// The one code that is found, or nothing. At most one symbol is looked for.
    /// Errors: refused (picture empty or over 64 megapixels), unreachable (the child cannot be started or has
    /// died twice over this picture), busy (no answer within the timeout).
    Result<std::optional<ReadCode>> read(const GrayImage& image, Format formats);

    /// Starts the child if it is not running: takes the start out of the first read.
    Outcome start();
    /// Process id of the running child, or -1. For supervision and tests.
    int child_pid() const { return pid_; }

private:
    struct Exchange;
    Exchange exchange(const GrayImage& image, Format formats);
    void stop();

    DecoderSettings settings_;
    int pid_ = -1;
    int socket_ = -1;
};

}  // namespace kenpin::codes
