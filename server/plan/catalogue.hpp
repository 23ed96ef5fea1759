#pragma once
// What the site knows of the goods when an order comes in: its items, and what a shop's codes mean in items
// (商品対応表: code and chosen options -> items × quantity; a set is taken apart into its items).
#include <compare>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/base/ids.hpp"

namespace kenpin::plan {

/// 温度帯: how goods must travel.
enum class Temperature { ambient, chilled, frozen };

/// Of one item, for the rules of intake and individual handling. 0: not known.
struct ItemTraits {
    Temperature temperature = Temperature::ambient;
    bool is_fragile = false;
    bool is_reduced_tax = false;  // 軽減税率: 8 %, for shops whose files do not say
    int weight_g = 0;
    int length_mm = 0, width_mm = 0, height_mm = 0;
};

/// Items of one sold unit.
struct ItemPart {
    Sku sku;
    Qty units;  // >= 1, for each unit sold
    bool operator==(const ItemPart&) const = default;
};

/// The shop's code as compare_code() writes it, and the options as compare_options() writes them; empty
/// options: whatever was chosen.
struct ShopCode {
    std::string code, options;
    auto operator<=>(const ShopCode&) const = default;
};

struct Catalogue {
    std::map<Sku, ItemTraits> items;
    std::map<std::string, Sku> by_folded_code;  // compare_code() of each item; an empty Sku: two of them
    std::map<ShopCode, std::vector<ItemPart>> by_shop_code;
    /// Under what the options of an answered code are kept: a buyer may have written them himself (名入れ).
    /// Of compare_options(); none: no answer is known by its options.
    std::function<std::string(const std::string&)> seal_options = {};
};
void know_item(Catalogue& catalogue, const Sku& sku, const ItemTraits& traits = {});
/// One row of the 商品対応表; several rows with the same code and options make a set.
void know_shop_code(Catalogue& catalogue, const std::string& code, const std::string& options,
                    const ItemPart& part);

/// Folds what differs between writings of one code: letters' case, blanks around it.
std::string compare_code(const std::string& code);
/// Folds options: order, blanks and separators between them do not count ("サイズ:M カラー:赤").
std::string compare_options(const std::string& options);

/// Which items one sold unit means: the shop's code with these options, then the shop's code with any, then
/// an item of that very code, then one whose code differs in letters' case only. Empty: nobody knows it, or
/// something in its set is no item (a set in a set is never guessed at).
std::vector<ItemPart> items_of(const Catalogue& catalogue, const std::string& shop_code,
                               const std::string& options = {});
/// Of an item; a default one when it is not known.
ItemTraits traits_of(const Catalogue& catalogue, const Sku& sku);

}  // namespace kenpin::plan
