#include "server/app/master_rows.hpp"

#include <charconv>
#include <cmath>

#include "adaptors/charset/charset.hpp"

namespace kenpin::app {
namespace {

std::optional<std::int64_t> whole(const std::string& text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

}  // namespace

std::string RecordReader::text(const std::string& name) const {
    const auto at = plan::column(table_, name);
    return at && *at < row_.cells.size() ? row_.cells[*at] : std::string{};
}

std::string RecordReader::needed(const std::string& name) {
    auto found = text(name);
    if (found.empty()) wrong(name, "missing");
    return found;
}

std::int64_t RecordReader::integer(const std::string& name, std::int64_t least, std::int64_t most,
                                   std::int64_t otherwise) {
    const auto found = text(name);
    if (found.empty()) return otherwise;
    const auto number = whole(found);
    if (!number) wrong(name, "wrong_type");
    if (number && (*number < least || *number > most)) wrong(name, "out_of_range");
    return number.value_or(otherwise);
}

std::int64_t RecordReader::needed_integer(const std::string& name, std::int64_t least, std::int64_t most) {
    if (needed(name).empty()) return least;
    return integer(name, least, most, least);
}

int RecordReader::millimetres(const std::string& name) {
    constexpr double most_m = 100'000;
    const auto found = text(name);
    if (found.empty()) return 0;
    double metres = 0;
    const auto [end, error] = std::from_chars(found.data(), found.data() + found.size(), metres);
    if (error != std::errc{} || end != found.data() + found.size() || !(std::abs(metres) <= most_m)) {
        wrong(name, "wrong_type");
        return 0;
    }
    return static_cast<int>(std::lround(metres * 1000));
}

void RecordReader::wrong(const std::string& name, const std::string& reason) {
    problems_.push_back({.field = name, .reason = reason, .line = line()});
}

Result<plan::Table> read_csv(std::string_view bytes) {
    const plan::TextRules rules{.decode = [](std::string_view record) -> Result<std::string> {
                                    auto decoded = charset::decode_record(record);
                                    if (!decoded) return decoded.error();
                                    return std::move(decoded).value().text;
                                },
                                .normal =
                                    [](const std::string& name) {
                                        const auto folded = charset::folded(name);
                                        return folded ? folded.value() : name;
                                    }};
    return plan::read_table(bytes, ',', rules);
}

std::vector<web::Reason> bad_rows(const plan::Table& table) {
    std::vector<web::Reason> reasons;
    for (const auto& bad : table.bad) reasons.push_back({.reason = bad.reason, .line = bad.record + 1});
    return reasons;
}

}  // namespace kenpin::app
