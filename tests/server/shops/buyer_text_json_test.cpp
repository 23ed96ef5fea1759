#include "server/shops/buyer_text_json.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace kenpin;
using namespace kenpin::shops;

TEST_CASE("what is sealed comes back exactly, with every character") {
    const auto p = [](const char* text) { return Private<std::string>(text); };
    const plan::Addressee who{p("髙﨑 𠮷"),   p("1000001"), p("東京都"),      p("千代田区"),
                              p("千代田1-1"), p(""),        p("03-0000-0000")};
    const plan::BuyerText text{who, {who, who}, p("「\"のし\"」\n不要 \\"), p("")};
    const auto back = buyer_text_from_json(to_json(text).reveal());
    REQUIRE(back);
    CHECK(back.value().buyer.name.reveal() == "髙﨑 𠮷");
    CHECK(back.value().ship_to.size() == 2);
    CHECK(back.value().remark.reveal() == text.remark.reveal());
}

TEST_CASE("a sealed text that is not ours is an error that quotes nothing of it") {
    for (const char* text :
         {"", "{}", "[]", R"({"v":1,"buyer":{"name":"例 太郎"}})", R"({"v":1,"buyer":7})"}) {
        const auto back = buyer_text_from_json(text);
        REQUIRE_FALSE(back);
        CHECK(back.error().detail.find("太郎") == std::string::npos);
    }
}

TEST_CASE("no bytes make the reader of sealed texts fall over") {
    CHECK(rc::check(
        [](const std::string& bytes) { (void)buyer_text_from_json(bytes); }));  // only that it returns
}
