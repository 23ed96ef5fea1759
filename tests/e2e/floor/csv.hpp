#pragma once
// CSV as the demo's files have it: quotes that may hold commas and line breaks, bytes of any encoding
// (commas, quotes and line breaks are never trail bytes of CP932).
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace kenpin::floor {

using CsvRow = std::map<std::string, std::string>;  // by column name
std::vector<CsvRow> read_csv(const std::filesystem::path& file);

std::string read_file(const std::filesystem::path& file);
/// Each record with its line break, the header first, byte for byte.
std::vector<std::string> csv_records(const std::string& bytes);
std::vector<std::string> csv_cells(const std::string& record);

}  // namespace kenpin::floor
