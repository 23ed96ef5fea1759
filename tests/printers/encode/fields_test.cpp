#include "printers/encode/fields.hpp"

#include <doctest/doctest.h>

using namespace kenpin::encode;

TEST_CASE("fields between separators, empty ones too") {
    CHECK(split("", ',') == std::vector<std::string_view>{""});
    CHECK(split("a,,b,", ',') == std::vector<std::string_view>{"a", "", "b", ""});
}

TEST_CASE("only digits are a number, and a long one is none") {
    CHECK(whole_number("007") == 7);
    CHECK(whole_number("999999999") == 999'999'999);
    for (const auto* text : {"", " 7", "-7", "+7", "7a", "1234567890"}) CHECK_FALSE(whole_number(text));
}

TEST_CASE("numbers of a fixed width") {
    CHECK(padded(7, 3) == "007");
    CHECK(padded(1'234, 3) == "1234");
}
