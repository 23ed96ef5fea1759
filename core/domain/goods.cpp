#include "core/domain/goods.hpp"

#include "core/base/overloaded.hpp"

namespace kenpin::domain {
namespace {

// The text by which the item master knows a code; empty for codes that never stand for goods.
std::string master_text(const Code& code) {
    return std::visit(Overloaded{
                          [](const GoodsCode& c) { return c.digits; },
                          [](const CaseCode& c) { return c.itf14; },
                          [](const OtherText& c) { return c.text; },
                          [](const auto&) { return std::string{}; },
                      },
                      code);
}

}  // namespace

std::optional<Qty> units_of(const std::vector<ItemCode>& codes, const Code& scanned) {
    const auto text = master_text(scanned);
    if (text.empty()) return std::nullopt;
    for (const auto& known : codes)
        if (known.code == text) return known.units;
    return std::nullopt;
}

}  // namespace kenpin::domain
