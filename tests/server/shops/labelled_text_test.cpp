#include "server/shops/labelled_text.hpp"

#include <doctest/doctest.h>

using namespace kenpin::shops;

namespace {

const Meanings rakuten = {{"配送日時指定", "when"}, {"のし名入れ", "noshi_name"}, {"備考", "remark"}};
const Meanings note = {{"のし", "noshi"}, {"名入れ", "noshi_name"}};

std::string part(const std::vector<LabelledPart>& parts, const std::string& meaning) {
    for (const auto& one : parts)
        if (one.meaning == meaning) return one.text;
    return "(none)";
}

}  // namespace

TEST_CASE("sections of a mall's comment are taken apart, the buyer's words exactly") {
    const auto parts = labelled_parts(
        "[配送日時指定:]\n2026-11-28(土)\n18時～20時\n[のし名入れ:]\n例　太郎\n[備考:]\nのしは不要です\n "
        "追伸 ",
        rakuten, LabelStyle::sections);
    CHECK(part(parts, "when") == "2026-11-28(土)\n18時～20時");
    CHECK(part(parts, "noshi_name") == "例　太郎");
    CHECK(part(parts, "remark") == "のしは不要です\n 追伸 ");
}

TEST_CASE("a comment without sections is the buyer's, whatever it looks like") {
    const auto parts = labelled_parts("備考: のし: 不要", rakuten, LabelStyle::sections);
    REQUIRE(parts.size() == 1);
    CHECK(parts[0].meaning.empty());
    CHECK(parts[0].text == "備考: のし: 不要");
}

TEST_CASE("labels in a shop's note end at the next label or bracket, the rest is kept") {
    const auto parts = labelled_parts("のし:内祝 名入れ:例　智博【入金待ち】", note, LabelStyle::any);
    CHECK(part(parts, "noshi") == "内祝");
    CHECK(part(parts, "noshi_name") == "例　智博");
    CHECK(part(parts, "") == "【入金待ち】");
}

TEST_CASE("attributes of a form stand one on a line") {
    const Meanings attributes = {{"配送希望日", "day"}, {"配送希望時間帯", "slot"}};
    const auto parts = labelled_parts("配送希望日: 2026-12-02\n配送希望時間帯：19時～21時\n色: 赤",
                                      attributes, LabelStyle::any);
    CHECK(part(parts, "day") == "2026-12-02");
    CHECK(part(parts, "slot") == "19時～21時");
    CHECK(part(parts, "") == "色: 赤");
}
