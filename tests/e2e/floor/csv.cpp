#include "tests/e2e/floor/csv.hpp"

#include <fstream>
#include <sstream>

#include "core/base/check.hpp"

namespace kenpin::floor {
namespace {

std::vector<std::string> cells(const std::string& line) {
    std::vector<std::string> out;
    std::string cell;
    std::istringstream stream(line);
    while (std::getline(stream, cell, ',')) out.push_back(cell);
    return out;
}

}  // namespace

std::vector<CsvRow> read_csv(const std::filesystem::path& path) {
    std::ifstream file(path);
    KENPIN_CHECK(file.is_open());
    std::string line;
    std::getline(file, line);
    const auto names = cells(line);
    std::vector<CsvRow> rows;
    while (std::getline(file, line)) {
        const auto values = cells(line);
        CsvRow row;
        for (std::size_t i = 0; i < names.size(); ++i) row[names[i]] = i < values.size() ? values[i] : "";
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace kenpin::floor
