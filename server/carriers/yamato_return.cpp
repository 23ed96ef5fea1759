#include "server/carriers/yamato_return.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "adaptors/charset/charset.hpp"
#include "core/domain/barcode.hpp"
#include "server/plan/table.hpp"

namespace kenpin::carriers {
namespace {

const std::string management_column = "お客様管理番号";
const std::string tracking_column = "伝票番号";

Result<std::string> decode(std::string_view record) {
    auto decoded = charset::decode_record(record);
    if (!decoded) return decoded.error();
    return std::move(decoded).value().text;
}

std::string normal(const std::string& text) {
    auto same = charset::nfkc(text);
    return same ? same.value() : text;
}

// ="000010000480" is how a spreadsheet keeps leading zeros; without spaces around it.
std::string unwrapped(const std::string& cell) {
    auto text = normal(cell);
    std::erase(text, ' ');
    if (text.size() >= 3 && text.starts_with("=\"") && text.ends_with('"'))
        return text.substr(2, text.size() - 3);
    return text;
}

// Nothing when `number` may be bound.
std::optional<std::string> number_problem(const std::string& number) {
    constexpr std::size_t tracking_digits = 12;
    const bool is_digits =
        std::all_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (number.empty()) return "number_missing";
    if (!is_digits || number.size() != tracking_digits) return "not_a_number";
    if (!domain::tracking_check_is_right(number)) return "check_digit";
    return std::nullopt;
}

}  // namespace

Result<ReturnFile> read_yamato_return(std::string_view bytes) {
    const auto read = plan::read_table(bytes, ',', {decode, normal});
    if (!read) return read.error();
    const auto& table = read.value();
    const auto management = plan::column(table, normal(management_column));
    const auto tracking = plan::column(table, normal(tracking_column));
    if (!management || !tracking) return Error{Error::Kind::corrupt, "not a return file of B2"};
    ReturnFile file;
    file.rows = static_cast<int>(table.rows.size() + table.bad.size());
    for (const auto& row : table.rows) {
        const auto key = unwrapped(row.cells[*management]);
        auto number = unwrapped(row.cells[*tracking]);
        if (const auto problem = number_problem(number))
            file.refused.push_back({row.record, key, *problem});
        else
            file.waybills.push_back({row.record, key, TrackingNo{std::move(number)}});
    }
    for (const auto& bad : table.bad) file.refused.push_back({bad.record, "", bad.reason});
    return file;
}

}  // namespace kenpin::carriers
