#include "firmware-bridge/decode/gs1.hpp"

#include <algorithm>
#include <array>

#include "core/domain/barcode.hpp"
#include "firmware-bridge/decode/digital_link.hpp"

namespace kenpin::decode {
namespace {

using domain::Symbology;

constexpr std::string_view composite_mark = "|]e0";  // between EAN digits and the composite part above them

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// Where the value that begins at `start` ends.
std::size_t value_end(const AiRow& row, std::string_view data, std::size_t start) {
    const auto separator = std::min(data.find(group_separator, start), data.size());
    return row.ends_by_length ? std::min(separator, start + row.most_characters()) : separator;
}

/// True when `text` is one whole element, or begins with one that ends by its length.
bool reads_as_element(std::string_view text) {
    const auto* row = find_ai(text);
    if (row == nullptr) return false;
    const auto value = text.substr(row->first.size());
    if (!row->ends_by_length) return !value.empty() && !check_value(*row, value);
    return !check_value(*row, value.substr(0, row->most_characters()));
}

// In a lot or serial any two digits may look like an identifier; only elements that prove themselves by their
// length and a check digit or a day count as a sign.
bool ends_in_proven_element(std::string_view value) {
    for (std::size_t at = 1; at < value.size(); ++at) {
        const auto* row = find_ai(value.substr(at));
        if (row == nullptr || !row->ends_by_length || row->parts[0].rules[0] == PartRule::none) continue;
        const auto rest = value.substr(at + row->first.size());
        if (rest.size() == row->most_characters() && !check_value(*row, rest)) return true;
    }
    return false;
}

bool number_runs_into_element(std::string_view value) {
    for (std::size_t at = 1; at < value.size(); ++at)
        if (reads_as_element(value.substr(at))) return true;
    return false;
}

Gs1Refusal refusal(const AiRow& row, std::string_view ai, std::string_view value, ValueFault found) {
    const bool is_open_number = !row.ends_by_length && row.parts[0].set == CharSet::digits &&
                                (found.fault == Gs1Fault::not_a_digit || found.fault == Gs1Fault::too_long);
    return {found.fault, std::string(ai), found.offset, is_open_number && number_runs_into_element(value)};
}

bool has(const std::vector<Gs1Element>& elements, std::string_view ai) {
    return std::any_of(elements.begin(), elements.end(), [&](const auto& e) { return e.ai == ai; });
}

// GS1 General Specifications 4.13 and 4.14, as far as a floor meets them.
struct PairRule {
    std::string_view ai;
    std::array<std::string_view, 5> others;
};
constexpr std::string_view none{};
constexpr std::array<PairRule, 9> needed{{{"02", {"37", none, none, none, none}},
                                          {"37", {"00", "02", none, none, none}},
                                          {"10", {"01", "02", "03", "8006", "8026"}},
                                          {"11", {"01", "02", "03", "8006", "8026"}},
                                          {"13", {"01", "02", "03", "8006", "8026"}},
                                          {"15", {"01", "02", "03", "8006", "8026"}},
                                          {"16", {"01", "02", "03", "8006", "8026"}},
                                          {"17", {"01", "02", "03", "8006", "8026"}},
                                          {"21", {"01", "03", "8006", none, none}}}};
constexpr std::array<PairRule, 2> contradicting{
    {{"01", {"02", "03", "37", none, none}}, {"21", {"235", none, none, none, none}}}};

bool has_any(const std::vector<Gs1Element>& elements, const PairRule& rule) {
    return std::any_of(rule.others.begin(), rule.others.end(),
                       [&](std::string_view other) { return !other.empty() && has(elements, other); });
}

std::vector<Gs1Warning> swallow_warnings(const std::vector<Gs1Element>& elements) {
    std::vector<Gs1Warning> warnings;
    for (const auto& [ai, value] : elements)
        if (!find_ai(ai)->ends_by_length && ends_in_proven_element(value))
            warnings.push_back({Gs1Warning::Kind::separator_may_be_missing, ai});
    return warnings;
}

/// Digits of EAN bars with a composite part: what stands before the mark.
std::string_view linear_part(std::string_view bytes) {
    return bytes.substr(0, bytes.find(composite_mark));
}

std::string padded_to_14(std::string_view digits) {
    return std::string(14 - digits.size(), '0') + std::string(digits);
}

Gs1Reading read_composite(std::string_view bytes) {
    const auto linear = linear_part(bytes);
    const auto start = linear.size() + composite_mark.size();
    if (!domain::gtin_check_is_right(linear)) return Gs1Refusal{Gs1Fault::check_digit, "01", 0};
    auto reading = parse_element_string(bytes.substr(start));
    if (auto* refused = std::get_if<Gs1Refusal>(&reading)) {
        refused->offset += start;
        return reading;
    }
    auto& gs1 = std::get<Gs1>(reading);
    gs1.elements.insert(gs1.elements.begin(), {"01", padded_to_14(linear)});
    if (differing_repeat(gs1.elements) < gs1.elements.size())
        return Gs1Refusal{Gs1Fault::differing_repeat, "01", start};
    gs1.warnings = swallow_warnings(gs1.elements);
    for (auto& warning : pair_warnings(gs1.elements)) gs1.warnings.push_back(std::move(warning));
    return reading;
}

int full_year(int two_digits, int year_now) {
    const int year = year_now - year_now % 100 + two_digits;
    if (year - year_now > 50) return year - 100;
    return year_now - year >= 50 ? year + 100 : year;
}

bool is_goods_symbology(Symbology symbology) {
    return symbology == Symbology::ean13 || symbology == Symbology::ean8 || symbology == Symbology::upc_a ||
           symbology == Symbology::itf;
}

}  // namespace

std::string_view Gs1::value_of(std::string_view ai) const {
    const auto found =
        std::find_if(elements.begin(), elements.end(), [&](const auto& element) { return element.ai == ai; });
    return found == elements.end() ? std::string_view{} : std::string_view(found->value);
}

std::size_t differing_repeat(const std::vector<Gs1Element>& elements) {
    for (std::size_t i = 1; i < elements.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (elements[i].ai == elements[j].ai && elements[i].value != elements[j].value) return i;
    return elements.size();
}

std::vector<Gs1Warning> pair_warnings(const std::vector<Gs1Element>& elements) {
    std::vector<Gs1Warning> warnings;
    for (const auto& rule : needed)
        if (has(elements, rule.ai) && !has_any(elements, rule))
            warnings.push_back({Gs1Warning::Kind::needs_another, std::string(rule.ai)});
    for (const auto& rule : contradicting)
        if (has(elements, rule.ai) && has_any(elements, rule))
            warnings.push_back({Gs1Warning::Kind::contradicts, std::string(rule.ai)});
    return warnings;
}

Gs1Reading parse_element_string(std::string_view data) {
    if (data.empty()) return Gs1Refusal{Gs1Fault::empty, {}, 0};
    Gs1 gs1;
    for (std::size_t at = 0; at < data.size();) {
        if (data[at] == group_separator) return Gs1Refusal{Gs1Fault::stray_separator, {}, at};
        const auto* row = find_ai(data.substr(at));
        if (row == nullptr) return Gs1Refusal{Gs1Fault::unknown_ai, {}, at};
        const auto ai = data.substr(at, row->first.size());
        const auto start = at + ai.size();
        const auto end = value_end(*row, data, start);
        const auto value = data.substr(start, end - start);
        if (const auto found = check_value(*row, value))
            return refusal(*row, ai, value, {found->fault, start + found->offset});
        gs1.elements.push_back({std::string(ai), std::string(value)});
        if (differing_repeat(gs1.elements) < gs1.elements.size())
            return Gs1Refusal{Gs1Fault::differing_repeat, std::string(ai), start};
        at = end + (end < data.size() && data[end] == group_separator ? 1 : 0);
    }
    gs1.warnings = swallow_warnings(gs1.elements);
    for (auto& warning : pair_warnings(gs1.elements)) gs1.warnings.push_back(std::move(warning));
    return gs1;
}

std::optional<Gs1Reading> gs1_of(const Identified& scan) {
    const std::string_view bytes = scan.bytes;
    if (is_one_of(scan.aim, {"]C1", "]d2", "]Q3", "]e0", "]J1"})) return parse_element_string(bytes);
    if (is_one_of(scan.aim, {"]Q1", "]d1", "]J0"}) && is_web_address(bytes)) return parse_digital_link(bytes);
    if (is_one_of(scan.aim, {"]E0", "]E4"}) && bytes.find(composite_mark) != std::string_view::npos)
        return read_composite(bytes);
    if (scan.aim.empty() && scan.symbology == Symbology::gs1_128) return parse_element_string(bytes);
    return std::nullopt;
}

std::string element_string(const Gs1& gs1) {
    std::string out;
    const AiRow* before = nullptr;
    for (const auto& element : gs1.elements) {
        if (before != nullptr && !before->ends_by_length) out.push_back(group_separator);
        out += element.ai + element.value;
        before = find_ai(element.ai);
    }
    return out;
}

std::string gtin14(const Gs1& gs1) {
    for (const auto* ai : {"01", "02", "03"})
        if (const auto value = gs1.value_of(ai); !value.empty()) return std::string(value);
    return {};
}

std::optional<std::string> gtin14(const Identified& scan) {
    if (const auto reading = gs1_of(scan)) {
        const auto* gs1 = std::get_if<Gs1>(&*reading);
        auto digits = gs1 == nullptr ? std::string{} : gtin14(*gs1);
        if (digits.empty()) return std::nullopt;
        return digits;
    }
    if (!is_goods_symbology(scan.symbology) || !domain::gtin_check_is_right(scan.bytes)) return std::nullopt;
    if (scan.symbology == Symbology::itf && scan.bytes.size() != 14) return std::nullopt;
    return padded_to_14(scan.bytes);
}

std::optional<std::chrono::year_month_day> gs1_day(std::string_view yymmdd, int year_now) {
    using namespace std::chrono;
    if (yymmdd.size() != 6 || yymmdd.find_first_not_of("0123456789") != std::string_view::npos)
        return std::nullopt;
    const auto two = [&](std::size_t at) { return (yymmdd[at] - '0') * 10 + (yymmdd[at + 1] - '0'); };
    const year_month month{year{full_year(two(0), year_now)},
                           std::chrono::month(static_cast<unsigned>(two(2)))};
    if (!month.ok()) return std::nullopt;
    const auto last_day = (month / last).day();
    const auto wanted = std::chrono::day(static_cast<unsigned>(two(4)));
    if (wanted > last_day) return std::nullopt;
    return month / (wanted == std::chrono::day{0} ? last_day : wanted);
}

}  // namespace kenpin::decode
