#include "server/plan/unknown_codes.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>

namespace kenpin::plan {
namespace {

// What is left of hyphens, dashes and blanks after NFKC.
constexpr std::array<std::string_view, 11> between = {"-", "_", " ", "\t", "‐", "‑", "‒", "–", "—", "―", "−"};

}  // namespace

ShopCode compared(const ReceivedLine& line) {
    return {compare_code(line.code), compare_options(line.options.reveal())};
}

std::vector<ReceivedLine> lines_of_unknown_codes(const ReceivedOrder& order, const Catalogue& catalogue) {
    std::vector<ReceivedLine> unknown;
    std::set<ShopCode> told;
    for (const auto& line : order.lines) {
        if (line.code.empty() || !items_of(catalogue, line.code, line.options.reveal()).empty()) continue;
        if (told.insert(compared(line)).second) unknown.push_back(line);
    }
    return unknown;
}

std::string CodeProposals::folded(const std::string& code) const {
    auto text = nfkc_(code);
    for (const auto gap : between)
        for (auto at = text.find(gap); at != std::string::npos; at = text.find(gap, at))
            text.erase(at, gap.size());
    return compare_code(text);
}

void CodeProposals::know(const std::string& code, CodeProposal proposal) {
    auto key = folded(code);
    if (key.empty()) return;
    auto& known = by_code_[std::move(key)];
    const bool is_there = std::any_of(known.begin(), known.end(), [&](const auto& one) {
        return one.sku == proposal.sku && one.units == proposal.units;
    });
    if (!is_there) known.push_back(std::move(proposal));
}

void CodeProposals::know_item(const Sku& sku) {
    know(sku.value, {sku, Qty{1}, "sku"});
}

void CodeProposals::know_barcode(const std::string& barcode, const Sku& sku, Qty units) {
    know(barcode, {sku, units, "barcode"});
}

std::vector<CodeProposal> CodeProposals::of(const std::string& code) const {
    const auto found = by_code_.find(folded(code));
    return found == by_code_.end() ? std::vector<CodeProposal>{} : found->second;
}

std::string fault_of_part(const ItemPart& part, const Catalogue& catalogue) {
    if (catalogue.items.contains(part.sku)) return {};
    const auto code = compare_code(part.sku.value);
    const bool is_a_code = std::any_of(catalogue.by_shop_code.begin(), catalogue.by_shop_code.end(),
                                       [&](const auto& entry) { return entry.first.code == code; });
    return is_a_code ? "nested_set" : "unknown_item";
}

}  // namespace kenpin::plan
