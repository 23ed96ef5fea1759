#include "server/plan/address_check_text.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "server/plan/table.hpp"

namespace kenpin::plan {
namespace {

std::size_t character_at(std::string_view text, std::size_t at) {
    std::size_t next = at + 1;
    while (next < text.size() && (static_cast<unsigned char>(text[next]) & 0xC0U) == 0x80U) ++next;
    return next - at;
}

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80U; });
}

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20U && c != '\n' && c != '\r' && c != '\t') || byte == 0x7FU;
}

struct Cp932Kinds {
    bool has_vendor_character = false;
    bool has_half_kana = false;
};

// NEC's row 13 (①㈱) lies at 0x87, NEC's and IBM's extra characters (髙﨑) at 0xED, 0xEE and from 0xFA on.
bool is_vendors(unsigned lead) {
    return lead == 0x87U || lead == 0xEDU || lead == 0xEEU || lead >= 0xFAU;
}

Cp932Kinds kinds_in(const std::string& cp932) {
    Cp932Kinds kinds;
    for (std::size_t at = 0; at < cp932.size(); ++at) {
        const auto byte = static_cast<unsigned>(static_cast<unsigned char>(cp932[at]));
        if (byte >= 0xA1U && byte <= 0xDFU) kinds.has_half_kana = true;
        if (byte < 0x80U || (byte >= 0xA1U && byte <= 0xDFU)) continue;
        if (is_vendors(byte)) kinds.has_vendor_character = true;
        ++at;  // over the second byte
    }
    return kinds;
}

bool is_half_width(std::string_view c) {
    return c.size() == 1 || (c >= "\xEF\xBD\xA1" && c <= "\xEF\xBE\x9F");  // ASCII, ｡ .. ﾟ
}

bool is_telephone(std::string_view text) {
    const auto digits = std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    return text.starts_with('+') && digits >= 10 && digits <= 15 &&
           text.substr(1).find_first_not_of("0123456789 -()") == std::string_view::npos;
}

bool is_number(std::string_view text) {
    const auto digits = text.substr(1);
    return !digits.empty() && digits.find_first_not_of("0123456789.,") == std::string_view::npos;
}

// "&amp;", "&#39640;", "&#x9AD8;": text of a web page that nobody turned back; the label would show it.
bool holds_entity(std::string_view text) {
    constexpr std::size_t longest_name = 8;
    for (auto at = text.find('&'); at != std::string_view::npos; at = text.find('&', at + 1)) {
        const auto end = text.find(';', at);
        if (end == std::string_view::npos) return false;
        const auto name = text.substr(at + 1, end - at - 1);
        const bool is_name = name.size() >= 2 && name.size() <= longest_name &&
                             std::all_of(name.begin(), name.end(),
                                         [](unsigned char c) { return std::isalnum(c) != 0 || c == '#'; });
        if (is_name) return true;
    }
    return false;
}

void measure(const std::string& text, TooLong most, std::vector<TooLong>& found) {
    most.takes *= most.lines;
    most.characters = full_width_characters(text);
    if (most.takes > 0 && most.characters > most.takes) found.push_back(std::move(most));
}

void add_lengths(const Addressee& who, const std::string& field, const TextRulesOfCarriers& rules,
                 std::vector<TextFinding>& findings) {
    for (const auto& widths : rules.widths)
        if (!too_long_for(who, {widths}).empty())
            findings.push_back({"W-LEN-CARRIER", field, Private<std::string>(widths.carrier)});
}

void add(const Written& text, const std::string& field, const TextRulesOfCarriers& rules,
         std::vector<TextFinding>& findings) {
    auto found = text_findings(text.reveal(), field, rules);
    std::move(found.begin(), found.end(), std::back_inserter(findings));
}

void add(const Addressee& who, const std::string& where, const TextRulesOfCarriers& rules,
         std::vector<TextFinding>& findings) {
    add(who.name, where + ".name", rules, findings);
    add(who.city, where + ".city", rules, findings);
    add(who.street, where + ".street", rules, findings);
    add(who.building, where + ".building", rules, findings);
}

bool read_number(const std::string& text, int& into) {
    return std::from_chars(text.data(), text.data() + text.size(), into).ptr == text.data() + text.size();
}

}  // namespace

