#pragma once
// Sheet: draws on a paper in millimetres and remembers which fields could not be shown whole. Inside this
// folder.
#include <string>
#include <string_view>
#include <vector>

#include "adaptors/text/canvas.hpp"

namespace kenpin::layout {

/// Millimetres from the label's top left corner.
struct MmBox {
    double x = 0, y = 0, width = 0, height = 0;
};

inline constexpr double points_per_mm = 72 / 25.4;

class Sheet {
public:
    /// Of dots of a head: everything stands on whole dots. `paper` outlives the sheet.
    Sheet(text::BitmapPaper& paper, int dpmm) : paper_(paper), units_per_mm_(dpmm), is_whole_(true) {}
    /// Of points; nothing is rounded.
    explicit Sheet(text::PdfPaper& paper) : paper_(paper), units_per_mm_(points_per_mm), is_whole_(false) {}

    /// `style` sizes are in mm. `field` names the text in an error; it is never the text itself.
    text::Fit write(std::string_view field, std::string_view utf8, const MmBox& box, text::Style style);
    /// One character under the other, e.g. a title beside a block.
    void write_down(const std::vector<std::string>& characters, const MmBox& box, text::Style style);
    void fill(const MmBox& box, text::Ink ink = text::Ink::black);
    void frame(const MmBox& box, double thickness_mm);
    /// Horizontal from x1 to x2, the line hangs below y.
    void rule(double x1, double x2, double y, double thickness_mm);

    const std::vector<std::string>& cut_fields() const { return cut_fields_; }

private:
    double units(double mm) const;
    double thickness(double mm) const;
    text::Box in_units(const MmBox& box) const;

    text::Canvas& paper_;
    double units_per_mm_;
    bool is_whole_;
    std::vector<std::string> cut_fields_;
};

}  // namespace kenpin::layout
