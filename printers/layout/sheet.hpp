#pragma once
// Sheet: draws on a bitmap in millimetres and remembers which fields could not be shown whole. Inside this
// folder.
#include <string>
#include <string_view>
#include <vector>

#include "adaptors/text/canvas.hpp"
#include "core/base/images.hpp"

namespace kenpin::layout {

/// Millimetres from the label's top left corner.
struct MmBox {
    double x = 0, y = 0, width = 0, height = 0;
};

class Sheet {
public:
    Sheet(double width_mm, double height_mm, int dpmm);

    /// `style` sizes are in mm. `field` names the text in an error; it is never the text itself.
    text::Fit write(std::string_view field, std::string_view utf8, const MmBox& box, text::Style style);
    /// One character under the other, e.g. a title beside a block.
    void write_down(const std::vector<std::string>& characters, const MmBox& box, text::Style style);
    void fill(const MmBox& box, text::Ink ink = text::Ink::black);
    void frame(const MmBox& box, double thickness_mm);
    /// Horizontal from x1 to x2, the line hangs below y.
    void rule(double x1, double x2, double y, double thickness_mm);

    int dots(double mm) const;
    const std::vector<std::string>& cut_fields() const { return cut_fields_; }
    Bitmap take() { return paper_.take(); }

private:
    text::Box in_dots(const MmBox& box) const;

    int dpmm_;
    text::BitmapPaper paper_;
    std::vector<std::string> cut_fields_;
};

}  // namespace kenpin::layout
