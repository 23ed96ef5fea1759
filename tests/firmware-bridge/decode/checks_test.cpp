#include "firmware-bridge/decode/checks.hpp"

#include <doctest/doctest.h>

#include "core/domain/barcode.hpp"
#include "tests/firmware-bridge/decode/vectors.hpp"

using namespace kenpin::decode;
using kenpin::test::vectors;

namespace {

std::string aim_of(const std::string& kind) {
    if (kind == "EAN8") return "]E4";
    if (kind == "ITF14") return "]I1";
    if (kind == "SSCC") return "]C100";
    return kind == "UPCA" ? "]E00" : "]E0";  // UPC-A travels as EAN-13 with a leading 0
}

}  // namespace

TEST_CASE("check digits of goods, cases and pallets are judged as the vectors say") {
    const auto rows = vectors("gtin_vectors.tsv");
    CHECK(rows.size() == 22);
    for (const auto& row : rows) {
        if (row[0] == "kind") continue;
        INFO(row[0], " ", row[1]);
        const auto found = check(identify(aim_of(row[0]) + row[1]));
        const auto wrong = row[0] == "SSCC" ? Check::gs1 : Check::check_digit;
        CHECK(found == (row[2].starts_with("valid") ? Check::right : wrong));
    }
}

TEST_CASE("slip numbers are judged as the vectors say, however they are written") {
    const auto rows = vectors("mod7_vectors.tsv");
    CHECK(rows.size() == 33);
    for (const auto& row : rows) {
        if (row[0] == "data") continue;
        INFO(row[0]);
        CHECK(kenpin::domain::tracking_check_is_right(tracking_digits(row[0])) == (row[1] == "valid"));
    }
}

TEST_CASE("NW-7 of twelve digits is a slip number; of another length it promises nothing") {
    CHECK(check(identify("]F0A123456789013A")) == Check::right);
    CHECK(check(identify("]F0A123456789014A")) == Check::check_digit);
    CHECK(check(identify("]F0A12345A")) == Check::nothing);
    CHECK(check(identify("]F0AA")) == Check::nothing);
}

TEST_CASE("bars that promise digits show when they hold something else") {
    CHECK(check(identify("]E0490123456789X")) == Check::characters);
    CHECK(check(identify("]E049012345678941")) == Check::length);
    CHECK(check(identify("]I11490123456789X")) == Check::characters);
    CHECK(check(identify("]I01234567895")) == Check::nothing);
}

TEST_CASE("a scanner that drops the 0 of UPC-A is told apart, not taken for a fault of the code") {
    CHECK(check(identify("]E0036000291452")) == Check::zero_left_out);
    CHECK(check(identify("]E0036000291453")) == Check::check_digit);
    CHECK(check(identify("]E00036000291452")) == Check::right);
    CHECK(check({kenpin::domain::Symbology::upc_a, "", "036000291452"}) == Check::right);
}

TEST_CASE("an add-on of a magazine is not its JAN") {
    CHECK(check(identify("]E3491012345678404910")) == check(identify("]E04910123456784")));
    CHECK(check(identify("]E112")) == Check::nothing);
}

TEST_CASE("an international mail item is checked in Code 128 and Code 39") {
    CHECK(check(identify("]C0RR473124829JP")) == Check::right);
    CHECK(check(identify("]A0RR473124820JP")) == Check::check_digit);
    CHECK(check(identify("]C0KLA-01-035")) == Check::nothing);
}

TEST_CASE("a shop's web address is nothing to check, a Digital Link with a wrong digit is") {
    CHECK(check(identify("]Q1https://example.jp/item/5")) == Check::nothing);
    CHECK(check(identify("]Q1https://example.jp/01/04901234567894")) == Check::right);
    CHECK(check(identify("]Q1https://example.jp/01/04901234567895")) == Check::gs1);
    CHECK(check(identify("4901234567895")) == Check::nothing);
}

TEST_CASE("verdicts have their names in the packet") {
    CHECK(name(Check::nothing) == "none");
    CHECK(name(Check::right) == "right");
    CHECK(name(Check::gs1) == "gs1");
}
