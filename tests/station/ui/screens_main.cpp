// kenpin-screens DIR: every screen of the tiny test floor as a picture, in both languages. Needs no display
// when SDL_VIDEODRIVER=offscreen is set. The manual's pictures come from here.
#include <cstdio>
#include <filesystem>
#include <string>
#include <system_error>

#include "places.hpp"
#include "station/ui/stage.hpp"
#include "tests/support/screens.hpp"

using namespace kenpin;

namespace {

bool take_pictures(const std::string& folder, const std::string& profile,
                   const std::vector<test::Screen>& screens) {
    const auto languages = ui::load_languages(std::string(KENPIN_SOURCE_ROOT) + "/assets/i18n");
    if (!languages) return false;
    auto stage = ui::open_window(ui::find_profile(profile).value(), languages.value());
    if (!stage) {
        std::fprintf(stderr, "%s\n", stage.error().detail.c_str());
        return false;
    }
    ui::Stage& glass = *stage.value();
    for (const auto* language : {"ja", "en"})
        for (const auto& screen : screens) {
            glass.show([&](ui::Kit& kit) {
                (void)ui::draw(screen.state, kit, languages.value().of(language), {});  // nobody touches
            });
            const auto picture = folder + "/" + screen.name + "-" + language + ".png";
            if (glass.save_picture(picture)) continue;
            std::fprintf(stderr, "cannot write %s\n", picture.c_str());
            return false;
        }
    return true;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "usage: kenpin-screens DIR\n");
        return 2;
    }
    std::error_code failed;  // then the first picture says it
    std::filesystem::create_directories(argv[1], failed);
    const bool all = take_pictures(argv[1], "handheld-4", test::picker_screens()) &&
                     take_pictures(argv[1], "bench-10", test::packer_screens());
    return all ? 0 : 1;
}
