#include "station/ui/views.hpp"

namespace kenpin::ui {
namespace {

void badge_picture(Kit& kit, Rect at) {
    const float height = std::min(at.h, at.w * 0.7f);
    Rect badge{at.x + (at.w - height * 1.4f) / 2, at.y + (at.h - height) / 2, height * 1.4f, height};
    kit.fill(badge, theme::card, 2.0);
    kit.frame(badge, theme::steel, 0.6);
    Rect inner = inset(badge, height * 0.12f);
    const Rect face = take_left(inner, inner.w * 0.4f);
    kit.fill(face, theme::shade, 1.0);
    take_left(inner, height * 0.08f);
    for (int bar = 0; bar < 9; ++bar) {
        const float step = inner.w / 9;
        kit.fill({inner.x + static_cast<float>(bar) * step, inner.y + inner.h * 0.45f,
                  step * (bar % 3 == 1 ? 0.7f : 0.4f), inner.h * 0.55f},
                 theme::ink_dark);
    }
    kit.fill({inner.x, inner.y, inner.w, inner.h * 0.14f}, theme::line);
    kit.fill({inner.x, inner.y + inner.h * 0.22f, inner.w * 0.6f, inner.h * 0.1f}, theme::line);
}

}  // namespace

void sign_in_view(Pen& pen, Touches& touches, Instant at) {
    Kit& kit = pen.kit;
    Rect rest = kit.begin("sign_in", theme::paper);
    top_bar(pen, rest, pen.state.settings.site_name);
    footer_buttons(pen, rest, touches, at);
    trouble_bands(pen, rest);
    message_band(pen, rest, touches, at);
    rest = inset(rest, kit.mm(3));
    const Rect title = take_top(rest, kit.line(Size::title) * 1.4f);
    kit.words("title", title, pen.tr(pen.state.role == flow::Role::picker ? "title.picker" : "title.packer"),
              {.size = Size::title, .paint = theme::calm, .align = Align::centre});
    const Rect row = take_bottom(rest, kit.line(Size::large) * 1.5f);
    kit.words("instruction", row, pen.tr("ask.badge"),
              {.size = Size::large, .paint = theme::calm, .align = Align::centre});
    badge_picture(kit, inset(rest, kit.mm(4)));
}

}  // namespace kenpin::ui
