// Every code that the server may say has its row in assets/shops/reasons.tsv: what it means and what to do,
// in Japanese and English; and no row is of a code that nobody says.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include "places.hpp"
#include "server/plan/intake_codes.hpp"

using namespace kenpin;

namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    REQUIRE(file.good());
    return {std::istreambuf_iterator<char>(file), {}};
}

bool is_letter_of_code(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

// String literals such as "E-QTY".
void add_codes(const std::string& source, std::set<std::string>& codes) {
    for (const std::string begin : {"\"E-", "\"W-"})
        for (auto at = source.find(begin); at != std::string::npos; at = source.find(begin, at + 1)) {
            auto end = at + 1;
            while (end < source.size() && is_letter_of_code(source[end])) ++end;
            const bool is_whole = end < source.size() && source[end] == '"' && end > at + 3;
            if (is_whole) codes.insert(source.substr(at + 1, end - at - 1));
        }
}

std::set<std::string> codes_in_server() {
    std::set<std::string> codes;
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(KENPIN_SOURCE_ROOT) / "server"))
        if (entry.path().extension() == ".cpp" || entry.path().extension() == ".hpp")
            add_codes(text_of(entry.path()), codes);
    return codes;
}

std::set<std::string> codes_with_text() {
    const auto texts =
        plan::read_reason_texts(text_of(fs::path(KENPIN_SOURCE_ROOT) / "assets/shops/reasons.tsv"));
    REQUIRE(texts);
    std::set<std::string> codes;
    for (const auto& text : texts.value()) CHECK_MESSAGE(codes.insert(text.code).second, text.code);
    return codes;
}

}  // namespace

TEST_CASE("every code says in both languages what it means and what to do") {
    const auto said = codes_in_server();
    const auto explained = codes_with_text();
    REQUIRE(said.size() > 30);
    for (const auto& code : said) CHECK_MESSAGE(explained.contains(code), code);
    for (const auto& code : explained) CHECK_MESSAGE(said.contains(code), code);
}
