#include "firmware-bridge/decode/prefix.hpp"

#include <algorithm>
#include <string_view>

namespace kenpin::decode {
namespace {

using domain::Symbology;

bool all_digits(std::string_view text) {
    return text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool can_be(Symbology symbology, std::string_view text) {
    switch (symbology) {
        case Symbology::ean13:
            return text.size() == 13 && all_digits(text);
        case Symbology::ean8:
            return text.size() == 8 && all_digits(text);
        case Symbology::upc_a:
            return (text.size() == 12 || text.size() == 13) && all_digits(text);
        case Symbology::itf:
            return text.size() % 2 == 0 && all_digits(text);
        case Symbology::codabar:
            return text.find_first_not_of("0123456789-$:/.+ABCDabcd") == std::string_view::npos;
        case Symbology::unknown:
        case Symbology::code128:
        case Symbology::gs1_128:
        case Symbology::code39:
        case Symbology::qr:
        case Symbology::data_matrix:
            return true;
    }
    return true;
}

std::string_view inside(const PrefixRule& rule, std::string_view bytes) {
    return bytes.substr(rule.prefix.size(), bytes.size() - rule.prefix.size() - rule.suffix.size());
}

std::size_t size(const PrefixRule& rule) {
    return rule.prefix.size() + rule.suffix.size();
}

bool fits(const PrefixRule& rule, std::string_view bytes) {
    return size(rule) > 0 && bytes.size() > size(rule) && bytes.starts_with(rule.prefix) &&
           bytes.ends_with(rule.suffix) && can_be(rule.symbology, inside(rule, bytes));
}

}  // namespace

Identified without_prefix(const std::vector<PrefixRule>& rules, Identified scan) {
    if (!scan.aim.empty()) return scan;
    const PrefixRule* best = nullptr;
    for (const auto& rule : rules)
        if (fits(rule, scan.bytes) && (best == nullptr || size(rule) > size(*best))) best = &rule;
    if (best == nullptr) return scan;
    scan.bytes = std::string(inside(*best, scan.bytes));
    if (best->symbology != Symbology::unknown) scan.symbology = best->symbology;
    return scan;
}

}  // namespace kenpin::decode
