// kenpin-screens DIR [DEVICE...]: every screen of the tiny test floor as a picture,
// DIR/DEVICE/SCREEN-LANGUAGE.png, and with the longest texts, SCREEN-long-LANGUAGE.png (not once more for the
// other hand). Needs no display when SDL_VIDEODRIVER=offscreen is set. The manual's pictures come from here.
#include <cstdio>
#include <filesystem>
#include <string>
#include <system_error>

#include "places.hpp"
#include "station/ui/stage.hpp"
#include "tests/support/screens.hpp"

using namespace kenpin;

namespace {

bool complain(const std::string& what) {
    std::fprintf(stderr, "kenpin-screens: %s\n", what.c_str());
    return false;
}

bool take_picture(ui::Stage& glass, const flow::State& state, const ui::Translations& tr,
                  const std::string& picture) {
    glass.show([&](ui::Kit& kit) { (void)ui::draw(state, kit, tr, {}); });  // nobody touches
    return glass.save_picture(picture) || complain("cannot write " + picture);
}

bool take_pictures(const std::filesystem::path& folder, const std::string& device,
                   const ui::Languages& languages) {
    std::error_code failed;  // then the first picture says it
    std::filesystem::create_directories(folder / device, failed);
    const auto profile = ui::find_profile(device);
    if (!profile) return complain("no such device: " + device);
    auto stage = ui::open_window(*profile, languages);
    if (!stage) return complain(stage.error().detail);
    auto screens = test::picker_screens();
    for (auto& screen : test::packer_screens()) screens.push_back(std::move(screen));
    bool all = true;
    for (const auto& screen : screens)
        for (const auto* language : {"ja", "en"}) {
            const auto path = [&](const char* length) {
                return (folder / device / (screen.name + length + "-" + language + ".png")).string();
            };
            const auto& tr = languages.of(language);
            all = all && take_picture(*stage.value(), screen.state, tr, path(""));
            if (!device.ends_with("-left"))
                all = all &&
                      take_picture(*stage.value(), test::with_long_texts(screen.state), tr, path("-long"));
        }
    return all;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fprintf(stderr, "usage: kenpin-screens DIR [DEVICE...]\n");
        return 2;
    }
    const auto languages = ui::load_languages(std::string(KENPIN_SOURCE_ROOT) + "/assets/i18n");
    if (!languages) return complain(languages.error().detail) ? 0 : 1;
    std::vector<std::string> devices(argv + 2, argv + argc);
    const auto names = devices.empty() ? ui::profile_names() : std::vector<std::string>{};
    for (const auto& name : names) {
        devices.push_back(name);
        devices.push_back(name + "-left");
        if (name.starts_with("bench")) devices.push_back(name + "-portrait");
    }
    bool all = true;
    for (const auto& device : devices) all = all && take_pictures(argv[1], device, languages.value());
    return all ? 0 : 1;
}
