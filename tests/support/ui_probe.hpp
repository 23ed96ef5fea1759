#pragma once
// Runs screens without a window or GPU, presses targets by key, and audits what a screen noted.
#include <algorithm>
#include <functional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "station/ui/canvas.hpp"
#include "station/ui/kit.hpp"
#include "station/ui/translations.hpp"

namespace kenpin::test {

/// Stands for the painter of data text where only sizes matter: each character a full em wide (ASCII 0.6 em).
class MeasuringPainter : public ui::TextPainter {
public:
    ui::Picture paint(const ui::TextWish& wish) override {
        float width = 0;
        int lines = 1;
        bool is_long = false;
        for (const char byte : wish.text) {
            const auto c = static_cast<unsigned char>(byte);
            if ((c & 0xC0) == 0x80) continue;
            const float advance = wish.em_px * (c < 0x80 ? 0.6f : 1.0f);
            if (width + advance > wish.width_px && lines < wish.lines) {
                ++lines;
                width = 0;
            }
            is_long = is_long || width + advance > wish.width_px;
            width = std::min(width + advance, wish.width_px);
        }
        const float used = lines > 1 ? wish.width_px : width;
        return {static_cast<int>(used),
                static_cast<int>(wish.em_px * 1.448f * static_cast<float>(lines)),
                {},
                is_long};
    }
};

class UiProbe {
public:
    UiProbe(std::string_view profile, const std::set<char32_t>& characters)
        : canvas_(ui::Canvas::make(ui::find_profile(profile).value(), characters).value()),
          cache_(painter_, store_),
          kit_(canvas_, cache_) {}

    ui::Kit& kit() { return kit_; }
    void frame(const std::function<void(ui::Kit&)>& draw) {
        canvas_.begin_frame(1.0f / 60);
        draw(kit_);
        canvas_.end_frame();
    }
    /// A finger on the target and off again. Throws when the screen drawn last has no such target.
    void press(std::string_view key, const std::function<void(ui::Kit&)>& draw) {
        const ui::Noted* hit = kit_.find(key);
        if (!hit) throw std::runtime_error("no such target: " + std::string(key));
        const float x = hit->at.x + hit->at.w / 2;
        const float y = hit->at.y + hit->at.h / 2;
        canvas_.pointer(x, y, false);
        frame(draw);
        canvas_.pointer(x, y, true);
        canvas_.pointer(x, y, false);
        frame(draw);
        frame(draw);
    }

    /// A finger that rests on the glass where no button is.
    void hold(const std::function<void(ui::Kit&)>& draw) {
        canvas_.pointer(0, 0, true);
        frame(draw);
    }
    void let_go(const std::function<void(ui::Kit&)>& draw) {
        canvas_.pointer(0, 0, false);
        frame(draw);
    }

private:
    ui::Canvas canvas_;
    MeasuringPainter painter_;
    ui::NoTextures store_;
    ui::TextCache cache_;
    ui::Kit kit_;
};

/// Letters on what says "OK" and "NG" are as dark as the standard's colours let them be; grey buttons are no
/// reading. All else is body text.
inline double least_contrast(const ui::Noted& noted) {
    if (noted.paint == ui::theme::ok || noted.paint == ui::theme::ng) return 6.0;
    return noted.enabled ? 7.0 : 4.5;
}
inline bool is_primary(const ui::Noted& noted) {
    return noted.kind == ui::Kind::button && noted.enabled &&
           (noted.paint == ui::theme::primary || noted.paint == ui::theme::inverted);
}

/// What is wrong with the screen drawn last, one sentence each; empty when all is well.
inline std::vector<std::string> complaints(const ui::Kit& kit) {
    std::vector<std::string> out;
    const auto say = [&](const ui::Noted& n, const std::string& what) {
        out.push_back(kit.screen() + "/" + n.key + " " + what + " \"" + n.text + "\"");
    };
    const auto is_smaller = [&](const ui::Noted& n, double least_mm) {
        const float least = kit.mm(least_mm) - 0.5f;
        return n.at.w < least || n.at.h < least;
    };
    const auto& all = kit.noted();
    for (std::size_t i = 0; i < all.size(); ++i) {
        const ui::Noted& n = all[i];
        if (!ui::contains(kit.glass(), n.at)) say(n, "lies outside the glass");
        if (n.kind == ui::Kind::button && is_smaller(n, 15)) say(n, "is smaller than 15 mm");
        if (is_primary(n) && is_smaller(n, 20)) say(n, "leads on and is smaller than 20 mm");
        if (!n.fits) say(n, "has text that does not fit");
        if (!n.glyphs_present) say(n, "has characters without letters");
        if (n.kind != ui::Kind::mark && ui::contrast(n.paint) < least_contrast(n))
            say(n, "has too little contrast");
        for (std::size_t k = i + 1; k < all.size(); ++k)
            if (ui::overlap(n.at, all[k].at)) say(n, "overlaps " + all[k].key);
    }
    return out;
}

}  // namespace kenpin::test
