#include "server/shops/shop_profile.hpp"

#include <algorithm>

namespace kenpin::shops {
namespace {

bool has_all(const std::vector<std::string>& header, const Columns& marks) {
    return !marks.empty() && std::all_of(marks.begin(), marks.end(), [&](const auto& mark) {
        return std::find(header.begin(), header.end(), mark) != header.end();
    });
}

}  // namespace

std::optional<Recognised> recognise(const std::vector<ShopProfile>& profiles,
                                    const std::vector<std::string>& header) {
    std::optional<Recognised> best;
    std::size_t most = 0;
    const auto consider = [&](const ShopProfile& profile, const Columns& marks, bool is_lines) {
        if (marks.size() <= most || !has_all(header, marks)) return;
        most = marks.size();
        best = Recognised{&profile, is_lines};
    };
    for (const auto& profile : profiles) {
        consider(profile, profile.marks, false);
        consider(profile, profile.lines_marks, true);
    }
    return best;
}

}  // namespace kenpin::shops
