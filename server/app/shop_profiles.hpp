#pragma once
// The formats of shops' order files, read from assets/shops/*.toml. docs/formats.md shows how to write one.
#include <filesystem>
#include <vector>

#include "core/base/result.hpp"
#include "server/shops/shop_profile.hpp"

namespace kenpin::app {

/// All *.toml of the folder, by name. Errors name the file, the key and what is wrong with it; a key that
/// nobody reads is one.
Result<std::vector<shops::ShopProfile>> read_shop_profiles(const std::filesystem::path& folder);
Result<shops::ShopProfile> read_shop_profile(const std::filesystem::path& file);

}  // namespace kenpin::app
