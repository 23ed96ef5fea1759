#pragma once
// Bars in whole dots. NW-7 is drawn by us: wide to narrow 5:2 at 8 dots/mm and 8:3 at 12, inside the 2.25 to
// 3 that its specification asks for (zint and ZXing both draw 2:1). Other symbols come from zint as modules
// and get a whole number of dots each. Pure.
#include <string>
#include <string_view>
#include <vector>

#include "core/base/images.hpp"
#include "core/base/result.hpp"

namespace kenpin::layout {

struct BarWidths {
    int narrow_dots = 2;
    int wide_dots = 5;
};
/// 8 dots/mm: 2:5 (0.25 and 0.625 mm). 12 dots/mm: 3:8 (0.25 and 0.667 mm). Others: the nearest to 0.25 mm,
/// 1:2.5.
BarWidths nw7_widths(int dpmm);

/// Dots of bars and spaces in turn, beginning and ending with a bar. `text` has its start and stop letter A-D
/// and between them digits and -$:/.+ ; Error: refused.
Result<std::vector<int>> nw7_runs(std::string_view text, BarWidths widths);

/// Bars and spaces of the one-row symbol `modules`, each module `dots` wide.
std::vector<int> runs_of(const Bitmap& modules, int dots);

int total_dots(const std::vector<int>& runs);
/// Quiet zone each side: ten narrow bars, at least 2.54 mm.
int quiet_dots(int narrow_dots, int dpmm);

struct DotBox {
    int x = 0, y = 0, width = 0, height = 0;
};
void fill(Bitmap& on, const DotBox& box, bool is_black = true);
/// Bars from `at` rightwards, `height` dots high. The caller keeps the quiet zones white.
void draw_bars(Bitmap& on, int x, int y, int height, const std::vector<int>& runs);
/// A matrix symbol, each module a square of `dots`.
void draw_modules(Bitmap& on, int x, int y, int dots, const Bitmap& modules);

/// The part of `bitmap` inside `box` as gray, each dot `scale` pixels square, for reading back. Outside is
/// white.
GrayImage crop(const Bitmap& bitmap, const DotBox& box, int scale = 1);

}  // namespace kenpin::layout
