#pragma once
// Decoder: reads a barcode in a picture with ZXing, in a child process (kenpin-decoder). Debian's ZXing
// aborts its process on some ordinary pictures; no parent of ours ever dies of a picture.
//
//   not started --read()--> running --answer--> running
//                              |--death--> started anew once for this picture, then Error
//                              |--silence for `timeout`--> killed, Error; next read() starts a new one
//   read_still(), read_file(): as many questions as the ladder has steps (ladder.hpp); a step that the child
//   dies of is left out, the next ones are asked of a new child.
//
// One thread at a time. A read of a label's crop takes 1-2 ms, a 1280x720 frame 7-20 ms; a still picture in
// which nothing is found 0.2-5 s. For a camera's frames see live_decoder.hpp.
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "adaptors/codes/child.hpp"
#include "adaptors/codes/read_code.hpp"
#include "core/base/images.hpp"
#include "core/base/result.hpp"

namespace kenpin::codes {

inline constexpr std::size_t most_file_bytes = 64'000'000;  // of a picture file

struct DecoderSettings {
    std::string program;  // empty: $KENPIN_DECODER, else kenpin-decoder beside the running program
    std::chrono::milliseconds timeout{2'000};
};

class Decoder {
public:
    explicit Decoder(DecoderSettings settings = {});

    /// The one code that is found, or nothing. At most one symbol is looked for, in the picture as it is.
    /// Errors: refused (picture empty or over 64 megapixels), unreachable (the child cannot be started or has
    /// died twice over this picture), busy (no answer within the timeout).
    Result<std::optional<ReadCode>> read(const GrayImage& image, Format formats);

    /// As read(), climbing the ladder until a code is believed.
    Result<std::optional<ReadCode>> read_still(const GrayImage& image, Format formats);
    /// As read_still(), of a PNG, JPEG or WebP file with these bytes. Further errors: corrupt (it is none of
    /// these, or damaged), refused (over 64 megapixels or 64 MB).
    Result<std::optional<ReadCode>> read_file(std::string_view bytes, Format formats);

    /// Starts the child if it is not running: takes the start out of the first read.
    Outcome start() { return child_.start(); }
    /// Process id of the running child, or -1. For supervision and tests.
    int child_pid() const { return child_.pid(); }
    /// How often a child died or fell silent so far.
    int lost_children() const { return lost_; }

private:
    struct Payload;
    struct Exchange;
    Exchange exchange(const Payload& payload, bool again, Format formats, std::size_t step);
    Result<std::optional<ReadCode>> climb(const Payload& payload, Format formats);

    DecoderSettings settings_;
    Child child_;
    int lost_ = 0;
};

}  // namespace kenpin::codes
