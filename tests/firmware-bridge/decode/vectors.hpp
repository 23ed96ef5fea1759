#pragma once
// Rows of tests/data/gs1/*.tsv.
#include <algorithm>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "places.hpp"

namespace kenpin::test {

using Row = std::vector<std::string>;

inline std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
        text.erase(at, from.size()).insert(at, to);  // replace() at -O2: a false -Wrestrict of g++ 12
    return text;
}

inline Row fields(const std::string& line) {
    Row row;
    for (std::size_t start = 0; start <= line.size();) {
        const auto end = std::min(line.find('\t', start), line.size());
        row.push_back(line.substr(start, end - start));
        start = end + 1;
    }
    return row;
}

/// Without comments; <GS> is 0x1D.
inline std::vector<Row> vectors(const std::string& name) {
    std::ifstream file(KENPIN_SOURCE_ROOT "/tests/data/gs1/" + name);
    REQUIRE(file);
    std::vector<Row> rows;
    for (std::string line; std::getline(file, line);)
        if (line.empty() || line.front() != '#') rows.push_back(fields(replaced(line, "<GS>", "\x1d")));
    return rows;
}

}  // namespace kenpin::test
