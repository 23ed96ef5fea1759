#include "server/shops/row.hpp"

#include <algorithm>

#include "server/shops/values.hpp"

namespace kenpin::shops {
namespace {

void append(std::string& text, std::string_view part, const char* between) {
    if (!text.empty() && !part.empty()) text += between;
    text += part;
}

bool is_one_of(const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

}  // namespace

ColumnIndex index_of(const RecordFile& file) {
    ColumnIndex index;
    for (std::size_t i = 0; i < file.header.size(); ++i) index.try_emplace(file.header[i], i);
    return index;
}

std::string_view Row::at(const std::string& column) const {
    const auto found = columns_->find(column);
    if (found == columns_->end() || found->second >= record_->cells.size()) return {};
    return record_->cells[found->second];
}

std::string Row::plain(const std::string& column) const {
    const auto cell = at(column);
    return cell.empty() ? std::string{} : plain_value(cell);
}

std::string Row::joined(const Columns& columns, const char* between) const {
    std::string text;
    for (const auto& column : columns) append(text, trimmed(at(column)), between);
    return text;
}

std::string Row::joined_plain(const Columns& columns, const char* between) const {
    std::string text;
    for (const auto& column : columns) append(text, plain(column), between);
    return text;
}

std::string Row::first(const Columns& columns) const {
    for (const auto& column : columns)
        if (auto text = plain(column); !text.empty()) return text;
    return {};
}

std::optional<std::string> meaning_of(const Meanings& meanings, const std::string& text) {
    for (const auto& [written, meaning] : meanings)
        if (written == text) return meaning;
    for (const auto& [written, meaning] : meanings)
        if (!written.empty() && text.find(written) != std::string::npos) return meaning;
    return std::nullopt;
}

bool holds(const Condition& condition, const Row& row, const std::string& payment) {
    if (is_one_of(condition.unless_payment, payment)) return false;
    const auto text = row.plain(condition.column);
    if (condition.is.empty() && condition.holds.empty()) return !text.empty();
    const auto is_in_it = [&](const auto& word) { return text.find(word) != std::string::npos; };
    return is_one_of(condition.is, text) ||
           std::any_of(condition.holds.begin(), condition.holds.end(), is_in_it);
}

}  // namespace kenpin::shops
