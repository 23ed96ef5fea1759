#pragma once
// The tables of assets/ that rules of the floor read: words, carriers, postcodes, forms of characters.
#include <filesystem>

#include "core/base/result.hpp"
#include "server/plan/handling_findings.hpp"

namespace kenpin::app {

/// `assets`: the folder with handling/, carriers/ and postcodes.tsv.gz. Errors: not_found, corrupt (the file
/// and line).
Result<plan::FloorRules> read_floor_rules(const std::filesystem::path& assets);

}  // namespace kenpin::app
