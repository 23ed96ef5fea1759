#include "server/shops/record_file.hpp"

#include <doctest/doctest.h>

#include "adaptors/charset/charset.hpp"

using namespace kenpin;
using namespace kenpin::shops;

namespace {

RecordFile read(const std::string& bytes, Quotes quotes = Quotes::wrap) {
    auto file = read_records(bytes, quotes);
    REQUIRE(file);
    return std::move(file).value();
}

std::vector<Damage> damages(const RecordFile& file) {
    std::vector<Damage> all;
    for (const auto& record : file.records) all.push_back(record.damage);
    return all;
}

std::string cp932(const std::string& text) {
    const auto bytes = charset::cp932_from_utf8(text);
    REQUIRE(bytes);
    return bytes.value();
}

}  // namespace

TEST_CASE("each record is decoded for itself: UTF-8 and CP932 may stand in one file") {
    const auto bytes = "番号,名\r\n1,髙橋\r\n" + cp932("2,五十嵐①\r\n") + "3,𠮷田\r\n";
    const auto file = read(bytes);
    REQUIRE(file.records.size() == 3);
    CHECK(file.records[0].cells[1] == "髙橋");
    CHECK(file.records[1].cells[1] == "五十嵐①");
    CHECK(file.records[2].cells[1] == "𠮷田");
}

TEST_CASE("half-width kana that are UTF-8 by accident are read as the rest of the file says") {
    const auto kana = cp932("A,ﾅｶ,B");  // C5 B6: Ŷ in UTF-8
    REQUIRE(charset::is_utf8(kana));
    const auto in_cp932 = read(cp932("番号,名前,住所") + "\n" + kana + "\n" + cp932("1,山田,東京") + "\n");
    CHECK(in_cp932.records[0].cells[1] == "ﾅｶ");
    CHECK(in_cp932.records[0].damage == Damage::none);
    // ... after which more records say CP932 than UTF-8.
    const auto mixed = read("番号,名前,住所\n" + kana + "\n" + cp932("1,山田,東京\n2,山田,東京\n"));
    CHECK(mixed.records[0].cells[1] == "ﾅｶ");
    // Nothing but UTF-8 around it, or nothing at all: a letter with an accent.
    CHECK(read("番号,名前,住所\n1,Café,東京\n2,é,B\n").records[1].cells[1] == "é");
    CHECK(read("a,b,c\n2,é,B\n").records[0].cells[1] == "é");
    // Japanese in UTF-8 stays what it is, whatever stands around it.
    const auto other = read(cp932("番号,名前,住所\n1,山田,東京\n") + "2,ｱｲ山田,東京\n");
    CHECK(other.records[1].cells[1] == "ｱｲ山田");
}

TEST_CASE("bytes that are no text cost their record alone, and the cells beside them are kept") {
    const std::string bytes = "番号,名\n1,\x81\xFF\xFD\n2,例\n";
    const auto file = read(bytes);
    CHECK(damages(file) == std::vector{Damage::encoding, Damage::none});
    CHECK(file.records[0].cells[0] == "1");
}

TEST_CASE("a replacement character, an override of direction and a NUL byte stop their record") {
    const std::string bytes =
        std::string("番号,名\n1,山\xEF\xBF\xBD田\n2,a\xE2\x80\xAE") + "b\n3,a" + '\0' + "b\n4,ok\n";
    CHECK(damages(read(bytes)) ==
          std::vector{Damage::encoding, Damage::control, Damage::control, Damage::none});
}

TEST_CASE("a cell beyond every shop's fields is dropped and stops its record alone") {
    const auto file = read("番号,名前,備考\n1,山田,\"" + std::string(10'000'000, 'x') + "\"\n2,山田,y\n");
    CHECK(damages(file) == std::vector{Damage::too_long, Damage::none});
    CHECK(file.records[0].cells[1] == "山田");
    CHECK(file.records[0].cells[2].empty());
}

TEST_CASE("the Ctrl-Z with which old programs end a file is nothing") {
    CHECK(damages(read("a,b,c\r\n1,2,3\r\n\x1A")) == std::vector{Damage::none});
    CHECK(damages(read("a,b,c\r\n1,2,3\x1A")) == std::vector{Damage::control});
    // ... unlike the zeros that a power cut leaves.
    CHECK(damages(read(std::string("a,b,c\r\n1,2,3\r\n") + std::string(8, '\0'))).size() == 2);
}

TEST_CASE("the separator is the one that the header has most of") {
    CHECK(read("a;b;c\n1;2;3\n").records[0].cells.size() == 3);
    CHECK(read("a\tb,c\td\n1\t2,3\t4\n").records[0].cells[1] == "2,3");
}

TEST_CASE("a quote that was left open ends where the next whole record begins") {
    const std::string bytes = "n,name,town\n1,\"open,x\n2,b,y\n3,c,z\n";
    const auto file = read(bytes);
    REQUIRE(file.records.size() == 3);
    CHECK(file.records[0].damage != Damage::none);
    CHECK(file.records[1].cells[0] == "2");
    CHECK(file.records[2].damage == Damage::none);
}

