#include "server/plan/carrier_days.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include "server/plan/table.hpp"

namespace kenpin::plan {
namespace {

constexpr int most_days = 30;
constexpr std::size_t columns = 7;
const std::string any = "*";

std::optional<int> days_of(const std::string& text) {
    int days = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), days);
    if (problem != std::errc{} || end != text.data() + text.size() || days < 0 || days > most_days)
        return std::nullopt;
    return days;
}

// False: a day that is none.
bool read_limit(const std::string& text, std::optional<Day>& into) {
    if (!text.empty()) into = parse_day(text);
    return text.empty() || into;
}

std::optional<CarrierDaysRow> row_of(const std::vector<std::string>& cells) {
    if (cells.size() != columns || cells[0].empty() || cells[1].empty() || cells[2].empty() ||
        cells[6].empty())
        return std::nullopt;
    const auto days = days_of(cells[3]);
    CarrierDaysRow row{CarrierId{cells[0]}, cells[1], cells[2], days.value_or(0), {}, cells[6]};
    if (!days || !read_limit(cells[4], row.validity.from) || !read_limit(cells[5], row.validity.to))
        return std::nullopt;
    return row;
}

bool holds_for_all(const CarrierDaysRow& row) {
    return row.carrier.value == any && row.from == any && row.to == any && !row.validity.from &&
           !row.validity.to;
}

bool fits(const CarrierDaysRow& row, const CarrierFrom& from) {
    return (row.carrier.value == any || row.carrier == from.carrier) &&
           (row.from == any || row.from == from.prefecture) && row.validity.covers(from.day);
}

int weight_of(const CarrierDaysRow& row, const std::string& to) {
    return (row.to == to && to != any ? 4 : 0) + (row.from == any ? 0 : 2) +
           (row.carrier.value == any ? 0 : 1);
}

// Of rows that say as much, the later one in the table: it was added to it.
int best(const CarrierDaysTable& table, const CarrierFrom& from, const std::string& to) {
    int days = 1, weight = -1;
    for (const auto& row : table) {
        if (!fits(row, from) || (row.to != any && row.to != to) || weight_of(row, to) < weight) continue;
        days = row.days;
        weight = weight_of(row, to);
    }
    return days;
}

}  // namespace

Result<CarrierDaysTable> read_carrier_days(std::string_view tsv) {
    CarrierDaysTable table;
    const auto records = split_records(tsv, '\t');
    for (std::size_t i = 1; i < records.size(); ++i) {  // the first names the columns
        if (records[i].bytes.starts_with('#')) continue;
        auto row = row_of(split_fields(records[i].bytes, '\t'));
        if (!row) return Error{Error::Kind::corrupt, "record " + std::to_string(i)};
        table.push_back(std::move(*row));
    }
    if (std::none_of(table.begin(), table.end(), holds_for_all))
        return Error{Error::Kind::corrupt, "no row for every carrier and prefecture"};
    return table;
}

CarrierDays days_from(const CarrierDaysTable& table, const CarrierFrom& from) {
    std::set<std::string> named;
    for (const auto& row : table)
        if (row.to != any && fits(row, from)) named.insert(row.to);
    CarrierDays days{{}, best(table, from, any)};
    for (const auto& to : named) days.by_prefecture[to] = best(table, from, to);
    return days;
}

}  // namespace kenpin::plan
