#pragma once
// Which differences between an order's handling and expected.json no reader of the files could avoid. Two:
// - Amazon's report names no service, and the data drew lots among small orders: the same goods under the
// same
//   conditions stand there with MAIL and without (G-22505 alone, 249-1512726-1002480 and
//   249-4608871-1003076), also goods that no letter box takes (G-21980 alone, 345 mm long). So MAIL is what
//   the goods allow, and is excused only where it is that; goods_go_by_mail() says it a second time, apart
//   from the product's tables.
// - Where the file says a time band that nobody knows (D17), the data remembers whether there was a band
//   before: SLOT without one is excused, for the order does wait for an answer about a band (E-SLOT).
// Everything else that differs is a fault, the same flags the other way round too.
#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace kenpin::test {

/// Sides in mm, longest first; g.
struct Measures {
    int longest = 0, middle = 0, thickness = 0, weight = 0;
};
using GoodsMeasures = std::map<std::string, Measures>;  // by item

/// Of master/items.csv; only of items whose numbers are plain. Its names hold commas, so it counts from
/// behind.
inline GoodsMeasures goods_measures(const std::string& items_csv) {
    GoodsMeasures goods;
    std::ifstream lines(items_csv);
    for (std::string line; std::getline(lines, line);) {
        std::vector<std::string> cells;
        std::istringstream in(line);
        for (std::string cell; std::getline(in, cell, ',');) cells.push_back(cell);
        if (!line.empty() && line.back() == ',') cells.emplace_back();
        const std::size_t behind_weight =
            10;  // weight_g,length,width,height,price,tax,expiry,fragile,source,note
        if (cells.size() < 16) continue;
        const auto number = [&](std::size_t at) {
            const auto& cell = cells[cells.size() - behind_weight + at];
            return cell.find_first_not_of("0123456789") == std::string::npos && !cell.empty()
                       ? std::stoi(cell)
                       : 0;
        };
        int sides[] = {number(1), number(2), number(3)};
        std::sort(std::begin(sides), std::end(sides));
        if (sides[0] > 0 && number(0) > 0) goods[cells.front()] = {sides[2], sides[1], sides[0], number(0)};
    }
    return goods;
}

/// All that was ordered, laid on each other, is a letter of some carrier: 3 cm and 1 kg, 34 × 25 cm or 60 cm
/// in all; and nothing was wished that no mail service keeps.
inline bool goods_go_by_mail(const nlohmann::json& want, const GoodsMeasures& goods) {
    const bool asks_more = want["date"] != "" || want["slot"] != "" || want["cod"] != 0;
    if (asks_more) return false;
    Measures pile;
    for (const auto& shipment : want["shipments"])
        for (const auto& line : shipment["lines"]) {
            const auto found = line[0].is_string() ? goods.find(line[0]) : goods.end();
            if (found == goods.end() || !line[1].is_number_integer() || line[1] < 1) return false;
            const int qty = line[1];
            pile.longest = std::max(pile.longest, found->second.longest);
            pile.middle = std::max(pile.middle, found->second.middle);
            pile.thickness += found->second.thickness * qty;
            pile.weight += found->second.weight * qty;
        }
    const bool is_flat = pile.thickness > 0 && pile.thickness <= 30 && pile.longest <= 340;
    return is_flat && pile.weight <= 1000 &&
           (pile.middle <= 250 || pile.longest + pile.middle + pile.thickness <= 600);
}

/// Flags of which `got` may say something else than `want`.
inline std::set<std::string> flags_nobody_can_know(const nlohmann::json& want, const nlohmann::json& got,
                                                   const GoodsMeasures& goods) {
    const auto says = [](const nlohmann::json& order, const char* list, const char* word) {
        return std::count(order[list].begin(), order[list].end(), word) > 0;
    };
    std::set<std::string> flags;
    const bool names_no_service = want["key"].get<std::string>().starts_with("amazon:");
    if (names_no_service && says(got, "handling", "MAIL") == goods_go_by_mail(want, goods))
        flags.insert("MAIL");
    if (want["kind"] == "D17" && want["slot"] == "" && says(got, "handling", "SLOT") &&
        says(got, "codes", "E-SLOT"))
        flags.insert("SLOT");
    return flags;
}

}  // namespace kenpin::test
