#pragma once
// What the decoder's parent and child say to each other over their socket. Both are the same build on one
// machine: plain structs in machine order.
#include <cstdint>

namespace kenpin::codes::wire {

inline constexpr std::uint32_t magic = 0x4B4E5044;  // "KNPD"
inline constexpr std::uint32_t most_pixels = 64'000'000;
inline constexpr std::uint32_t most_bytes = 16'384;  // of one decoded code

struct Question {
    std::uint32_t magic = wire::magic;
    std::uint32_t formats = 0;
    std::uint32_t width_px = 0;
    std::uint32_t height_px = 0;  // followed by width * height pixels
};

struct Answer {
    std::uint32_t magic = wire::magic;
    std::uint32_t format = 0;  // 0: nothing was found
    std::uint32_t id_size = 0;
    std::uint32_t size = 0;  // followed by id_size + size bytes
};

}  // namespace kenpin::codes::wire