Result<std::vector<CarrierWidths>> read_carrier_widths(std::string_view tsv) {
    std::vector<CarrierWidths> all;
    const auto records = split_records(tsv, '\t');
    for (std::size_t i = 1; i < records.size(); ++i) {  // the first names the columns
        if (records[i].bytes.starts_with('#')) continue;
        const auto cells = split_fields(records[i].bytes, '\t');
        CarrierWidths widths;
        if (cells.size() != 6 || !read_number(cells[1], widths.name) ||
            !read_number(cells[2], widths.name_lines) || !read_number(cells[3], widths.address) ||
            !read_number(cells[4], widths.address_lines) || !read_number(cells[5], widths.building))
            return Error{Error::Kind::corrupt, "widths, record " + std::to_string(i)};
        widths.carrier = cells[0];
        all.push_back(std::move(widths));
    }
    return all;
}

std::vector<TooLong> too_long_for(const Addressee& who, const std::vector<CarrierWidths>& widths) {
    std::vector<TooLong> found;
    const auto street = who.prefecture.reveal() + who.city.reveal() + who.street.reveal();
    const auto& building = who.building.reveal();
    for (const auto& one : widths) {
        const bool has_line_for_building = one.building > 0;
        measure(who.name.reveal(), {one.carrier, "name", 0, one.name, one.name_lines}, found);
        measure(has_line_for_building ? street : street + building,
                {one.carrier, "address", 0, one.address, one.address_lines}, found);
        if (has_line_for_building) measure(building, {one.carrier, "building", 0, one.building, 1}, found);
    }
    return found;
}

std::vector<TextFinding> text_findings(const std::string& text, const std::string& field,
                                       const TextRulesOfCarriers& rules) {
    std::vector<TextFinding> findings;
    if (std::any_of(text.begin(), text.end(), is_control)) findings.push_back({"E-CONTROL", field, {}});
    if (is_formula(text)) findings.push_back({"W-FORMULA", field, {}});
    if (holds_entity(text)) findings.push_back({"E-ENTITY", field, {}});
    if (is_ascii(text)) return findings;
    const auto cp932 = rules.cp932(text);
    const auto proposal = cp932 ? std::string{} : carrier_proposal(text, rules);
    if (!cp932) findings.push_back({"W-NONCP932", field, Private<std::string>(proposal)});
    const auto kinds = kinds_in(cp932 ? *cp932 : rules.cp932(proposal).value_or(""));
    if (kinds.has_vendor_character) findings.push_back({"W-VENDORCHAR", field, {}});
    if (kinds.has_half_kana) findings.push_back({"W-HALFKANA", field, {}});
    return findings;
}

std::vector<TextFinding> text_findings(const ReceivedOrder& order, const TextRulesOfCarriers& rules) {
    std::vector<TextFinding> findings;
    add(order.buyer, "buyer", rules, findings);
    for (std::size_t i = 0; i < order.ship_to.size(); ++i) {
        const auto where = "recipients[" + std::to_string(i) + "]";
        add(order.ship_to[i], where, rules, findings);
        add_lengths(order.ship_to[i], where, rules, findings);
    }
    add(order.remark, "remark", rules, findings);
    return findings;
}

std::string carrier_proposal(const std::string& text, const TextRulesOfCarriers& rules) {
    std::string proposal;
    for (std::size_t at = 0; at < text.size();) {
        const auto c = text.substr(at, character_at(text, at));
        at += c.size();
        if (c.size() == 1 && is_control(c.front())) continue;
        if (is_ascii(c) || rules.cp932(c))
            proposal += c;
        else if (const auto form = rules.forms.find(c); form != rules.forms.end())
            proposal += form->second;
    }
    return proposal;
}

bool is_formula(std::string_view text) {
    if (text.empty()) return false;
    const char first = text.front();
    if (first == '=' || first == '@' || first == '\t' || first == '\r') return true;
    return (first == '+' || first == '-') && text.size() > 1 && !is_telephone(text) && !is_number(text);
}

std::string defused(const std::string& text) {
    return is_formula(text) ? "'" + text : text;
}

int full_width_characters(std::string_view text) {
    int halves = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto c = text.substr(at, character_at(text, at));
        at += c.size();
        halves += is_half_width(c) ? 1 : 2;
    }
    return (halves + 1) / 2;
}

}  // namespace kenpin::plan
