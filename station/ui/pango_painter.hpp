#pragma once
// Data text by Pango: every character shows, whatever the interface's letters are.
#include "station/ui/text_painter.hpp"

namespace kenpin::ui {

class PangoPainter : public TextPainter {
public:
    Picture paint(const TextWish& wish) override;
};

}  // namespace kenpin::ui
