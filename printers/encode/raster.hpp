#pragma once
// Rows of dots as printer languages carry them, and pasting them onto a label. Pure.
#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/images.hpp"

namespace kenpin::encode {

inline constexpr int graphic_most_dots = 32'000;                                   // ^LL's own limit
inline constexpr std::size_t graphic_most_bytes = std::size_t{8} * 1'024 * 1'024;  // A4 at 24 dots/mm

enum class Ink { ones, zeros };  // which bits are black

/// All rows, leftmost dot in the highest bit, padding white.
std::string rows_of(const Bitmap& bitmap, Ink black);
/// A picture of whole bytes: width row_bytes * 8, as many rows as `data` has whole ones.
Bitmap bitmap_of_rows(std::string_view data, std::size_t row_bytes, Ink black);
/// Whether a printer may be asked to take so much.
bool is_possible_graphic(std::size_t row_bytes, std::size_t rows);
/// Blackens what is black in `what`; what hangs over the edge is cut.
void paste(Bitmap& on, int left, int top, const Bitmap& what);

}  // namespace kenpin::encode
