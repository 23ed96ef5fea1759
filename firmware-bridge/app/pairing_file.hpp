#pragma once
// The pairings on the disk: a small TOML file, mode 0600, replaced as a whole and flushed before anything is
// confirmed to the worker.
#include <filesystem>
#include <string>

#include "core/base/result.hpp"
#include "firmware-bridge/app/register.hpp"

namespace kenpin::app {

/// No file: no pairings. corrupt, refused: it cannot be understood; unreachable: it cannot be read.
Result<Pairings> read_pairings(const std::filesystem::path& file);
/// Makes its folder's entry durable too. unreachable, refused.
Outcome write_pairings(const std::filesystem::path& file, const Pairings& pairings);

std::string to_toml(const Pairings& pairings);

}  // namespace kenpin::app
