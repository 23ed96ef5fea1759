#include "server/plan/catalogue.hpp"

#include <algorithm>

namespace kenpin::plan {
namespace {

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

std::string trimmed(std::string text) {
    while (!text.empty() && is_blank(text.back())) text.pop_back();
    const auto first = std::find_if_not(text.begin(), text.end(), is_blank);
    text.erase(text.begin(), first);
    return text;
}

// ASCII only: other letters of a code are compared as they stand.
char upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

bool stands_between_options(char c) {
    return is_blank(c) || c == ',' || c == ';' || c == '/' || c == '|';
}

bool are_items(const Catalogue& catalogue, const std::vector<ItemPart>& parts) {
    return std::all_of(parts.begin(), parts.end(),
                       [&](const ItemPart& part) { return catalogue.items.contains(part.sku); });
}

// Asked for only where the code stands for anything: most codes are an item's own.
std::string sealed(const Catalogue& catalogue, const std::string& code, const std::string& options) {
    const auto first = catalogue.by_shop_code.lower_bound({code, {}});
    const bool is_known = first != catalogue.by_shop_code.end() && first->first.code == code;
    if (!is_known || options.empty() || !catalogue.seal_options) return {};
    return catalogue.seal_options(options);
}

}  // namespace

std::string compare_code(const std::string& code) {
    auto text = trimmed(code);
    std::transform(text.begin(), text.end(), text.begin(), upper);
    return text;
}

std::string compare_options(const std::string& options) {
    std::vector<std::string> parts(1);
    for (const char c : options) {
        if (stands_between_options(c))
            parts.emplace_back();
        else
            parts.back() += upper(c);
    }
    std::sort(parts.begin(), parts.end());
    std::string text;
    for (const auto& part : parts)
        if (!part.empty()) text += (text.empty() ? "" : " ") + part;
    return text;
}

void know_item(Catalogue& catalogue, const Sku& sku, const ItemTraits& traits) {
    catalogue.items[sku] = traits;
    const auto [at, is_new] = catalogue.by_folded_code.try_emplace(compare_code(sku.value), sku);
    if (!is_new && at->second != sku) at->second = Sku{};
}

void know_shop_code(Catalogue& catalogue, const std::string& code, const std::string& options,
                    const ItemPart& part) {
    catalogue.by_shop_code[{compare_code(code), compare_options(options)}].push_back(part);
}

std::vector<ItemPart> items_of(const Catalogue& catalogue, const std::string& shop_code,
                               const std::string& options) {
    const auto code = compare_code(shop_code);
    const auto as_chosen = compare_options(options);
    for (const auto& chosen : {as_chosen, sealed(catalogue, code, as_chosen), std::string{}})
        if (const auto known = catalogue.by_shop_code.find({code, chosen});
            known != catalogue.by_shop_code.end())
            return are_items(catalogue, known->second) ? known->second : std::vector<ItemPart>{};
    if (catalogue.items.contains(Sku{shop_code})) return {{Sku{shop_code}, Qty{1}}};
    const auto found = catalogue.by_folded_code.find(code);
    if (found == catalogue.by_folded_code.end() || found->second.value.empty()) return {};
    return {{found->second, Qty{1}}};
}

ItemTraits traits_of(const Catalogue& catalogue, const Sku& sku) {
    const auto found = catalogue.items.find(sku);
    return found == catalogue.items.end() ? ItemTraits{} : found->second;
}

}  // namespace kenpin::plan
