#include "server/plan/check_order.hpp"

#include <algorithm>

#include "core/base/limits.hpp"
#include "server/plan/card_number.hpp"

namespace kenpin::plan {
namespace {

using Problems = std::vector<Problem>;

std::string at(const std::string& array, std::size_t index, const std::string& field) {
    return array + "[" + std::to_string(index) + "]." + field;
}

bool is_blank(const std::string& text) {
    return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

void must_be_there(const Private<std::string>& value, const std::string& field, Problems& problems) {
    if (is_blank(value.reveal())) problems.push_back({field, "missing"});
}

void check_addressee(const Addressee& who, const std::string& where, Problems& problems) {
    must_be_there(who.name, where + "name", problems);
    if (is_blank(who.postcode.reveal()))
        problems.push_back({where + "postcode", "missing"});
    else if (plain_postcode(who.postcode.reveal()).empty())
        problems.push_back({where + "postcode", "out_of_range"});
    must_be_there(who.prefecture, where + "prefecture", problems);
    // Some shops write city and street as one.
    if (is_blank(who.street.reveal())) problems.push_back({where + "street", "missing"});
    must_be_there(who.phone, where + "phone", problems);
}

void check_line(const ReceivedLine& line, std::size_t index, const ReceivedOrder& order,
                const Catalogue& catalogue, Problems& problems) {
    const auto wrong = [&](const std::string& field, const std::string& reason) {
        problems.push_back({at("lines", index, field), reason});
    };
    if (line.no < 1) wrong("line_no", "out_of_range");
    const auto has_same_no = [&](const ReceivedLine& other) { return other.no == line.no; };
    if (std::count_if(order.lines.begin(), order.lines.end(), has_same_no) > 1)
        wrong("line_no", "not_unique");
    if (line.code.empty())
        wrong("sku", "missing");
    else if (items_of(catalogue, line.code, line.options.reveal()).empty())
        wrong("sku", "unknown_item");
    if (line.qty < 1 || line.qty > limits::units_per_line) wrong("qty", "out_of_range");
    if (line.unit_price < Yen{0}) wrong("unit_price_yen", "out_of_range");
    const int tax = line.tax_rate_percent;
    if (tax != 0 && tax != 8 && tax != 10) wrong("tax_rate_percent", "out_of_range");
    if (line.ship_to < 1 || line.ship_to > std::ssize(order.ship_to)) wrong("recipient_no", "out_of_range");
}

void check_addressees(const ReceivedOrder& order, Problems& problems) {
    must_be_there(order.buyer.name, "buyer.name", problems);
    if (order.ship_to.empty()) problems.push_back({"recipients", "missing"});
    for (std::size_t i = 0; i < order.ship_to.size(); ++i) {
        check_addressee(order.ship_to[i], order.ship_to.size() == 1 ? "buyer." : at("recipients", i, ""),
                        problems);
        const auto is_for = [&](const ReceivedLine& line) { return line.ship_to == static_cast<int>(i) + 1; };
        if (std::none_of(order.lines.begin(), order.lines.end(), is_for))
            problems.push_back({"recipients[" + std::to_string(i) + "]", "no_lines"});
    }
}

// Everywhere where somebody may write what he likes.
std::vector<const Written*> free_texts(const ReceivedOrder& order) {
    std::vector<const Written*> texts = {&order.remark, &order.message, &order.wrapping, &order.noshi.name};
    for (const auto& said : order.texts) texts.push_back(&said.text);
    for (const auto& line : order.lines) texts.push_back(&line.options);
    for (const auto& who : order.ship_to)
        for (const auto* part : {&who.name, &who.city, &who.street, &who.building}) texts.push_back(part);
    return texts;
}

/// Whether a field could not be judged because of a problem with it, or with what it is a part of.
bool follows_from(const Problem& known, const Problem& problem) {
    if (problem.reason == "no_lines") return known.field.starts_with("lines") || known.field == "recipients";
    if (!problem.field.starts_with(known.field)) return false;
    const auto rest = problem.field.substr(known.field.size());
    return rest.empty() || rest.front() == '.' || rest.front() == '[';
}

}  // namespace

std::vector<Problem> all_problems(std::vector<Problem> known, const ReceivedOrder& order,
                                  const Catalogue& catalogue) {
    const auto read = known.size();
    for (auto& problem : problems_of(order, catalogue)) {
        const auto begin = known.begin(), end = begin + static_cast<std::ptrdiff_t>(read);
        if (std::none_of(begin, end, [&](const Problem& k) { return follows_from(k, problem); }))
            known.push_back(std::move(problem));
    }
    return known;
}

bool holds_card_number(const ReceivedOrder& order) {
    const auto texts = free_texts(order);
    return std::any_of(texts.begin(), texts.end(),
                       [](const Written* text) { return holds_card_number(text->reveal()); });
}

bool is_order_number(std::string_view number) {
    const auto is_printable = [](char c) { return c > ' ' && c <= '~'; };
    return !number.empty() && number.size() <= 50 && std::all_of(number.begin(), number.end(), is_printable);
}

std::string plain_postcode(std::string_view text) {
    std::string digits;
    for (const char c : text) {
        if (c == '-') continue;
        if (c < '0' || c > '9') return {};
        digits += c;
    }
    return digits.size() == 7 && digits != "0000000" ? digits : std::string{};
}

std::vector<Problem> problems_of(const ReceivedOrder& order, const Catalogue& catalogue) {
    Problems problems;
    if (order.is_cancelled) problems.push_back({"status", "cancelled"});
    if (!is_order_number(order.number_in_shop)) problems.push_back({"order_no", "out_of_range"});
    check_addressees(order, problems);
    if (holds_card_number(order)) problems.push_back({"texts", "card_number"});
    if (order.lines.empty()) problems.push_back({"lines", "missing"});
    if (order.lines.size() > limits::lines_per_order) {
        problems.push_back({"lines", "too_many"});
        return problems;
    }
    for (std::size_t i = 0; i < order.lines.size(); ++i)
        check_line(order.lines[i], i, order, catalogue, problems);
    const bool knows_slot =
        order.wished_slot.empty() || std::count(slot_names.begin(), slot_names.end(), order.wished_slot);
    if (!knows_slot) problems.push_back({"slot", "bad_value"});
    return problems;
}

}  // namespace kenpin::plan
