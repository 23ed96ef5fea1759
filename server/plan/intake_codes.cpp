#include "server/plan/intake_codes.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "server/plan/intake.hpp"

namespace kenpin::plan {
namespace {

struct Rule {
    std::string_view field_end, reason, code;  // empty: any
};

// From the special to the general; the first that fits counts.
constexpr std::array rules = {
    Rule{"", "card_number", "E-CARD"},
    Rule{"record", "encoding", "E-ENCODING"},
    Rule{"record", "columns", "E-COLUMNS"},
    Rule{"record", "cut_off", "E-TRUNCATED"},
    Rule{"record", "quotes", "E-QUOTES"},
    Rule{"record", "too_long", "E-LENGTH"},
    Rule{"record", "control", "E-CONTROL"},
    Rule{"record", "contradicts", "E-CONTRADICTION"},
    Rule{"order_no", "conflict", "E-DUP-CONFLICT"},
    Rule{"order_no", "stands", "W-STANDS"},
    Rule{"order_no", "", "E-ORDERNO"},
    Rule{"status", "cancelled", "E-CANCELLED"},
    Rule{"ordered_at", "", "E-ORDERED-AT"},
    Rule{"postcode", "", "E-POSTCODE"},
    Rule{"name", "", "E-NAME"},
    Rule{"phone", "", "E-PHONE"},
    Rule{"prefecture", "", "E-ADDRESS"},
    Rule{"city", "", "E-ADDRESS"},
    Rule{"street", "", "E-ADDRESS"},
    Rule{"address", "", "E-ADDRESS"},
    Rule{"sku", "", "E-SKU"},
    Rule{"qty", "", "E-QTY"},
    Rule{"line_no", "", "E-LINE"},
    Rule{"_yen", "does_not_add_up", "E-TOTAL"},
    Rule{"_yen", "", "E-PRICE"},
    Rule{"tax_rate_percent", "", "E-PRICE"},
    Rule{"slot", "", "E-SLOT"},
    Rule{"wished_date", "", "E-DATE"},
    Rule{"lines", "in_no_file", "E-LINES-FILE"},
    Rule{"lines", "", "E-LINE"},
};

constexpr std::size_t columns = 5;

std::vector<std::string> cells_of(std::string_view line) {
    std::vector<std::string> cells(1);
    for (const char c : line) {
        if (c == '\t')
            cells.emplace_back();
        else
            cells.back() += c;
    }
    return cells;
}

}  // namespace

std::string code_of(const Problem& problem) {
    const auto fits = [&](const Rule& rule) {
        return problem.field.ends_with(rule.field_end) &&
               (rule.reason.empty() || rule.reason == problem.reason);
    };
    const auto* found = std::find_if(rules.begin(), rules.end(), fits);
    return found == rules.end() ? "E-OTHER" : std::string(found->code);
}

std::vector<std::string> codes_of(const std::vector<Problem>& problems) {
    std::vector<std::string> codes;
    for (const auto& problem : problems)
        if (auto code = code_of(problem); std::find(codes.begin(), codes.end(), code) == codes.end())
            codes.push_back(std::move(code));
    // Lines that cannot be right cannot add up either: the sum would send a person to look for what is not
    // missing.
    const auto has = [&](const char* code) {
        return std::find(codes.begin(), codes.end(), code) != codes.end();
    };
    if (has("E-QTY") || has("E-PRICE")) std::erase(codes, "E-TOTAL");
    return codes;
}

bool is_damage(const Problem& problem) {
    constexpr std::array damages = {"encoding", "columns", "cut_off", "quotes", "too_long", "control"};
    return problem.field == "record" &&
           std::any_of(damages.begin(), damages.end(), [&](auto* one) { return problem.reason == one; });
}

std::optional<domain::HoldReason> hold_of(const std::string& code) {
    if (code == "E-UNPAID") return domain::HoldReason::unpaid;
    if (code == "W-ADDR-MISMATCH") return domain::HoldReason::address;
    if (code.starts_with("E-")) return domain::HoldReason::to_confirm;
    return std::nullopt;
}

Result<std::vector<ReasonText>> read_reason_texts(std::string_view tsv) {
    std::vector<ReasonText> texts;
    while (!tsv.empty()) {
        const auto end = std::min(tsv.find('\n'), tsv.size());
        const auto line = tsv.substr(0, end);
        tsv.remove_prefix(std::min(end + 1, tsv.size()));
        if (line.empty() || line.starts_with('#')) continue;
        auto cells = cells_of(line);
        const bool has_gap = std::any_of(cells.begin(), cells.end(), [](auto& cell) { return cell.empty(); });
        if (cells.size() != columns || has_gap)
            return Error{Error::Kind::corrupt, "reasons: not five cells: " + std::string(line)};
        texts.push_back({cells[0], cells[1], cells[2], cells[3], cells[4]});
    }
    return texts;
}

}  // namespace kenpin::plan
