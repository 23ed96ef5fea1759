#include "station/flow/recorded.hpp"

#include <doctest/doctest.h>

using namespace kenpin;

namespace {

std::string recorded(const std::string& bytes) {
    return flow::recorded(domain::classify({bytes, domain::Symbology::unknown}, domain::Expect::anything));
}

}  // namespace

TEST_CASE("a code of the warehouse is recorded as it was read") {
    CHECK(recorded("A-01-03-2") == "A-01-03-2");
    CHECK(recorded("12345") == "12345");
    CHECK(recorded("4901234567894") == "4901234567894");
    CHECK(recorded("4901234567895") == "4901234567895");  // its check digit is wrong
}

TEST_CASE("a stray code that may hold a name, an address, a telephone or a mail is recorded by its length") {
    CHECK(recorded("090-0000-0000") == "?13");
    CHECK(recorded("0300000000") == "?10");
    CHECK(recorded("YAMADA-TARO") == "?11");
    CHECK(recorded("taro@example.jp") == "?15");
    CHECK(recorded("東京都千代田区1-1") == "?24");
    CHECK(recorded("TOKYO CHIYODA 1-1 TEST TARO 0300000000 AND MORE") == "?40");
    CHECK(recorded(std::string(5'000, 'x')) == "?40");
    CHECK(recorded("") == "?0");
}
