#include "server/plan/handling_words.hpp"

#include <set>
#include <sstream>

#include <doctest/doctest.h>

#include "tests/server/plan/handling_assets.hpp"
#include "tests/support/property.hpp"

using namespace kenpin;
using namespace kenpin::plan;

namespace {

std::string flags_of(const std::string& text, const std::string& from = "buyer") {
    std::set<std::string> flags;
    for (const auto& wish : wishes_in(text, from, test::handling_words(), test::nfkc))
        flags.insert(wish.flag);
    std::string said;
    for (const auto& flag : flags) said += (said.empty() ? "" : " ") + flag;
    return said;
}

std::string with_line_breaks(std::string text) {
    for (const auto& [mark, sign] : {std::pair{"\\r", "\r"}, {"\\n", "\n"}})
        for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at))
            text.replace(at, 2, sign);
    return text;
}

WordTable small(const std::string& rows) {
    auto table = read_word_table("flag\tfrom\ttopic\twish\tunless\tnot_in\n" + rows, test::nfkc);
    REQUIRE(table);
    return std::move(table).value();
}

}  // namespace

TEST_CASE("every sentence of the list asks for what stands behind it, and for nothing else") {
    std::istringstream in(test::tree_file("tests/data/handling/sentences.tsv"));
    std::string line;
    std::getline(in, line);
    int sentences = 0;
    while (std::getline(in, line)) {
        if (line.starts_with("# ")) continue;
        const auto tab = line.find('\t');
        REQUIRE(tab != std::string::npos);
        INFO(line);
        CHECK(flags_of(with_line_breaks(line.substr(0, tab))) == line.substr(tab + 1));
        ++sentences;
    }
    CHECK(sentences > 150);
}

TEST_CASE("a form's field asks as a buyer's sentence does, a shop's column only for what it is about") {
    CHECK(flags_of("のし: 内祝", "form") == "NOSHI");
    CHECK(flags_of("ラッピング: 希望しない", "form") == "");
    CHECK(flags_of("クール便", "method") == "COOL");
    CHECK(flags_of("ゆうパケット", "method") == "MAIL");
    CHECK(flags_of("宅配便", "method") == "");
    CHECK(flags_of("冷凍", "temperature") == "COOL");
    CHECK(flags_of("宅配ボックス", "place") == "LOCKER");
    CHECK(flags_of("玄関前", "place") == "OKIHAI");
    CHECK(flags_of("対面受け取り", "place") == "");
}

TEST_CASE("a short answer says no") {
    for (const auto* no : {"なし", "不要", "希望しない", "いいえ", "0", "無", "ﾅｼ"})
        CHECK(says_no(no, test::handling_words(), test::nfkc));
    for (const auto* yes : {"無地のし", "内祝", "御祝", "あり", "1"})
        CHECK_FALSE(says_no(yes, test::handling_words(), test::nfkc));
}

TEST_CASE("a remark of politeness needs no reader, an unknown wish does") {
    CHECK_FALSE(says_something_else("いつもありがとうございます！よろしくお願いします。",
                                    test::handling_words(), test::nfkc));
    CHECK_FALSE(says_something_else("納品書は不要です", test::handling_words(), test::nfkc));
    CHECK(says_something_else("色を赤に替えてください", test::handling_words(), test::nfkc));
    CHECK_FALSE(says_something_else("", test::handling_words(), test::nfkc));
}

TEST_CASE("a wrong line of the table is named") {
    const auto wrong = [](const std::string& line) {
        const auto table = read_word_table("header\n" + line, test::nfkc);
        REQUIRE_FALSE(table);
        return table.error().detail;
    };
    CHECK(wrong("A\tbuyer\tx") == "line 2: 6 columns wanted");
    CHECK(wrong("A\tnobody\tx\t-\t\t") == "line 2: no such text: nobody");
    CHECK(wrong("A\tbuyer\tx\t@want\t\t") == "line 2: no list @want above");
    CHECK(wrong("A\tbuyer\t\t-\t\t") == "line 2: no topic");
}

TEST_CASE("marks in a word: a gap, a number, the end, a border") {
    const auto table = small("A\tbuyer\t^abc\t-\t\t\nB\tbuyer\t全部*箱\t-\t\t\nC\tbuyer\t#個\tか$\t\t\n");
    const auto flag = [&](const std::string& text) {
        const auto said = wishes_in(text, "buyer", table, test::nfkc);
        return said.empty() ? std::string{} : said.front().flag;
    };
    CHECK(flag("xabc") == "");
    CHECK(flag("x abc") == "A");
    CHECK(flag("全部ひとつの箱") == "B");
    CHECK(flag("全部、箱") == "");
    CHECK(flag("３個ですか？") == "C");
    CHECK(flag("三個ですか") == "C");
    CHECK(flag("3個ですかね") == "");
}

TEST_CASE("making words plain twice changes nothing more, whatever was typed") {
    test::holds("plain words are plain", [](const std::string& noise) {
        for (const auto& text : {noise, "ﾉｼ　希望 " + noise, noise + "ガギ ヴ゛ﾞ①㈱"}) {
            const auto once = plain_words(text, test::nfkc);
            if (plain_words(once, test::nfkc) != once) return false;
        }
        return true;
    });
}

TEST_CASE("no text stops the reader") {
    test::holds("any bytes are read", [](const std::string& noise) {
        (void)wishes_in(noise + "のしは" + noise, "buyer", test::handling_words(),
                        test::nfkc);  // must only return
        return true;
    });
}
