#pragma once
// A good order file taken apart into its cells, so that a test can damage it as people, spreadsheets and
// disks do, and write it again.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "adaptors/charset/charset.hpp"
#include "server/shops/record_file.hpp"
#include "server/shops/shop_profile.hpp"

namespace kenpin::test {

struct Sheet {
    std::string name;
    const shops::ShopProfile* profile = nullptr;
    bool is_lines = false;  // of a format with two files
    char separator = ',';
    bool is_cp932 = false;
    std::string line_end = "\r\n";
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows;

    std::size_t column(const std::string& name_of_column) const {
        const auto found = std::find(header.begin(), header.end(), name_of_column);
        REQUIRE_MESSAGE(found != header.end(), name_of_column);
        return static_cast<std::size_t>(found - header.begin());
    }
    bool has(const std::string& name_of_column) const {
        return std::find(header.begin(), header.end(), name_of_column) != header.end();
    }
    const std::string& number_column() const {
        return is_lines ? profile->lines_order_number : profile->order_number;
    }
    const std::string& number_of(std::size_t row) const { return rows[row][column(number_column())]; }
    std::string key_of(std::size_t row) const { return profile->name + ":" + number_of(row); }
    std::vector<std::size_t> rows_of(const std::string& number) const {
        std::vector<std::size_t> found;
        for (std::size_t row = 0; row < rows.size(); ++row)
            if (number_of(row) == number) found.push_back(row);
        return found;
    }
    /// The first order whose value in `name_of_column` fits; empty: none.
    template <class Fits>
    std::string order_where(const std::string& name_of_column, const Fits& fits) const {
        if (!has(name_of_column)) return {};
        for (std::size_t row = 0; row < rows.size(); ++row)
            if (fits(rows[row][column(name_of_column)])) return number_of(row);
        return {};
    }
    /// Writes `value` where the order has one in that column (every row, or every row that is not empty
    /// there).
    void set(const std::string& number, const std::string& name_of_column, const std::string& value) {
        for (const auto row : rows_of(number)) {
            auto& cell = rows[row][column(name_of_column)];
            const bool is_further = profile->head_on_first_row && row != rows_of(number).front();
            if (!is_further || !cell.empty()) cell = value;
        }
    }
};

inline std::string encoded(const std::string& text, bool is_cp932) {
    if (!is_cp932) return text;
    const auto bytes = charset::cp932_from_utf8(text);
    return bytes ? bytes.value() : text;
}

inline std::string record_text(const Sheet& sheet, const std::vector<std::string>& cells) {
    std::string text;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) text += sheet.separator;
        if (!sheet.profile->has_quotes) {
            text += cells[i];
            continue;
        }
        text += '"';
        for (const char c : cells[i]) text += c == '"' ? std::string("\"\"") : std::string(1, c);
        text += '"';
    }
    return text;
}

inline std::string header_bytes(const Sheet& sheet) {
    return encoded(record_text(sheet, sheet.header), sheet.is_cp932) + sheet.line_end;
}
inline std::string record_bytes(const Sheet& sheet, std::size_t row) {
    return encoded(record_text(sheet, sheet.rows[row]), sheet.is_cp932) + sheet.line_end;
}
inline std::string written(const Sheet& sheet) {
    std::string bytes = header_bytes(sheet);
    for (std::size_t row = 0; row < sheet.rows.size(); ++row) bytes += record_bytes(sheet, row);
    return bytes;
}

inline Sheet read_sheet(const std::vector<shops::ShopProfile>& profiles, std::string name,
                        const std::string& bytes) {
    const auto header = shops::read_header(bytes);
    REQUIRE(header);
    const auto known = shops::recognise(profiles, header.value().header);
    REQUIRE(known);
    const auto quotes = known->profile->has_quotes ? shops::Quotes::wrap : shops::Quotes::content;
    const auto file = shops::read_records(bytes, quotes);
    REQUIRE(file);
    Sheet sheet{std::move(name),          known->profile,
                known->is_lines,          file.value().separator,
                !charset::is_utf8(bytes), bytes.find("\r\n") == std::string::npos ? "\n" : "\r\n",
                file.value().header,      {}};
    for (const auto& record : file.value().records)
        if (record.damage == shops::Damage::none) sheet.rows.push_back(record.cells);
    return sheet;
}

}  // namespace kenpin::test
