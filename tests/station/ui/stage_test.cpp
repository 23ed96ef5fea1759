#include "station/ui/stage.hpp"

#include <thread>

#include <doctest/doctest.h>

#include "places.hpp"

using namespace kenpin;

namespace {

std::unique_ptr<ui::Stage> headless() {
    const auto languages = ui::load_languages(std::string(KENPIN_SOURCE_ROOT) + "/assets/i18n").value();
    return ui::open_headless(ui::find_profile("handheld-4").value(), languages).value();
}

}  // namespace

TEST_CASE("a stage that nobody sees draws every frame all the same, and has no picture to give") {
    const auto stage = headless();
    flow::State state;
    const auto languages = ui::load_languages(std::string(KENPIN_SOURCE_ROOT) + "/assets/i18n").value();
    stage->show([&](ui::Kit& kit) { CHECK(ui::draw(state, kit, languages.ja, {}).empty()); });
    CHECK(stage->kit().screen() == "sign_in");
    CHECK_FALSE(stage->save_picture("never.png"));
    stage->close();
    CHECK_FALSE(stage->is_open());
}

TEST_CASE("a stage sleeps until another thread wakes it") {
    const auto stage = headless();
    std::jthread other([&] { stage->wake(); });
    CHECK(stage->wait(Millis{600'000}).scans.empty());  // ends long before its limit
}

TEST_CASE("without its fonts a stage is not opened, and says which") {
    const auto canvas =
        ui::Canvas::make(ui::find_profile("bench-10").value(), {}, {"no/such.ttc", "no/such.ttc"});
    REQUIRE_FALSE(canvas);
    CHECK(canvas.error().kind == Error::Kind::not_found);
}
