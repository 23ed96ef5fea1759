#include "server/plan/consolidation_key.hpp"

#include <doctest/doctest.h>

#include "tests/server/plan/handling_assets.hpp"
#include "tests/support/property.hpp"

using namespace kenpin;
using namespace kenpin::plan;

namespace {

const Matching& matching() {
    static const Matching all{test::nfkc, [] {
                                  auto forms = read_kanji_forms(test::asset("handling/kanji.tsv"));
                                  REQUIRE(forms);
                                  return std::move(forms).value();
                              }()};
    return all;
}
std::string name(const std::string& text) {
    return matching_name(text, matching());
}
std::string address(const std::string& text) {
    return matching_address(text, matching());
}
std::string phone(const std::string& text) {
    return matching_phone(text, matching());
}

}  // namespace

TEST_CASE("a name is the same with or without spaces, titles and old forms") {
    CHECK(name("瀬戸　紀之") == name("瀬戸紀之"));
    CHECK(name("瀬戸 紀之 様") == name("瀨戸紀之"));
    CHECK(name("ｻｻｷ ﾊﾅｺ") == name("ササキハナコ"));
    CHECK(name("渡邉 髙志") == name("渡辺高志"));
    CHECK(name("𠮷田 一") == name("吉田一"));
    CHECK(name("辻\U000E0100 健") == name("辻健"));
    CHECK(name("ＡＢＣ商事 御中") == name("abc商事"));
    CHECK(name("瀬戸紀之") != name("瀬戸紀子"));
}

TEST_CASE("an address is the same in all the ways a house number is written") {
    const auto house = address("福岡県福岡市早良区小田部6-5-28");
    for (const auto* other : {"小田部６丁目５－２８", "小田部六丁目5番28号", "小田部6丁目5番地28",
                              "小田部6の5の28", "小田部 6ー5ー28", "小田部6‐5―28", "小田部6 5 28"})
        CHECK(address(std::string("福岡市早良区") + other) == house);
    CHECK(house == "福岡市早良区小田部6-5-28");
    CHECK(address("小田部6-5-29") != address("小田部6-5-28"));
    CHECK(address("小田部65-28") != address("小田部6-5-28"));
    CHECK(address("札幌市北区北十条西二丁目") == address("札幌市北区北10条西2丁目"));
    CHECK(address("神田十二丁目1") == address("神田12-1"));
}

TEST_CASE("a room is the same with or without 号室, and stays apart from the house number") {
    CHECK(address("田子273-3 コーポ青葉1001号室") == address("田子273－3コーポ青葉１００１"));
    CHECK(address("田子273-3 1001号室") == address("田子273-3-1001"));
    CHECK(address("田子273-3 #1001") == address("田子273-3 1001"));
    CHECK(address("田子273-3 ﾊｲﾂ桜ヶ丘B棟1") == address("田子273－３　ハイツ桜ケ丘Ｂ棟１"));
    CHECK(address("田子273-3 コーポ青葉1001") != address("田子273-3 コーポ青葉1002"));
}

TEST_CASE("names of places are the same with ヶ, ケ and が, with or without prefecture and 大字") {
    CHECK(address("茨城県龍ケ崎市若柴町1") == address("龍ヶ崎市若柴町1"));
    CHECK(address("東京都千代田区霞が関3") == address("千代田区霞ヶ関3"));
    CHECK(address("大字上野12") == address("上野12"));
    CHECK(address("京都府京都市上京区1") == address("京都市上京区1"));
}

TEST_CASE("a telephone number is its digits") {
    CHECK(phone("070-0701-4994") == "07007014994");
    CHECK(phone("+81 70-0701-4994") == "07007014994");
    CHECK(phone("+81-(0)70-0701-4994") == "07007014994");
    CHECK(phone("７００７０１４９９４") == "07007014994");  // a spreadsheet took the 0
    CHECK(phone("03(0123)4567") == "0301234567");
    CHECK(phone("") == "");
    CHECK(phone("なし") == "");
}

TEST_CASE("normalising twice changes nothing more, whatever was typed") {
    test::holds("matching texts are at rest", [](const std::string& noise, int number) {
        const auto n = std::to_string(number);
        for (const auto& text :
             {noise, n + "丁目" + noise + "五-番" + n, "五ー丁目の" + n + "号" + noise + " 様様",
              "東京都京都府" + noise + "ヶがガ大大字字" + n + " " + n}) {
            if (address(address(text)) != address(text)) return false;
            if (name(name(text)) != name(text)) return false;
            if (phone(phone(text)) != phone(text)) return false;
        }
        return true;
    });
}

TEST_CASE("hashes of an addressee hide it and find it again") {
    Addressee one{Written("瀬戸 紀之"),    Written("8140032"),         Written("福岡県"),
                  Written("福岡市早良区"), Written("小田部6丁目5-28"), Written("十日町ハウス1011"),
                  Written("070-0701-4994")};
    auto other = one;
    other.name = Written("瀬戸紀之");
    other.street = Written("小田部６－５－２８");
    other.building = Written("十日町ハウス1011号室");
    other.phone = Written("+81 70-0701-4994");
    const KeyedHash hash = [](std::string_view text) {
        return std::to_string(std::hash<std::string_view>{}(text));
    };
    CHECK(hashes_of(one, matching(), hash) == hashes_of(other, matching(), hash));
    other.phone = Written("");
    CHECK(hashes_of(other, matching(), hash).phone.empty());
    CHECK_FALSE(read_kanji_forms("written\tcommon\n髙"));
}
