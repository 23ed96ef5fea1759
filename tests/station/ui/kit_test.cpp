#include "station/ui/kit.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "tests/support/ui_probe.hpp"

using namespace kenpin;
using ui::Kit;
using ui::Rect;

namespace {

const std::set<char32_t> letters = ui::characters_of("検品梱包確認");

void two_buttons(Kit& kit) {
    kit.begin("test", ui::theme::paper);
    kit.button("one", {20, 20, 200, 190}, "検品", {.paint = ui::theme::primary});
    kit.button("two", {20, 220, 200, 150}, "梱包", {.paint = ui::theme::primary}, false);
    kit.end();
}

}  // namespace

TEST_CASE("an interface letter is as tall as the profile asks: ImGui's size is not the em") {
    test::UiProbe probe("handheld-4", letters);
    probe.frame([](Kit& kit) {
        CHECK(std::lround(kit.line(ui::Size::body)) == 29);  // 20 px em
        CHECK(std::abs(kit.width("検品", ui::Size::body) - 40) <=
              2);  // the hinter rounds each to whole pixels
    });
}

TEST_CASE("a button answers once, when the finger leaves it, and a disabled one never") {
    test::UiProbe probe("handheld-4", letters);
    int one = 0;
    int two = 0;
    const auto draw = [&](Kit& kit) {
        kit.begin("test", ui::theme::paper);
        one += kit.button("one", {20, 20, 200, 150}, "検品", {.paint = ui::theme::primary});
        two += kit.button("two", {20, 200, 200, 150}, "梱包", {.paint = ui::theme::primary}, false);
        kit.end();
    };
    probe.frame(draw);
    probe.press("one", draw);
    probe.press("two", draw);
    CHECK(one == 1);
    CHECK(two == 0);
}

TEST_CASE("the audit finds what is wrong with a screen, and nothing on a good one") {
    test::UiProbe probe("handheld-4", letters);
    probe.frame(two_buttons);
    CHECK(test::complaints(probe.kit()).empty());
    probe.frame([](Kit& kit) {
        kit.begin("bad", ui::theme::paper);
        kit.button("small", {0, 0, 60, 60}, "OK", {});
        kit.button("outside", {400, 200, 200, 150}, "OK", {});
        kit.words("long", {0, 400, 50, 40}, "a sentence that is far too long", {});
        kit.words("unknown_letter", {0, 500, 300, 40}, "納", {});
        kit.words("pale", {0, 600, 300, 40}, "OK", {.paint = {ui::theme::line, ui::theme::paper}});
        kit.button("low", {0, 220, 200, 150}, "OK", {.paint = ui::theme::primary});
        kit.words("over", {0, 610, 300, 40}, "OK", {});
        kit.end();
    });
    CHECK(test::complaints(probe.kit()).size() == 7);
}

TEST_CASE("text is made smaller step by step until it fits, never below what can be read") {
    test::UiProbe probe("handheld-4", letters);
    probe.frame([](Kit& kit) {
        kit.begin("test", ui::theme::paper);
        kit.words("wide", {0, 0, 400, 100}, "OK", {.size = ui::Size::title});
        kit.words("narrow", {0, 100, 60, 100}, "検品確認", {.size = ui::Size::title});
        kit.end();
    });
    CHECK(probe.kit().find("wide")->em_px > 40);
    CHECK(probe.kit().find("narrow")->em_px < 20);
    CHECK(probe.kit().find("narrow")->fits);
}

TEST_CASE("a button breaks its text between words, never inside one") {
    test::UiProbe probe("handheld-4", letters);
    probe.frame([](Kit& kit) {
        kit.begin("test", ui::theme::paper);
        kit.button("wraps", {0, 0, 150, 150}, "Waybill once again", {.size = ui::Size::strong});
        kit.words("word", {0, 200, 40, 150}, "Understood", {.size = ui::Size::strong, .lines = 3});
        kit.end();
    });
    CHECK(probe.kit().find("wraps")->em_px >= 20);
    CHECK(probe.kit().find("wraps")->fits);
    CHECK_FALSE(probe.kit().find("word")->fits);
}

TEST_CASE("what was cut stands whole under a finger that rests beside the buttons, and goes with it") {
    test::UiProbe probe("handheld-4", letters);
    const std::string name =
        "a name of goods that is far longer than the row that it was given on this screen";
    bool pressed = false;
    const auto draw = [&](Kit& kit) {
        kit.begin("test", ui::theme::paper);
        kit.data("name", {100, 20, 300, 30}, name, {});
        pressed = pressed || kit.button("one", {20, 200, 200, 150}, "OK", {});
        kit.end();
    };
    probe.frame(draw);
    CHECK(probe.kit().find("name")->is_cut);
    probe.hold(draw);
    CHECK_FALSE(probe.kit().find("name")->is_cut);
    CHECK_FALSE(probe.kit().find("one"));
    probe.let_go(draw);
    probe.frame(draw);
    CHECK(probe.kit().find("name")->is_cut);
    CHECK_FALSE(pressed);
    probe.press("one", draw);
    CHECK(pressed);
}

TEST_CASE("the thumb decides the side of the buttons") {
    for (const auto* hand : {"", "-left"}) {
        test::UiProbe probe(std::string("handheld-4") + hand, letters);
        probe.frame([&](Kit& kit) {
            Rect rest = kit.begin("test", ui::theme::paper);
            const bool is_left = std::string(hand) == "-left";
            CHECK((kit.take_near(rest, 100).x == 0) == is_left);
            CHECK((kit.near_columns(rest, 2, 10)[1].x == rest.x) == is_left);
            kit.end();
        });
    }
}

TEST_CASE("data text is painted once and kept while it is shown; the oldest makes room") {
    struct Counting : test::MeasuringPainter {
        int painted = 0;
        ui::Picture paint(const ui::TextWish& wish) override {
            ++painted;
            return MeasuringPainter::paint(wish);
        }
    } painter;
    ui::NoTextures store;
    ui::TextCache cache(painter, store);
    const auto wish = [](int i) { return ui::TextWish{"髙﨑𠮷" + std::to_string(i), 20, false, {}, 200, 1}; };
    cache.get(wish(0));
    cache.get(wish(0));
    CHECK(painter.painted == 1);
    for (int i = 1; i <= static_cast<int>(ui::TextCache::capacity); ++i) cache.get(wish(i));
    cache.get(wish(0));
    CHECK(painter.painted == 2 + static_cast<int>(ui::TextCache::capacity));
}

TEST_CASE("the characters that differ between read and wanted are found place by place") {
    CHECK(ui::differing("4901", "4911") == std::vector<bool>{false, false, true, false});
    CHECK(ui::differing("49", "4") == std::vector<bool>{false, true});
}
