// Every screen × language × device × hand × length of text: what no worker should have to put up with.
#include <functional>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "places.hpp"
#include "station/ui/draw.hpp"
#include "tests/support/screens.hpp"
#include "tests/support/ui_probe.hpp"

using namespace kenpin;

namespace {

constexpr double longer = 1.6;  // than our English: what the next language may need

const ui::Languages& languages() {
    static const ui::Languages loaded =
        ui::load_languages(std::string(KENPIN_SOURCE_ROOT) + "/assets/i18n").value();
    return loaded;
}

/// `text` with words of its own letters behind it.
std::string stretched(const std::string& text) {
    std::string letters;
    for (const char c : text)
        if (c == ' ' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) letters += c;
    const auto more = static_cast<std::size_t>(static_cast<double>(letters.size()) * (longer - 1));
    return more == 0 ? text : text + " " + letters.substr(0, more);
}

const ui::Translations& long_english() {
    static const ui::Translations table = [] {
        std::string rows;
        for (const auto& [key, text] : languages().en.all()) rows += key + "\t" + stretched(text) + "\n";
        return ui::Translations::parse(rows).value();
    }();
    return table;
}

/// What was cut stands whole under a resting finger.
void look_at_the_whole(test::UiProbe& probe, const std::function<void(ui::Kit&)>& draw) {
    std::set<std::string> cut;
    for (const auto& noted : probe.kit().noted())
        if (noted.is_cut) cut.insert(noted.text);
    if (cut.empty()) return;
    probe.hold(draw);
    for (const auto& noted : probe.kit().noted())
        if (!noted.is_cut) cut.erase(noted.text);
    for (const auto& text : cut) FAIL_CHECK("nowhere whole: ", text);
    for (const auto& complaint : test::complaints(probe.kit())) FAIL_CHECK("whole texts: ", complaint);
    probe.let_go(draw);
    probe.frame(draw);
}

void audit(test::UiProbe& probe, const test::Screen& screen, const ui::Translations& tr) {
    const auto draw = [&](ui::Kit& kit) { (void)ui::draw(screen.state, kit, tr, {}); };
    probe.frame(draw);
    CHECK(probe.kit().noted().size() >= 3);
    for (const auto& complaint : test::complaints(probe.kit())) FAIL_CHECK(complaint);
    look_at_the_whole(probe, draw);
}

void audit(const std::string& profile, const std::vector<test::Screen>& screens) {
    test::UiProbe probe(profile, languages().characters());
    for (const auto& screen : screens)
        for (const bool is_long : {false, true}) {
            const test::Screen shown{screen.name,
                                     is_long ? test::with_long_texts(screen.state) : screen.state};
            const std::string which = screen.name + (is_long ? " with long texts, " : ", ") + profile;
            INFO(which);
            audit(probe, shown, languages().ja);
            audit(probe, shown, languages().en);
            INFO("in a language longer than English");
            audit(probe, shown, long_english());
        }
}

std::vector<test::Screen> all_screens() {
    auto out = test::picker_screens();
    for (auto& screen : test::packer_screens()) out.push_back(std::move(screen));
    return out;
}

}  // namespace

TEST_CASE("every screen on every device, as it is usually held, for both hands") {
    for (const auto& device : ui::profile_names())
        for (const auto* hand : {"", "-left"}) audit(device + hand, all_screens());
}

TEST_CASE("every screen on every bench that stands upright") {
    for (const auto& device : ui::profile_names())
        if (device.starts_with("bench")) audit(device + "-portrait", all_screens());
}

constexpr const char* printer_words[] = {
    "head_open",     "media_out",    "media_low",     "ribbon_out", "wrong_media", "jam",  "cutter_fault",
    "label_waiting", "head_too_hot", "head_too_cold", "paused",     "offline",     "error"};

TEST_CASE("whatever ails a printer, every device reads what it is and what to do, whole") {
    std::vector<test::Screen> screens;
    for (const auto* word : printer_words) {
        const flow::Event says = flow::PrinterReported{PrinterId{"ZT-1"}, word, {}};
        screens.push_back(test::shot(word, test::desk_at(flow::Role::packer, flow::Ask::goods), {says}));
    }
    for (const auto& device : ui::profile_names()) audit(device, screens);
}
