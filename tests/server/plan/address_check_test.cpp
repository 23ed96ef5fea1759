#include "server/plan/address_check.hpp"

#include <doctest/doctest.h>

#include "tests/server/plan/handling_assets.hpp"
#include "tests/server/plan/unpacked.hpp"
#include "tests/support/property.hpp"

using namespace kenpin;
using namespace kenpin::plan;

namespace {

const Postcodes& postcodes() {
    static const auto all =
        Postcodes::read(test::unpacked(std::string(KENPIN_SOURCE_ROOT) + "/assets/postcodes.tsv.gz"));
    REQUIRE(all);
    return all.value();
}

PostcodeVerdict judge(const std::string& code, const std::string& prefecture) {
    return judge_postcode(code, prefecture, postcodes());
}

}  // namespace

TEST_CASE("every postcode of the shipped table is found where it lies") {
    CHECK(postcodes().size() > 120'000);
    CHECK(postcodes().prefecture_of("0010010") == "北海道");
    CHECK(postcodes().prefecture_of("9000001") == "沖縄県");
    CHECK(postcodes().prefecture_of("0000000") == std::nullopt);
    CHECK(postcodes().prefecture_of("12-4567") == std::nullopt);
}

TEST_CASE("a postcode may be typed with hyphen, 〒, spaces and full-width digits") {
    for (const auto* typed :
         {"814-0032", "8140032", "〒814-0032", "８１４－００３２", " 814 0032", "814ー0032"})
        CHECK(judge(typed, "福岡県") == PostcodeVerdict{PostcodeState::right, "8140032"});
}

TEST_CASE("a postcode that is missing, too short, nobody's or no number is not taken") {
    CHECK(judge("", "東京都").state == PostcodeState::missing);
    CHECK(judge(" ", "東京都").state == PostcodeState::missing);
    for (const auto* wrong : {"000-0000", "12345", "81400321", "abc-defg", "814-003x"})
        CHECK(judge(wrong, "東京都") == PostcodeVerdict{PostcodeState::malformed, ""});
    CHECK(code_of(PostcodeState::malformed) == "E-POSTCODE");
}

TEST_CASE("a leading zero that a spreadsheet took is restored only where it fits the prefecture") {
    CHECK(judge("10010", "北海道").state == PostcodeState::malformed);
    CHECK(judge("600000", "北海道") == PostcodeVerdict{PostcodeState::zero_restored, "0600000"});
    CHECK(judge("600000", "沖縄県").state == PostcodeState::malformed);
}

TEST_CASE("a postcode of another prefecture shows, an unknown one is judged by its neighbours") {
    CHECK(judge("8140032", "東京都").state == PostcodeState::other_prefecture);
    CHECK(postcodes().prefecture_of("1008799") == std::nullopt);  // one company's own
    CHECK(judge("1008799", "東京都").state == PostcodeState::right);
    CHECK(judge("1008799", "大阪府").state == PostcodeState::other_prefecture);
    CHECK(judge("8140032", "").state == PostcodeState::right);
}

TEST_CASE("an address without one of its parts is named") {
    Addressee who{Written("甲"),
                  Written("8140032"),
                  Written("福岡県"),
                  Written("福岡市早良区"),
                  Written("小田部6"),
                  {},
                  {}};
    CHECK(address_codes(who, postcodes()).empty());
    who.street = Written(" ");
    who.postcode = Written("100-0001");
    CHECK(address_codes(who, postcodes()) == std::vector<std::string>{"E-ADDRESS", "W-ADDR-MISMATCH"});
}

TEST_CASE("a table with a wrong line is refused and the line named") {
    const auto wrong = Postcodes::read("0010000\t北海道\t札幌市\n001\t北海道\tx\n");
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().detail == "line 2 is no postcode");
    CHECK_FALSE(Postcodes::read("0010000\t蝦夷\t札幌市\n"));
}

TEST_CASE("a judged code is seven digits or none, whatever was typed") {
    test::holds("codes are codes", [](const std::string& typed) {
        const auto verdict = judge(typed, "東京都");
        const bool is_none =
            verdict.state == PostcodeState::missing || verdict.state == PostcodeState::malformed;
        return verdict.code.size() == (is_none ? 0U : 7U);
    });
}

TEST_CASE("a telephone number is one that can be called") {
    for (const char* number : {"03-0000-0000", "09000000000", "(06) 0000-0000", "+886 2 0000 0000"})
        CHECK_MESSAGE(is_telephone_number(number), std::string(number));
    for (const char* number :
         {"", "なし", "9.01E+09", "090-12", "9000000000", "090-0000-0000-1", "03-0000-0000 内線1"})
        CHECK_MESSAGE(!is_telephone_number(number), std::string(number));
}
