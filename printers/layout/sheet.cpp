#include "printers/layout/sheet.hpp"

#include <algorithm>
#include <cmath>

namespace kenpin::layout {

double Sheet::units(double mm) const {
    return is_whole_ ? std::round(mm * units_per_mm_) : mm * units_per_mm_;
}

double Sheet::thickness(double mm) const {
    return is_whole_ ? std::max(1.0, units(mm)) : units(mm);
}

text::Box Sheet::in_units(const MmBox& box) const {
    const double x = units(box.x);
    const double y = units(box.y);
    return {x, y, units(box.x + box.width) - x, units(box.y + box.height) - y};
}

text::Fit Sheet::write(std::string_view field, std::string_view utf8, const MmBox& box, text::Style style) {
    style.size *= units_per_mm_;
    style.one_line_size *= units_per_mm_;
    style.smallest_size *= units_per_mm_;
    const auto fit = paper_.draw(utf8, in_units(box), style);
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
    paper_.fill(in_units(box), ink);
}

void Sheet::frame(const MmBox& box, double thickness_mm) {
    paper_.frame(in_units(box), thickness(thickness_mm));
}

void Sheet::rule(double x1, double x2, double y, double thickness_mm) {
    paper_.fill({units(x1), units(y), units(x2) - units(x1), thickness(thickness_mm)});
}

}  // namespace kenpin::layout
