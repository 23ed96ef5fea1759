#include "printers/layout/sheet.hpp"

#include <algorithm>
#include <cmath>

namespace kenpin::layout {

Sheet::Sheet(double width_mm, double height_mm, int dpmm)
    : dpmm_(dpmm), paper_(static_cast<int>(width_mm * dpmm), static_cast<int>(height_mm * dpmm)) {}

int Sheet::dots(double mm) const {
    return static_cast<int>(std::lround(mm * dpmm_));
}

text::Box Sheet::in_dots(const MmBox& box) const {
    const int x = dots(box.x);
    const int y = dots(box.y);
    return {static_cast<double>(x), static_cast<double>(y), static_cast<double>(dots(box.x + box.width) - x),
            static_cast<double>(dots(box.y + box.height) - y)};
}

text::Fit Sheet::write(std::string_view field, std::string_view utf8, const MmBox& box, text::Style style) {
    style.size *= dpmm_;
    style.one_line_size *= dpmm_;
    style.smallest_size *= dpmm_;
    const auto fit = paper_.draw(utf8, in_dots(box), style);
    if (!fit.is_whole) cut_fields_.emplace_back(field);
    return fit;
}

void Sheet::write_down(const std::vector<std::string>& characters, const MmBox& box, text::Style style) {
    style.align = text::Align::center;
    style.is_centered_vertically = true;
    const double step = style.size * 1.15;
    double y = box.y + (box.height - step * static_cast<double>(characters.size())) / 2;
    for (const auto& character : characters) {
        const MmBox cell{box.x - 2, y - 2, box.width + 4, step + 4};
        write("title", character, cell, style);
        y += step;
    }
}

void Sheet::fill(const MmBox& box, text::Ink ink) {
    paper_.fill(in_dots(box), ink);
}

void Sheet::frame(const MmBox& box, double thickness_mm) {
    paper_.frame(in_dots(box), std::max(1, dots(thickness_mm)));
}

void Sheet::rule(double x1, double x2, double y, double thickness_mm) {
    paper_.fill({static_cast<double>(dots(x1)), static_cast<double>(dots(y)),
                 static_cast<double>(dots(x2) - dots(x1)),
                 static_cast<double>(std::max(1, dots(thickness_mm)))});
}

}  // namespace kenpin::layout
