#include "tests/bench/station_picture.hpp"

#include <chrono>
#include <cstdlib>

#include <SDL2/SDL.h>
#include <SDL2/SDL_opengl.h>

#include "places.hpp"
#include "station/ui/stage.hpp"
#include "tests/support/floor.hpp"

namespace kenpin::bench {
namespace {

using Clock = std::chrono::steady_clock;

double ms_since(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

Result<ui::Languages> languages() {
    return ui::load_languages(std::string(KENPIN_SOURCE_ROOT) + "/assets/i18n");
}

/// A picker with one long line in hand, or the nearest to it.
test::Desk desk_with_much_to_scan() {
    test::Desk desk(flow::Role::picker);
    desk.take(flow::LinkChanged{flow::Link::online});
    desk.sign_in();
    desk.follow_prompts_until(flow::Ask::item);
    return desk;
}

}  // namespace

Result<Noticed> measure_picture(const std::string& profile, int scans) {
    ::setenv("SDL_VIDEODRIVER", "offscreen", 1);
    auto words = languages();
    if (!words) return words.error();
    const auto device = ui::find_profile(profile);
    if (!device) return Error{Error::Kind::refused, "no such device: " + profile};
    auto opened = ui::open_window(*device, words.value());
    if (!opened) return opened.error();
    ui::Stage& stage = *opened.value();
    const auto show = [&](const flow::State& state) {
        stage.show(
            [&](ui::Kit& kit) { (void)ui::draw(state, kit, words.value().ja, {}); });  // nobody touches
        glFinish();
    };
    const test::Desk start = desk_with_much_to_scan();
    Noticed out;
    for (int i = 0; i <= scans; ++i) {
        test::Desk desk = start;
        show(desk.state);
        const auto edge = Clock::now();
        desk.scan(i % 2 == 0 ? test::black : test::white);  // an OK and an NG, in turn
        const double verdict = ms_since(edge);
        show(desk.state);
        if (i == 0) continue;  // warms up
        out.verdict_ms.push_back(verdict);
        out.picture_ms.push_back(ms_since(edge));
    }
    return out;
}

Result<StartParts> measure_start_parts(const std::string& profile) {
    ::setenv("SDL_VIDEODRIVER", "offscreen", 1);
    auto words = languages();
    if (!words) return words.error();
    const auto device = ui::find_profile(profile);
    if (!device) return Error{Error::Kind::refused, "no such device: " + profile};
    StartParts out;
    auto start = Clock::now();
    if (auto canvas = ui::Canvas::make(*device, words.value().characters()); !canvas) return canvas.error();
    out.letters_ms = ms_since(start);
    start = Clock::now();
    if (auto opened = ui::open_window(*device, words.value()); !opened) return opened.error();
    out.all_ms = ms_since(start);
    return out;
}

}  // namespace kenpin::bench
