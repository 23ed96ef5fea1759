#pragma once
// The tables that Kenpin ships (assets/), as its programs read them.
#include <fstream>
#include <iterator>
#include <string>
#include <utility>

#include <doctest/doctest.h>

#include "adaptors/charset/charset.hpp"
#include "places.hpp"
#include "server/plan/handling_words.hpp"

namespace kenpin::test {

inline std::string nfkc(const std::string& text) {
    auto normal = charset::nfkc(text);
    return normal ? std::move(normal).value() : text;
}

inline std::string tree_file(const std::string& path) {
    std::ifstream in(std::string(KENPIN_SOURCE_ROOT) + "/" + path, std::ios::binary);
    REQUIRE(in);
    return {std::istreambuf_iterator<char>(in), {}};
}

inline std::string asset(const std::string& path) {
    return tree_file("assets/" + path);
}

inline const plan::WordTable& handling_words() {
    static const auto table = plan::read_word_table(asset("handling/words.tsv"), nfkc);
    if (!table) FAIL(table.error().detail);
    return table.value();
}

}  // namespace kenpin::test
