#include "server/ctl/words.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>

#include <doctest/doctest.h>

#include "core/domain/shipment.hpp"
#include "server/plan/start.hpp"
#include "server/web/desk.hpp"

using namespace kenpin;
using namespace kenpin::ctl;

namespace {

std::string asset(const std::string& path) {
    std::ifstream file("assets/" + path, std::ios::binary);  // ctest starts tests in the project's folder
    REQUIRE(file);
    return {std::istreambuf_iterator<char>(file), {}};
}

bool has_words(WordOf of, std::string_view key) {
    const std::string name(key);
    return in_words("ja", of, name) != name && !word_of("en", of, name).empty();
}

std::string name_on_page(const Word& word) {
    const auto* before = word.of == WordOf::done ? "done_" : word.of == WordOf::differs ? "differs_" : "";
    return before + std::string(word.key);
}

bool stands_on_page(WordOf of) {
    const auto all = {WordOf::outcome, WordOf::state,   WordOf::done,
                      WordOf::reason,  WordOf::carrier, WordOf::differs};
    return std::find(all.begin(), all.end(), of) != all.end();
}

}  // namespace

TEST_CASE("whoever reads what came in reads words, with the key behind them to search by") {
    CHECK(in_words("ja", WordOf::outcome, "hold") == "保留 (hold)");
    CHECK(in_words("en", WordOf::outcome, "hold") == "held (hold)");
    CHECK(in_words("ja", WordOf::hold, "to_confirm") == "確認待ち (to_confirm)");
    CHECK(in_words("en", WordOf::wait, "no_stock") == "not enough stock (no_stock)");
    CHECK(in_words("en", WordOf::ship_day, "today") == "today");
}

TEST_CASE("a key that has no word shows itself") {
    CHECK(in_words("ja", WordOf::state, "brand_new") == "brand_new");
    CHECK(in_words("ja", WordOf::state, "") == "");
    CHECK(flag_in_words("ja", "", "OKIHAI") == "OKIHAI");
    CHECK(flag_in_words("ja", "flag\tja\ten\n", "OKIHAI") == "OKIHAI");
}

TEST_CASE("a flag is named as the page names it") {
    const auto flags = asset("handling/flags.tsv");
    CHECK(flag_in_words("ja", flags, "OKIHAI") == "置き配 (OKIHAI)");
    CHECK(flag_in_words("en", flags, "OKIHAI") == "Leave at the door (OKIHAI)");
}

TEST_CASE("every reason for which a shipment is held, or is not started, has words") {
    for (int i = 0; i <= static_cast<int>(domain::HoldReason::shortage); ++i)
        CHECK(has_words(WordOf::hold, domain::name(static_cast<domain::HoldReason>(i))));
    for (int i = 0; i <= static_cast<int>(plan::WaitReason::cooling); ++i)
        CHECK(has_words(WordOf::wait, plan::name(static_cast<plan::WaitReason>(i))));
}

TEST_CASE("whoever reads why a shipment was not started reads what to do about it") {
    for (int i = 0; i <= static_cast<int>(plan::WaitReason::cooling); ++i)
        CHECK(has_words(WordOf::wait_remedy, plan::name(static_cast<plan::WaitReason>(i))));
}

TEST_CASE("every reason to set an order aside, and everything that is imported, has words") {
    for (const auto& reason : web::action_reasons) CHECK(has_words(WordOf::reason, reason));
    for (int i = 0; i <= static_cast<int>(web::Table::waybills); ++i)
        CHECK(has_words(WordOf::table, web::name(static_cast<web::Table>(i))));
}

TEST_CASE("a list is said to be picked or not, whatever its state") {
    for (const auto* state : {"started", "open", "revoked", "finished"})
        CHECK(has_words(WordOf::list, state));
    CHECK(in_words("ja", WordOf::list, "open") == "ピッキング中 (open)");
}

TEST_CASE("a field is named in words, with its line as people count") {
    CHECK(field_in_words("ja", "lines[0].qty") == "明細1の数量 (lines[0].qty)");
    CHECK(field_in_words("en", "lines[2].sku") == "line 3, item code (lines[2].sku)");
    CHECK(field_in_words("ja", "totals.goods_yen") == "合計欄の商品の合計 (totals.goods_yen)");
    CHECK(field_in_words("en", "buyer.postcode") == "buyer, postcode (buyer.postcode)");
    CHECK(field_in_words("ja", "tote_size") == "tote_size");
    CHECK(field_in_words("ja", "lines[0].brand_new") == "lines[0].brand_new");
    CHECK(field_in_words("ja", "") == "");
}

TEST_CASE("a shipment that was cancelled does not look as if it left") {
    for (int i = 0; i <= static_cast<int>(domain::WorkState::returned); ++i)
        CHECK(has_words(WordOf::work, domain::name(static_cast<domain::WorkState>(i))));
    CHECK(in_words("ja", WordOf::work, "cancelled") == "取消済 (cancelled)");
}

TEST_CASE("kenpinctl and the page of what came in use the same words") {
    const auto page = asset("web/orders_words.js");
    const auto english = page.find("\n  en: {");
    REQUIRE(english != std::string::npos);
    const auto says = [&](const std::string& part, const Word& word, std::string_view text) {
        return part.find(" " + name_on_page(word) + ": \"" + std::string(text) + "\"") != std::string::npos;
    };
    for (const auto& word : all_words()) {
        if (!stands_on_page(word.of)) continue;
        INFO(word.key);
        CHECK(says(page.substr(0, english), word, word.ja));
        CHECK(says(page.substr(english), word, word.en));
    }
}
