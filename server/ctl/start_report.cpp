#include "server/ctl/start_report.hpp"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "server/ctl/json_text.hpp"
#include "server/ctl/words.hpp"

namespace kenpin::ctl {
namespace {

constexpr std::size_t most_rows = 20;

struct LeftFor {
    std::string reason;
    std::vector<std::string> shipments;
};

// The reason of most shipments first.
std::vector<LeftFor> by_reason(const Json& answer) {
    std::vector<LeftFor> all;
    for (const auto& row : answer.value("waiting", Json::array())) {
        const auto reason = text_of(row, "reason");
        auto found =
            std::find_if(all.begin(), all.end(), [&](const LeftFor& left) { return left.reason == reason; });
        if (found == all.end()) found = all.insert(all.end(), {reason, {}});
        found->shipments.push_back(text_of(row, "shipment"));
    }
    std::stable_sort(all.begin(), all.end(), [](const LeftFor& a, const LeftFor& b) {
        return a.shipments.size() > b.shipments.size();
    });
    return all;
}

// How many rows of each: every reason has its share, so that one does not hide the others; what a short one
// does not need is left to those before it.
std::vector<std::size_t> rows_of(const std::vector<LeftFor>& all, ListsOfStart lists) {
    std::vector<std::size_t> rows(all.size());
    std::size_t free = most_rows;
    for (std::size_t i = all.size(); i > 0; --i) {
        const auto size = all[i - 1].shipments.size();
        rows[i - 1] =
            lists == ListsOfStart::whole ? size : std::min(size, std::max<std::size_t>(1, free / i));
        free -= std::min(free, rows[i - 1]);
    }
    return rows;
}

std::size_t count_left(const std::vector<LeftFor>& all) {
    std::size_t count = 0;
    for (const auto& left : all) count += left.shipments.size();
    return count;
}

std::string totals(const std::string& language, const Json& lists, std::size_t left) {
    int shipments = 0;
    for (const auto& list : lists) shipments += list.value("shipments", 0);
    const auto of = std::to_string(shipments), on = std::to_string(lists.size()),
               not_of = std::to_string(left);
    if (lists.empty() && left == 0)
        return language == "en" ? "nothing is due today that is not in work already\n"
                                : "今日までに出荷するもので、これから始めるものはありません\n";
    return language == "en"
               ? "shipments started: " + of + " on lists: " + on + "; left behind: " + not_of + "\n"
               : "始めた出荷 " + of + "件(リスト " + on + "枚)、始められなかった出荷 " + not_of + "件\n";
}

std::string list_row(const std::string& language, const Json& list) {
    const auto id = text_of(list, "list"), bench = text_of(list, "bench");
    const auto shipments = std::to_string(list.value("shipments", 0)),
               lines = std::to_string(list.value("lines", 0));
    return language == "en"
               ? "  list " + id + ": " + shipments + " shipments, " + lines + " lines, bench " + bench + "\n"
               : "  リスト " + id + ": 出荷 " + shipments + "、明細 " + lines + "、梱包台 " + bench + "\n";
}

std::string more(const std::string& language, std::size_t count, const std::string& command) {
    if (count == 0) return {};
    const auto number = std::to_string(count);
    return language == "en" ? "  and " + number + " more: " + command + "\n"
                            : "  ほか " + number + "件: " + command + "\n";
}

std::string list_rows(const std::string& language, const Json& lists, ListsOfStart wanted) {
    const auto shown = wanted == ListsOfStart::whole ? lists.size() : std::min(lists.size(), most_rows);
    std::string text;
    for (std::size_t i = 0; i < shown; ++i) text += list_row(language, lists[i]);
    return text + more(language, lists.size() - shown, "kenpinctl lists");
}

std::string left_row(const std::string& language, const std::string& shipment, const LeftByShipment& known) {
    auto text = "    " + shipment;
    if (const auto found = known.find(shipment); found != known.end()) {
        text += "  " + found->second.orders;
        for (const auto& hold : found->second.holds) text += "  " + in_words(language, WordOf::hold, hold);
    }
    return text + "\n";
}

std::string reason_row(const std::string& language, const LeftFor& left) {
    const auto number = std::to_string(left.shipments.size());
    const auto remedy = word_of(language, WordOf::wait_remedy, left.reason);
    return "  " + in_words(language, WordOf::wait, left.reason) +
           (language == "en" ? ": " + number : ": " + number + "件") +
           (remedy.empty() ? "" : " → " + std::string(remedy)) + "\n";
}

}  // namespace

std::vector<std::string> shown_left(const std::string& answer, ListsOfStart lists) {
    const auto all = by_reason(Json::parse(answer, nullptr, false));
    const auto rows = rows_of(all, lists);
    std::vector<std::string> shown;
    for (std::size_t i = 0; i < all.size(); ++i)
        shown.insert(shown.end(), all[i].shipments.begin(),
                     all[i].shipments.begin() + static_cast<std::ptrdiff_t>(rows[i]));
    return shown;
}

Report start_report(const std::string& language, const std::string& answer, const LeftByShipment& left,
                    ListsOfStart lists) {
    const auto json = Json::parse(answer, nullptr, false);
    const auto started = json.value("lists", Json::array());
    const auto all = by_reason(json);
    auto text = totals(language, started, count_left(all)) + list_rows(language, started, lists);
    if (!all.empty()) text += language == "en" ? "why, and what to do:\n" : "始められない理由と、すること:\n";
    const auto rows = rows_of(all, lists);
    std::size_t shown = 0;
    for (std::size_t i = 0; i < all.size(); shown += rows[i], ++i) {
        text += reason_row(language, all[i]);
        for (std::size_t row = 0; row < rows[i]; ++row)
            text += left_row(language, all[i].shipments[row], left);
    }
    text += more(language, count_left(all) - shown, "kenpinctl start --all");
    return {.text = text, .exit_code = started.empty() && !all.empty() ? 1 : 0};
}

}  // namespace kenpin::ctl
