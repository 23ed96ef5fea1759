#include "station/app/assets.hpp"

namespace kenpin::app {

namespace fs = std::filesystem;

fs::path assets_folder(const fs::path& said) {
    if (!said.empty()) return said;
    std::error_code failed;
    for (auto folder = fs::read_symlink("/proc/self/exe", failed).parent_path(); folder.has_relative_path();
         folder = folder.parent_path())
        if (fs::is_directory(folder / "assets" / "i18n", failed)) return folder / "assets";
    return "/usr/share/kenpin/assets";
}

}  // namespace kenpin::app
