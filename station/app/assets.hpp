#pragma once
// Where the program finds its assets.
#include <filesystem>

namespace kenpin::app {

/// `said` if it is not empty; else "assets" beside or above the program (a build in its source tree), else
/// where a package puts it.
std::filesystem::path assets_folder(const std::filesystem::path& said);

}  // namespace kenpin::app
