#include "station/ui/draw.hpp"

#include <set>
#include <string>

#include <doctest/doctest.h>

#include "places.hpp"
#include "station/ui/dump.hpp"
#include "tests/support/screens.hpp"
#include "tests/support/ui_probe.hpp"

using namespace kenpin;

namespace {

constexpr const char* printer_words[] = {
    "head_open",     "media_out",    "media_low",     "ribbon_out", "wrong_media", "jam",  "cutter_fault",
    "label_waiting", "head_too_hot", "head_too_cold", "paused",     "offline",     "error"};

const ui::Languages& languages() {
    static const ui::Languages loaded =
        ui::load_languages(std::string(KENPIN_SOURCE_ROOT) + "/assets/i18n").value();
    return loaded;
}

std::vector<flow::Event> pressed(const flow::State& state, std::string_view profile, std::string_view key) {
    test::UiProbe probe(profile, languages().characters());
    std::vector<flow::Event> out;
    const auto draw = [&](ui::Kit& kit) {
        for (auto& event : ui::draw(state, kit, languages().ja, {})) out.push_back(std::move(event));
    };
    probe.frame(draw);
    probe.press(key, draw);
    return out;
}

}  // namespace

TEST_CASE(
    "no screen asks for a text that is not in the table, and both tables have the same keys and slots") {
    CHECK(languages().ja.missing().empty());
    CHECK(languages().en.missing().empty());
    CHECK(languages().ja.all().size() == languages().en.all().size());
    for (const auto& [key, text] : languages().ja.all()) {
        INFO(key);
        const auto other = languages().en.all().find(key);
        REQUIRE(other != languages().en.all().end());
        CHECK(ui::slots_of(text) == ui::slots_of(other->second));
    }
}

TEST_CASE("every refusal and every state of a printer has its words") {
    for (const auto* table : {&languages().ja, &languages().en}) {
        for (int i = 0; i <= static_cast<int>(domain::Refusal::nothing_to_do); ++i)
            CHECK(table->all().contains("ng." + std::string(domain::name(static_cast<domain::Refusal>(i)))));
        for (const auto* state : printer_words) CHECK(table->all().contains("printer." + std::string(state)));
        for (const auto* state : {"sent", "printed", "unknown", "failed", "cancelled"})
            CHECK(table->all().contains("paper." + std::string(state)));
    }
}

TEST_CASE("pressing the confirmation of an NG at the bench clears it") {
    auto desk = test::desk_at(flow::Role::packer, flow::Ask::goods);
    desk.scan(test::white);
    REQUIRE(desk.state.alarm);
    for (const auto& event : pressed(desk.state, "bench-10", "confirm")) desk.take(event);
    CHECK_FALSE(desk.state.alarm);
}

TEST_CASE("pressing the start of a list takes it in hand") {
    auto desk = test::desk_at(flow::Role::picker, flow::Ask::list);
    for (const auto& event : pressed(desk.state, "handheld-4", "list.start.P0147")) desk.take(event);
    CHECK(desk.ask() == flow::Ask::tote);
}

TEST_CASE("pressing the language changes it at once") {
    auto desk = test::desk_at(flow::Role::picker, flow::Ask::list);
    for (const auto& event : pressed(desk.state, "handheld-4", "language")) desk.take(event);
    CHECK(desk.state.language == "en");
}

TEST_CASE("an NG marks the characters that differ and names both goods") {
    auto desk = test::desk_at(flow::Role::picker, flow::Ask::item);
    desk.scan(test::white);
    test::UiProbe probe("handheld-4", languages().characters());
    probe.frame([&](ui::Kit& kit) { (void)ui::draw(desk.state, kit, languages().ja, {}); });
    REQUIRE(probe.kit().find("read"));
    CHECK(probe.kit().find("read")->text == test::white);
    CHECK(probe.kit().find("wanted")->text == test::black);
    CHECK(probe.kit().find("read.goods")->text.find("白") != std::string::npos);
    CHECK(probe.kit().find("wanted.goods")->text.find("黒") != std::string::npos);
    CHECK(probe.kit().find("alarm.mark")->text == "×");
}

TEST_CASE("the state dump of a screen names its targets with their places") {
    auto desk = test::desk_at(flow::Role::picker, flow::Ask::list);
    test::UiProbe probe("handheld-4", languages().characters());
    probe.frame([&](ui::Kit& kit) { (void)ui::draw(desk.state, kit, languages().ja, {}); });
    const std::string json = ui::to_json(probe.kit());
    CHECK(json.find("\"screen\":\"list_choice\"") != std::string::npos);
    CHECK(json.find("\"key\":\"list.start.P0147\",\"kind\":\"button\",\"text\":\"開始\"") !=
          std::string::npos);
}
