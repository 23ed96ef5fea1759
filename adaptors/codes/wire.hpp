#pragma once
// What the decoder's parent and child say to each other over their socket. Both are the same build on one
// machine: plain structs in machine order.
//
//   parent ── Question, then `size` bytes ──> child      child ── Answer, then its texts ──> parent
#include <cstdint>

namespace kenpin::codes::wire {

inline constexpr std::uint32_t magic = 0x4B4E5045;  // "KNPE"
inline constexpr std::uint32_t most_pixels = 64'000'000;
inline constexpr std::uint32_t most_file_bytes = 64'000'000;
inline constexpr std::uint32_t most_bytes = 16'384;  // of one decoded code

enum class Task : std::uint32_t {
    picture,  // width * height grey pixels follow
    file,     // a PNG, JPEG or WebP file follows
    again,    // nothing follows: the picture of the question before
};

struct Question {
    std::uint32_t magic = wire::magic;
    Task task = Task::picture;
    std::uint32_t formats = 0;
    std::uint32_t step = 0;  // of the ladder; 0: as the picture is
    std::uint32_t width_px = 0;
    std::uint32_t height_px = 0;
    std::uint32_t size = 0;
};

enum class Said : std::uint32_t { nothing, code, not_a_picture, too_large };

struct Answer {
    std::uint32_t magic = wire::magic;
    Said said = Said::nothing;
    std::uint32_t format = 0;
    std::uint32_t id_size = 0;
    std::uint32_t text_size = 0;
    std::uint32_t size = 0;  // followed by id_size + text_size + size bytes
};

}  // namespace kenpin::codes::wire
