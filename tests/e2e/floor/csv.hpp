#pragma once
// Plain CSV of the demo's masters: no quotes, a header line, columns by name.
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace kenpin::floor {

using CsvRow = std::map<std::string, std::string>;
std::vector<CsvRow> read_csv(const std::filesystem::path& file);

}  // namespace kenpin::floor
