#include "server/plan/card_number.hpp"

#include <doctest/doctest.h>

using namespace kenpin::plan;

TEST_CASE("a card's number is found in the ways that buyers write it") {
    for (const char* text :
         {"4111111111111111", "カードは 4111 1111 1111 1111 です", "4111-1111-1111-1111",
          "番号5555555555554444。", "3782 822463 10005", "３５６６００２０２０３６０５０５",
          "4111－1111－1111－1111", "6011111111111117"})
        CHECK_MESSAGE(holds_card_number(text), std::string(text));
}

TEST_CASE("long numbers of other kinds are no cards") {
    for (const char* text : {"", "4111111111111112",                  // wrong check digit
                             "503-6461215-1000864",                   // Amazon's order number
                             "298765-20261123-0000003577",            // Rakuten's
                             "4444-1375-8703", "444413758703",        // tracking numbers
                             "4901234567894", "14901234567891",       // JAN, ITF
                             "090-0000-0000 090-1111-1111",           // two telephones
                             "41111111111111110", "411111111111111",  // a digit more, a digit less
                             "注文番号: 4111111111111111", "4111.1111.1111.1111", "2026-11-23 2026-11-24"})
        CHECK_MESSAGE(!holds_card_number(text), std::string(text));
}

TEST_CASE("of a card's number only the last four digits stay, in any encoding") {
    CHECK(without_card_numbers("a 4111 1111 1111 1111 b 12") == "a **** **** **** 1111 b 12");
    const std::string cp932 =
        "\x82\x53\x82\x50\x82\x50\x82\x50"
        "111111111111";
    CHECK(without_card_numbers(cp932) ==
          "********"
          "********1111");
    CHECK(without_card_numbers("090-0000-0000") == "090-0000-0000");
}
