#include "server/plan/addressee_doubts.hpp"

#include <doctest/doctest.h>

#include "adaptors/charset/charset.hpp"

using namespace kenpin;
using namespace kenpin::plan;

namespace {

Private<std::string> secret(std::string text) {
    return Private<std::string>(std::move(text));
}

Addressee good() {
    return {secret("架空 花子"), secret("1000001"), secret("東京都"),    secret("千代田区"),
            secret("千代田1-1"), secret(""),        secret("0300000000")};
}

std::string doubts(const Addressee& who) {
    std::string all;
    for (const auto& code :
         addressee_doubts(who, [](const std::string& text) { return charset::nfkc(text).value(); }))
        all += (all.empty() ? "" : " ") + code;
    return all;
}
std::string of_name(const char* name) {
    auto who = good();
    who.name = secret(name);
    return doubts(who);
}
std::string of_street(const char* street) {
    auto who = good();
    who.street = secret(street);
    return doubts(who);
}
std::string of_city(const char* city) {
    auto who = good();
    who.city = secret(city);
    return doubts(who);
}

}  // namespace

TEST_CASE("people and firms whose names hold digits, dashes or Latin letters are taken as they are") {
    for (const char* name :
         {"架空 花子", "Hanako Kakuu", "株式会社架空123", "架空商店 2F 経理", "ジャン-ポール", "スーパー架空",
          "𠮷田 花子", "架空 不明子", "様似 花子", "架空商店 御中", "架空 花子 様",
          "架空クリニック銀座三丁目院", "千代田一丁目郵便局", "24-7フィットネス架空", "3-4組 架空花子",
          "Nan Wang", "True Test"})
        CHECK_MESSAGE(of_name(name).empty(), name);
}

TEST_CASE("what a program or a spreadsheet left in the name is nobody's name") {
    for (const char* name : {"様", "0", "#N/A", "#REF!", "null", "NULL", "undefined", "架空??", "同上",
                             "09000000000", "_", "ー", "〓田 花子", "#REF! 花子", "架空 null"})
        CHECK_MESSAGE(of_name(name) == "E-NAME", name);
}

TEST_CASE("an address in place of the name is seen by its house number") {
    for (const char* name : {"千代田1-1", "千代田１－１", "千代田一丁目", "千代田3番地"})
        CHECK_MESSAGE(of_name(name) == "E-NAME", name);
}

TEST_CASE("streets as people write them are taken as they are") {
    for (const char* street : {"千代田1-1", "大字架空 無番地", "北1条西2丁目3", "1/2", "千代田 1月堂ビル2F",
                               "三日町12-3", "ハイツ#102 1-2-3"})
        CHECK_MESSAGE(of_street(street).empty(), street);
}

TEST_CASE("what a spreadsheet made of a house number, and what stands for nothing, is no street") {
    for (const char* street : {"#REF!", "-", "null", "N/A", "????1-2-3", "同上", "FALSE", "2026/1/2",
                               "1月2日", "1.2E+5", "１月２日"})
        CHECK_MESSAGE(of_street(street) == "E-ADDRESS", street);
}

TEST_CASE("an address names a city, ward, town or village; which may stand in the street") {
    CHECK(of_city("") == "E-ADDRESS");
    CHECK(of_city("#REF!") == "E-ADDRESS");
    CHECK(of_city("null") == "E-ADDRESS");
    auto who = good();
    who.city = secret("");
    who.street = secret("千代田区千代田1-1");
    CHECK(doubts(who).empty());
    who.city = secret("1-2-3");
    who.street = secret("千代田区");
    CHECK(doubts(who) == "E-ADDRESS");  // they changed places
    who.city = secret("千代田区千代田1-1");
    who.street = secret("架空マンション");
    CHECK(doubts(who).empty());
    who.city = secret("Chiyoda-ku");
    who.street = secret("1-1 Chiyoda");
    CHECK(doubts(who).empty());
}

TEST_CASE("a street that names another prefecture is stopped") {
    CHECK(of_street("大阪府大阪市北区梅田1-1-1") == "W-ADDR-MISMATCH");
    CHECK(of_street("東京都千代田区千代田1-1").empty());
}
