#pragma once
// A piece of data text (a buyer's words, a name of goods) as a picture for the station's screens, so that
// every character shows, whatever the interface font has: 髙 﨑 𠮷 ① and emoji.
#include <cstdint>
#include <string_view>

#include "adaptors/text/canvas.hpp"
#include "core/base/images.hpp"

namespace kenpin::text {

struct TextureStyle {
    int size_px = 16;              // height of the em square, 4..400
    std::uint32_t rgb = 0xFFFFFF;  // 0xRRGGBB; emoji keep their own colours
    Weight weight = Weight::regular;
    int max_width_px = 0;  // 0: as wide as it needs
    int max_lines = 1;     // wraps up to this, then ends with "…"; 0: as many as needed
    Align align = Align::left;
};

struct Texture {
    RgbaImage image;
    int baseline_px = 0;        // of the first line, from the top
    bool is_shortened = false;  // an ellipsis hides something: offer the whole text elsewhere
};

/// Transparent background. Empty text gives an image 1 px wide and one line high. At most 8192 px wide and
/// high.
Texture draw_texture(std::string_view utf8, const TextureStyle& style);

}  // namespace kenpin::text