TEST_CASE("two records with a stray quote each stay two, and neither hides in a field of the other") {
    const auto file = read("a,b,c,d\r\n1,\"x,3,4\r\n1,2,y\",4\r\n1,2,3,4\r\n");
    REQUIRE(file.records.size() == 3);
    CHECK(file.records[0].damage != Damage::none);
    CHECK(file.records[1].cells.size() == 4);
    CHECK(file.records[2].damage == Damage::none);
    CHECK(read("a,b,c,d\r\n1,2,\"x,4\r\n5,6,y\",8\r\n").records.size() == 2);          // in one column
    CHECK(read("a,b,c,d\r\n1,2,\"x, and y\r\nz, and w\",8\r\n").records.size() == 1);  // a remark
}

TEST_CASE("a quote that was left open in the header swallows no record") {
    const auto file = read("\"a\",\"b\",\"c\",\"d\r\n\"1\",\"2\",\"3\",\"4\"\r\n\"5\",\"6\",\"7\",\"8\"\r\n");
    CHECK(file.header.size() == 4);
    REQUIRE(file.records.size() == 2);
    CHECK(file.records[0].cells == std::vector<std::string>{"1", "2", "3", "4"});
}

TEST_CASE("a name in the header may hold a line break") {
    const auto file = read("a,b,c,d,\"e\nf\",g,h,i,j,k\n1,2,3,4,5,6,7,8,9,10\n");
    CHECK(file.header.size() == 10);
    REQUIRE(file.records.size() == 1);
    CHECK(file.records[0].damage == Damage::none);
}

TEST_CASE("a quoted line break stays inside its record") {
    const auto file = read("n,remark\n1,\"a\r\nb \"\"c\"\", d\"\n2,e\n");
    REQUIRE(file.records.size() == 2);
    CHECK(file.records[0].cells[1] == "a\r\nb \"c\", d");
}

TEST_CASE("where quotes are content, a field may begin with one") {
    const auto file = read("n\tname\n1\t\"A\" set\n2\tb\n", Quotes::content);
    REQUIRE(file.records.size() == 2);
    CHECK(file.records[0].cells[1] == "\"A\" set");
}

TEST_CASE("short and long records are damaged, the header once more is not, the cut-off end is") {
    const std::string bytes = "a,b\n1,2\n3\na,b\n4,5,6\n7";
    CHECK(damages(read(bytes)) == std::vector{Damage::none, Damage::columns, Damage::header_repeat,
                                              Damage::columns, Damage::cut_off});
}

TEST_CASE("column names meet apart from width and blanks, byte order marks are nobody's name") {
    const auto file = read("\xEF\xBB\xBF 発送先住所１ ,ＳＫＵ\n1,2\n");
    CHECK(file.header == std::vector<std::string>{"発送先住所1", "SKU"});
}

TEST_CASE("an empty file has no header, a file with nothing but a header no records") {
    CHECK_FALSE(read_records("", Quotes::wrap));
    CHECK_FALSE(read_records("\r\n\r\n", Quotes::wrap));
    CHECK(read("a,b\r\n").records.empty());
}

TEST_CASE("a byte order mark is no text, wherever files that were put together left one") {
    const auto file = read(
        "n,name\n\xEF\xBB\xBF"
        "1,\"\xEF\xBB\xBF例\"\n\xEF\xBB\xBFn,name\n2,b\n");
    CHECK(damages(file) == std::vector{Damage::none, Damage::header_repeat, Damage::none});
    CHECK(file.records[0].cells == std::vector<std::string>{"1", "例"});
}

TEST_CASE("behind another header every record is damaged, until the first header comes again") {
    const auto file = read("no,name,city\n1,a,x\nno,city,name\n2,y,b\nno,name,city\n3,c,z\n");
    CHECK(damages(file) ==
          std::vector{Damage::none, Damage::columns, Damage::columns, Damage::header_repeat, Damage::none});
}

TEST_CASE(
    "cells that say nothing are surplus when all rows have them; in one row they tell that a cell was torn") {
    const auto all = read("a,b\n1,2,,\n3,4,,\n,,,\n");
    CHECK(damages(all) == std::vector{Damage::none, Damage::none, Damage::blank});
    CHECK(all.records[1].cells == std::vector<std::string>{"3", "4"});
    CHECK(damages(read("a,b\n1,2,\n3,4\n")) == std::vector{Damage::columns, Damage::none});
    CHECK(damages(read("a,b\n1,2,\n3,4,x\n")) == std::vector{Damage::columns, Damage::columns});
}

TEST_CASE("a quote too many or too few stops its record; an inch in a file without quotes does not") {
    CHECK(damages(read("a,b\n\"1\",\"2\"x\"\n\"3\",4\"\n5,6\" x\n\"7\" ,\"a\"\"b\"\n")) ==
          std::vector{Damage::quotes, Damage::quotes, Damage::none, Damage::none});
}

TEST_CASE("control characters of eight bits are what wrong decoding leaves") {
    CHECK(damages(read("a,b\n1,x\xC2\x85\n2,\xC2\xA0y\n")) == std::vector{Damage::control, Damage::none});
}
