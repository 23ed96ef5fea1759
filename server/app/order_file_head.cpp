#include "server/app/order_file_head.hpp"

#include "server/app/order_files.hpp"
#include "server/plan/check_order.hpp"
#include "server/shops/order_rows.hpp"
#include "server/shops/record_file.hpp"

namespace kenpin::app {
namespace {

// A number that cannot be read waits for nobody: its order says what is wrong with it.
std::set<std::string> numbers_in(std::string_view bytes, const std::string& column, shops::Quotes quotes) {
    std::set<std::string> numbers;
    auto records = shops::read_records(bytes, quotes);
    if (!records) return numbers;
    const auto file = shops::open_file({}, std::move(records).value());
    for (const auto& record : file->records.records) {
        auto number = shops::Row(file->columns, record).plain(column);
        if (record.damage != shops::Damage::header_repeat && plan::is_order_number(number))
            numbers.insert(std::move(number));
    }
    return numbers;
}

}  // namespace

std::optional<OrderFileHead> head_of(std::string_view bytes, const IntakeRules& rules) {
    const auto plain = plain_bytes(bytes);
    if (!plain) return std::nullopt;
    const auto header = shops::read_header(plain.value());
    const auto known = header ? shops::recognise(rules.profiles, header.value().header) : std::nullopt;
    if (!known) return std::nullopt;
    const auto& profile = *known->profile;
    OrderFileHead head{profile.name, !profile.lines_marks.empty(), known->is_lines, {}};
    if (head.has_twin)
        head.numbers =
            numbers_in(plain.value(), head.is_lines ? profile.lines_order_number : profile.order_number,
                       quotes_of(profile));
    return head;
}

}  // namespace kenpin::app
