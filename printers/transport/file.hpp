#pragma once
// Printing into a file: sites that hand labels on to other software, and previews.
#include <filesystem>
#include <string_view>

#include "core/base/result.hpp"

namespace kenpin::transport {

/// Writes beside `path` first and renames, so that nobody ever sees half a job. Replaces an older file.
/// Readable by its owner only: labels hold addresses. Errors: full, refused.
Outcome write_file(const std::filesystem::path& path, std::string_view bytes);

}  // namespace kenpin::transport
