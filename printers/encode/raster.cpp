#include "printers/encode/raster.hpp"

#include <algorithm>
#include <cstdint>

namespace kenpin::encode {

std::string rows_of(const Bitmap& bitmap, Ink black) {
    std::string out(bitmap.bytes.begin(), bitmap.bytes.end());  // padding is 0 there
    if (black == Ink::zeros)
        std::transform(out.begin(), out.end(), out.begin(),
                       [](char byte) { return static_cast<char>(~byte); });
    return out;
}

Bitmap bitmap_of_rows(std::string_view data, std::size_t row_bytes, Ink black) {
    if (row_bytes == 0) return {};
    const auto rows = data.size() / row_bytes;
    Bitmap out(static_cast<int>(row_bytes * 8), static_cast<int>(rows));
    const unsigned flip = black == Ink::zeros ? 0xFFU : 0U;
    for (std::size_t i = 0; i < out.bytes.size(); ++i)
        out.bytes[i] = static_cast<std::uint8_t>(static_cast<unsigned char>(data[i]) ^ flip);
    return out;
}

bool is_possible_graphic(std::size_t row_bytes, std::size_t rows) {
    return row_bytes > 0 && rows > 0 && row_bytes <= graphic_most_dots / 8 && rows <= graphic_most_dots &&
           row_bytes * rows <= graphic_most_bytes;
}

void paste(Bitmap& on, int left, int top, const Bitmap& what) {
    for (int y = 0; y < what.height_dots && top + y < on.height_dots; ++y)
        for (int x = 0; x < what.width_dots && left + x < on.width_dots; ++x)
            if (what.is_black(x, y)) on.blacken(left + x, top + y);
}

}  // namespace kenpin::encode
