#include "adaptors/charset/charset.hpp"

#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace kenpin;
using namespace kenpin::charset;

TEST_CASE("names and addresses of Japan survive CP932 and back") {
    for (const std::string text :
         {"髙橋﨑 ①㈱Ⅲ", "五十嵐 表示 ソ能", "ｶﾞｷﾞｸﾞ", "A-1 \\ ~", "～―∥－￠￡￢", ""}) {
        const auto bytes = cp932_from_utf8(text);
        REQUIRE_MESSAGE(bytes, text);
        CHECK(utf8_from_cp932(bytes.value()).value() == text);
    }
}

TEST_CASE("the bytes are those of Windows") {
    CHECK(cp932_from_utf8("髙").value() == "\xfb\xfc");
    CHECK(cp932_from_utf8("①").value() == "\x87\x40");
    CHECK(cp932_from_utf8("嵐").value() == "\x97\x92");
    CHECK(cp932_from_utf8("〜").value() == "\x81\x60");  // JIS's wave dash goes out as Windows' one
    CHECK(cp932_from_utf8("−").value() == "\x81\x7c");
    CHECK(utf8_from_cp932("\x81\x60").value() == "～");
}

TEST_CASE("what CP932 has not is refused, never replaced by a question mark") {
    for (const std::string text : {"𠮷野家", "葛\xF3\xA0\x84\x80城", "🍵", "한국", "\xEE\x80\x80"})
        CHECK(cp932_from_utf8(text).error().kind == Error::Kind::refused);
    CHECK(cp932_from_utf8("\xff").error().kind == Error::Kind::corrupt);
}

TEST_CASE("bytes that are no character are refused") {
    for (const std::string bytes :
         {"\x80", "\xa0", "\xfd", "\xff", "\x85\x40", "\x81", "abc\x81", "\x81\x20", "\xf0\x40"})
        CHECK(utf8_from_cp932(bytes).error().kind == Error::Kind::corrupt);
}

TEST_CASE("a record is read as UTF-8 whenever it is UTF-8, even if it would pass as CP932") {
    const std::string address = "東京都架空区見本町一丁目";
    const auto read = decode_record(address);
    CHECK(read.value().text == address);
    CHECK(read.value().from == Charset::utf8);
    const auto from_windows = decode_record(cp932_from_utf8(address).value());
    CHECK(from_windows.value().text == address);
    CHECK(from_windows.value().from == Charset::cp932);
}

TEST_CASE("a byte order mark is not part of the text") {
    CHECK(decode_record("\xEF\xBB\xBF受注番号").value().text == "受注番号");
}

TEST_CASE("a record that is neither is refused as it came") {
    CHECK(decode_record("\xff\xfe\x00").error().kind == Error::Kind::corrupt);
}

TEST_CASE("no bytes whatever break the decoder, and what it gives is UTF-8") {
    CHECK(rc::check([](const std::string& bytes) {
        const auto read = decode_record(bytes);
        if (read) RC_ASSERT(is_utf8(read.value().text));
        (void)columns(bytes);  // must only come back
    }));
}

TEST_CASE("wide and narrow forms of one text become the same") {
    CHECK(nfkc("ＡＢＣ１２３ ｶﾞ ①").value() == "ABC123 ガ 1");
    CHECK(folded("架空区　見本町１－２－３").value() == folded("架空区見本町1-2-3").value());
    CHECK(folded("０３ー００００").value() == folded("03ー0000").value());
    CHECK(folded("03-0000-0000").value() == "0300000000");
    CHECK(folded("Yamada TARO").value() == "yamadataro");
    CHECK(folded("サーバー").value() == "サーバー");
}

TEST_CASE("a field's width is counted as carriers count it") {
    CHECK(columns("漢字") == 4);
    CHECK(columns("ｶﾞA1") == 4);
    CHECK(columns("Ａ①～") == 6);
    CHECK(columns("") == 0);
}

TEST_CASE("a record tells its charset, unless its bytes are half-width kana and letters with accents alike") {
    CHECK(evidence_of("A-1,ab") == Evidence::plain);
    CHECK(evidence_of("東京") == Evidence::utf8);
    CHECK(evidence_of("ｶﾅ") == Evidence::utf8);
    CHECK(evidence_of(cp932_from_utf8("東京").value()) == Evidence::cp932);
    CHECK(evidence_of(cp932_from_utf8("ｶﾅ").value()) == Evidence::cp932);
    CHECK(evidence_of(cp932_from_utf8("ﾅｶ").value()) == Evidence::both);  // C5 B6: Ŷ
    CHECK(evidence_of("é") == Evidence::both);                            // C3 A9: ﾃｩ
    CHECK(evidence_of("\xff") == Evidence::plain);
}
