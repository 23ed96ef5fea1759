// The window on real SDL and OpenGL (software rendering, no display needed): a burst of keys becomes a scan,
// a finger's tap a touch, and what was shown is the picture.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <SDL2/SDL.h>
#include <doctest/doctest.h>

#include "adaptors/text/png.hpp"
#include "places.hpp"
#include "station/ui/stage.hpp"
#include "tests/support/screens.hpp"

using namespace kenpin;

namespace {

struct Window {
    Window() {
        ::setenv("SDL_VIDEODRIVER", "offscreen", 1);
        languages = ui::load_languages(std::string(KENPIN_SOURCE_ROOT) + "/assets/i18n").value();
        stage = ui::open_window(ui::find_profile("handheld-4").value(), languages).value();
    }
    std::vector<flow::Event> show(const flow::State& state) {
        std::vector<flow::Event> out;
        stage->show([&](ui::Kit& kit) {
            for (auto& event : ui::draw(state, kit, languages.ja, {})) out.push_back(std::move(event));
        });
        return out;
    }
    ui::Languages languages;
    std::unique_ptr<ui::Stage> stage;
};

void key(SDL_Scancode code) {
    for (const auto type : {SDL_KEYDOWN, SDL_KEYUP}) {
        SDL_Event event{};
        event.type = type;
        event.key.timestamp = SDL_GetTicks();
        event.key.keysym.scancode = code;
        SDL_PushEvent(&event);
    }
}

void tap(const ui::Rect& at) {
    for (const auto type : {SDL_MOUSEBUTTONDOWN, SDL_MOUSEBUTTONUP}) {
        SDL_Event event{};
        event.type = type;
        event.button.x = static_cast<int>(at.x + at.w / 2);
        event.button.y = static_cast<int>(at.y + at.h / 2);
        SDL_PushEvent(&event);
    }
}

}  // namespace

TEST_CASE("a burst of keys in the window is one scan, and never reaches the screen") {
    Window window;
    window.show({});
    for (const auto code :
         {SDL_SCANCODE_4, SDL_SCANCODE_9, SDL_SCANCODE_0, SDL_SCANCODE_1, SDL_SCANCODE_RETURN})
        key(code);
    std::vector<std::string> scans;
    for (int i = 0; i < 20 && scans.empty(); ++i) {
        scans = window.stage->wait(Millis{100}).scans;
        window.show({});
    }
    CHECK(scans == std::vector<std::string>{"4901"});
}

TEST_CASE("a tap on the glass, down and up at once, presses the button") {
    Window window;
    const auto desk = test::desk_at(flow::Role::picker, flow::Ask::list);
    window.show(desk.state);
    tap(window.stage->kit().find("list.start.P0147")->at);
    std::vector<flow::Event> events;
    for (int i = 0; i < 20 && events.empty(); ++i) {
        (void)window.stage->wait(Millis{100});  // only the touch counts here
        events = window.show(desk.state);
    }
    REQUIRE(events.size() == 1);
    CHECK(std::holds_alternative<flow::ListChosen>(events[0]));
}

TEST_CASE("the picture of a screen is what was shown: an OK band is dark green") {
    Window window;
    const auto desk = test::desk_at(flow::Role::picker, flow::Ask::item);
    window.show(desk.state);
    const auto path = std::filesystem::temp_directory_path() /
                      ("kenpin-window-" + std::to_string(SDL_GetPerformanceCounter()) + ".png");
    REQUIRE(window.stage->save_picture(path.string()));
    std::ostringstream bytes;
    bytes << std::ifstream(path, std::ios::binary).rdbuf();
    std::filesystem::remove(path);
    const auto gray = text::gray_of_png(bytes.str());
    REQUIRE(gray);
    CHECK(gray.value().width_px == 480);
    CHECK(gray.value().height_px == 800);
    const auto level = [&](int x, int y) {
        return gray.value().pixels[static_cast<std::size_t>(y * 480 + x)];
    };
    CHECK(level(470, 80) < 110);   // the band
    CHECK(level(470, 300) > 220);  // paper
}
