#pragma once
// Texts in which a form has put several things: Rakuten's コメント ("[配送日時指定:]\n午前中\n[備考:]\n…"),
// Next Engine's 作業者欄 ("のし:内祝 名入れ:例"), Shopify's note attributes ("配送希望日: 2026-11-27").
#include <string>
#include <string_view>
#include <vector>

#include "server/shops/shop_profile.hpp"

namespace kenpin::shops {

struct LabelledPart {
    std::string label;    // as it stands in the profile; empty: what stands under no label
    std::string meaning;  // of the label; empty for the rest
    std::string text;     // "remark" exactly as written, others without blanks around them
};

/// In a buyer's words only sections count, what looks like a label else is their own.
enum class LabelStyle { sections, any };

/// The parts of `text` in their order. A section is "[label:]" alone on a line, its part goes on to the next
/// section; another label is "label:" at the beginning of a line or behind a blank, its part ends with the
/// line, at the next known label or at a "【". Colons and brackets may be full-width.
std::vector<LabelledPart> labelled_parts(std::string_view text, const Meanings& labels, LabelStyle style);

}  // namespace kenpin::shops
