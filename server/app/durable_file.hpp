#pragma once
// Files that are there after the power went, whole or not at all.
#include <filesystem>
#include <string>

#include "core/base/result.hpp"

namespace kenpin::app {

/// The file at `path` holds `text`, durably; a reader sees the old text or the new one. Errors: unreachable,
/// full.
Outcome write_durably(const std::filesystem::path& path, const std::string& text);
/// The file takes the place of `to`, durably.
Outcome rename_durably(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace kenpin::app
