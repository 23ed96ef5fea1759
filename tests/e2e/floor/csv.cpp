#include "tests/e2e/floor/csv.hpp"

#include <fstream>
#include <iterator>

#include "core/base/check.hpp"

namespace kenpin::floor {

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    KENPIN_CHECK(file.is_open());
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> csv_records(const std::string& bytes) {
    std::vector<std::string> records;
    std::string record;
    bool is_quoted = false;
    for (const char c : bytes) {
        record.push_back(c);
        if (c == '"') is_quoted = !is_quoted;
        if (c != '\n' || is_quoted) continue;
        records.push_back(std::move(record));
        record.clear();
    }
    if (!record.empty()) records.push_back(std::move(record));
    return records;
}

std::vector<std::string> csv_cells(const std::string& record) {
    std::vector<std::string> cells(1);
    bool is_quoted = false;
    for (const char c : record) {
        if (c == '"')
            is_quoted = !is_quoted;
        else if (c == ',' && !is_quoted)
            cells.emplace_back();
        else if (is_quoted || (c != '\r' && c != '\n'))
            cells.back().push_back(c);
    }
    return cells;
}

std::vector<CsvRow> read_csv(const std::filesystem::path& path) {
    const auto records = csv_records(read_file(path));
    KENPIN_CHECK(!records.empty());
    const auto names = csv_cells(records.front());
    std::vector<CsvRow> rows;
    for (std::size_t r = 1; r < records.size(); ++r) {
        const auto cells = csv_cells(records[r]);
        CsvRow row;
        for (std::size_t i = 0; i < names.size(); ++i) row[names[i]] = i < cells.size() ? cells[i] : "";
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace kenpin::floor
