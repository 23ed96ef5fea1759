#include "server/shops/values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <initializer_list>
#include <utility>
#include <vector>

#include "adaptors/charset/charset.hpp"
#include "server/plan/address_check.hpp"

namespace kenpin::shops {
namespace {

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

void drop_all(std::string& text, std::string_view what) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at))
        text.erase(at, what.size());
}

std::vector<std::string> words(std::string_view text) {
    std::vector<std::string> found;
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        if (end > 0) found.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return found;
}

// "9:05" as "09:05", "115733" as "11:57:33".
std::optional<std::string> clock_text(std::string clock) {
    if (is_digits(clock) && clock.size() == 6) clock.insert(4, ":").insert(2, ":");
    if (clock.find(':') == 1) clock.insert(0, "0");
    return clock.find(':') == 2 ? std::optional<std::string>(clock) : std::nullopt;
}

// One hour in front of `text`, taken off: "19", "19:00", "19時".
std::optional<int> take_hour(std::string_view& text) {
    std::size_t digits = 0;
    while (digits < text.size() && digits < 2 && is_digits(text.substr(digits, 1))) ++digits;
    if (digits == 0) return std::nullopt;
    int hour = 0;
    std::from_chars(text.data(), text.data() + digits, hour);
    text.remove_prefix(digits);
    for (const std::string_view unit : {":00", "時", "00"})
        if (text.starts_with(unit)) {
            text.remove_prefix(unit.size());
            break;
        }
    return hour <= 24 ? std::optional(hour) : std::nullopt;
}

// "1,234,567" as "1234567"; nothing where the commas stand at other places.
std::optional<std::string> without_commas(std::string_view text) {
    if (text.find(',') == std::string_view::npos) return std::string(text);
    std::string digits;
    bool is_first = true;
    while (true) {
        const auto end = std::min(text.find(','), text.size());
        const auto group = text.substr(0, end);
        if (!is_first && (group.size() != 3 || !is_digits(group))) return std::nullopt;
        if (is_first && (group.empty() || group.size() > 3)) return std::nullopt;
        digits += group;
        if (end == text.size()) return digits;
        text.remove_prefix(end + 1);
        is_first = false;
    }
}

std::optional<std::pair<int, int>> hours_of(std::string_view text) {
    const bool is_code = text.size() == 4 && is_digits(text);
    auto rest = is_code ? text.substr(2) : text;
    auto front = is_code ? text.substr(0, 2) : text;
    const auto from = take_hour(front);
    if (!from) return std::nullopt;
    if (!is_code) {
        rest = front;
        bool is_joined = false;
        for (const std::string_view between : {"-", "~", "〜", "ー", "から", "−", "–"})
            if (rest.starts_with(between)) {
                rest.remove_prefix(between.size());
                is_joined = true;
                break;
            }
        if (!is_joined) return std::nullopt;
    }
    const auto to = take_hour(rest);
    if (!to || !rest.empty() || *to <= *from) return std::nullopt;
    return std::pair{*from, *to};
}

// "令和8年…", "令和元年…", "R8.…" as "2026年…".
std::string in_common_era(std::string day) {
    constexpr int before_reiwa = 2018;
    for (const std::string_view era : {"令和", "R", "r"}) {
        if (!day.starts_with(era)) continue;
        auto rest = day.substr(era.size());
        if (rest.starts_with("元")) rest.replace(0, std::string_view("元").size(), "1");
        int year = 0;
        const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), year);
        if (error != std::errc{} || year < 1 || year > 99) return day;
        return std::to_string(before_reiwa + year) + rest.substr(static_cast<std::size_t>(end - rest.data()));
    }
    return day;
}

// "(月)", "(月曜日)"; true as well when it names no day of the week.
bool is_on_its_weekday(std::string_view text, Day day) {
    constexpr std::array<std::string_view, 7> names = {"日", "月", "火", "水", "木", "金", "土"};
    const auto open = text.find('(');
    if (open == std::string_view::npos) return true;
    const auto inside = text.substr(open + 1);
    for (std::size_t i = 0; i < names.size(); ++i)
        if (inside.starts_with(names[i])) return std::chrono::weekday{day}.c_encoding() == i;
    return true;
}

// A hyphen of any kind; Japanese keyboards put a long vowel mark there.
std::string with_plain_hyphens(std::string text) {
    for (const std::string_view dash : {"ー", "‐", "‑", "‒", "–", "—", "―", "−", "─", "~"})
        for (auto at = text.find(dash); at != std::string::npos; at = text.find(dash, at))
            text.replace(at, dash.size(), "-");
    return text;
}

bool holds_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(),
                       [&](auto word) { return text.find(word) != std::string_view::npos; });
}

}  // namespace

std::string trimmed(std::string_view text) {
    constexpr std::string_view wide_space = "\xE3\x80\x80";
    const auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    while (!text.empty()) {
        if (is_space(text.front()))
            text.remove_prefix(1);
        else if (text.starts_with(wide_space))
            text.remove_prefix(wide_space.size());
        else if (is_space(text.back()))
            text.remove_suffix(1);
        else if (text.ends_with(wide_space))
            text.remove_suffix(wide_space.size());
        else
            break;
    }
    return std::string(text);
}

bool is_digits(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t number = 0;
    const auto* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
    return number;
}

std::string plain_value(std::string_view text) {
    std::string plain(text);
    if (!is_ascii(plain)) {
        if (auto same = charset::nfkc(plain)) plain = std::move(same).value();
        drop_all(plain, "\xE2\x80\x8B");  // zero width space
        drop_all(plain, "\xEF\xBB\xBF");  // a byte order mark in the middle
    }
    plain = trimmed(plain);
    if (plain.size() >= 3 && plain.starts_with("=\"") && plain.find('"', 2) == plain.size() - 1)
        plain = plain.substr(2, plain.size() - 3);
    else if (plain.starts_with('\''))
        plain.erase(0, 1);
    return trimmed(plain);
}

std::optional<std::int64_t> count_number(std::string_view text) {
    if (const auto point = text.find('.'); point != std::string_view::npos) {
        const auto behind = text.substr(point + 1);
        if (behind.empty() || behind.find_first_not_of('0') != std::string_view::npos) return std::nullopt;
        text = text.substr(0, point);
    }
    return whole_number(text);
}

std::optional<std::int64_t> yen_number(std::string_view text) {
    for (const std::string_view sign : {"\\", "¥", "JPY"})
        if (text.starts_with(sign)) text.remove_prefix(sign.size());
    if (text.ends_with("円")) text.remove_suffix(std::string_view("円").size());
    const auto point = std::min(text.find('.'), text.size());
    auto whole = without_commas(text.substr(0, point));
    if (!whole) return std::nullopt;
    return count_number(*whole + std::string(text.substr(point)));
}

namespace {

// "10:00", "10:00:00 +0900", "00:00Z"
bool is_clock(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0 || colon > 2 || !is_digits(text.substr(0, colon)))
        return false;
    return text.find_first_not_of("0123456789:.+-Z ") == std::string_view::npos;
}

// Behind the day may stand its weekday and a clock; anything else may mean the opposite of the day (以外,
// 不可) or another one.
bool adds_nothing(std::string_view behind) {
    constexpr std::string_view days[] = {"日", "月", "火", "水", "木", "金", "土", "祝"};
    while (behind.starts_with(' ')) behind.remove_prefix(1);
    if (behind.starts_with('(')) {
        const auto end = behind.find(')');
        if (end == std::string_view::npos) return false;
        const auto inside = behind.substr(1, end - 1);
        if (std::none_of(std::begin(days), std::end(days),
                         [&](std::string_view day) { return inside.starts_with(day); }))
            return false;
        behind.remove_prefix(end + 1);
    }
    while (behind.starts_with(' ')) behind.remove_prefix(1);
    if (behind.starts_with('T')) behind.remove_prefix(1);
    return behind.empty() || is_clock(behind);
}

}  // namespace

std::optional<Day> shop_day(std::string_view text) {
    if (text.size() == 8 && is_digits(text)) {
        std::string parted(text);
        parted.insert(6, "-").insert(4, "-");
        return parse_day(parted);
    }
    const auto end = std::min(text.find_first_of("( T"), text.size());
    if (!adds_nothing(text.substr(end))) return std::nullopt;
    auto day = in_common_era(std::string(text.substr(0, end)));
    for (const std::string_view unit : {"年", "月", "."})
        if (const auto at = day.find(unit); at != std::string::npos) day.replace(at, unit.size(), "-");
    if (const auto again = day.find('.'); again != std::string::npos) day[again] = '-';
    if (day.ends_with("日")) day.erase(day.size() - std::string_view("日").size());
    const auto read = parse_day(day);
    return read && is_on_its_weekday(text, *read) ? read : std::nullopt;
}

std::optional<Instant> shop_instant(std::string_view text) {
    const auto parts = words(text);
    if (parts.empty() || parts.size() > 3) return std::nullopt;
    if (parts.size() == 1 && text.find('T') != std::string_view::npos) return parse_instant(text);
    const auto day = shop_day(parts[0]);
    if (!day) return std::nullopt;
    const auto clock = parts.size() == 1 ? std::optional<std::string>("00:00") : clock_text(parts[1]);
    if (!clock) return std::nullopt;
    return parse_instant(to_text(*day) + "T" + *clock + (parts.size() == 3 ? parts[2] : ""));
}

std::optional<std::string> shop_slot(std::string_view text) {
    std::string_view inside = text;
    if (const auto open = text.find('['); open != std::string_view::npos && text.ends_with(']'))
        inside = text.substr(open + 1, text.size() - open - 2);
    for (const std::string_view word : {"午前中", "午前", "AM", "am"})
        if (inside == word) return "AM";
    const auto band = hours_of(inside);
    if (!band) return std::nullopt;
    const auto [from, to] = *band;
    if (to == 12 && from <= 9) return "AM";
    return (from < 10 ? "0" : "") + std::to_string(from) + "-" + (to < 10 ? "0" : "") + std::to_string(to);
}

bool is_spreadsheet_number(std::string_view text) {
    const auto e = text.find("E+");
    if (e == std::string_view::npos || e == 0 || !is_digits(text.substr(e + 2))) return false;
    return text.substr(0, e).find_first_not_of("0123456789.") == std::string_view::npos;
}

bool wishes_nothing(std::string_view text) {
    std::string rest(text);
    while (!rest.empty() && (rest.ends_with(' ') || rest.ends_with(')'))) rest.pop_back();
    if (rest.starts_with('(')) rest.erase(0, 1);
    if (rest == "-" || rest == "ー" || rest == "0000-00-00" || rest == "0000/00/00") return true;
    bool is_shorter = true;
    while (is_shorter) {
        is_shorter = false;
        for (const std::string_view about :
             {"お届け", "配達", "配送", "到着", "希望", "時間帯", "時間", "日時", "日付", "指定", "特に",
              "日", "の", "を", "は", "が", ":", " "})
            if (rest.starts_with(about)) rest.erase(0, about.size()), is_shorter = true;
    }
    for (const std::string_view no : {"なし", "無し", "無", "ない", "しない", "しません", "ありません",
                                      "不要", "未指定", "最短", "最短で", "最短希望", "最短日"})
        if (rest == no) return true;
    return false;
}

bool means_cod(std::string_view text) {
    // 「代引不可」 and 「代引き以外」 say what it is not.
    if (holds_one_of(text, {"不可", "以外", "除く", "できません", "利用なし", "不要"})) return false;
    return text == "COD" || text == "cod" ||
           holds_one_of(text, {"代引", "代金引換", "代金引き換え", "代金引替", "現金着払", "Cash on Delivery",
                               "cash on delivery"});
}
bool says_no_payment(std::string_view text) {
    return text.starts_with('#') || text == "null" || text == "現金" || text == "着払い" || text == "着払" ||
           text == "不明" || text == "-";
}
bool says_unpaid(std::string_view text) {
    return holds_one_of(text, {"未入金", "入金待", "未払", "支払待", "支払い待", "未決済", "入金前"});
}

Repaired postcode_of(std::string_view text) {
    std::string digits;
    for (const char c : with_plain_hyphens(std::string(text)))
        if (c != '-' && c != ' ') digits += c;
    if (digits.starts_with("〒")) digits.erase(0, std::string_view("〒").size());
    if (!is_digits(digits)) return {std::string(text), false};
    // 001-0010 comes back from a spreadsheet as 10010: Sapporo's codes begin with two zeros.
    // What begins with a zero lost none.
    const bool may_have_lost_zeros = (digits.size() == 5 || digits.size() == 6) && digits.front() != '0';
    if (may_have_lost_zeros) return {std::string(7 - digits.size(), '0') + digits, true};
    return {digits.size() == 7 ? digits : std::string(text), false};
}

Repaired phone_of(std::string_view text) {
    auto phone = with_plain_hyphens(std::string(text));
    if (phone.starts_with("+81")) {
        phone = trimmed(phone.substr(3));
        if (phone.starts_with("(0)")) phone = phone.substr(2);
        while (phone.starts_with('-') || phone.starts_with(')')) phone = trimmed(phone.substr(1));
        return {phone.starts_with('0') ? phone : "0" + phone, false};
    }
    if (!is_digits(phone) || phone.front() == '0') return {phone, false};
    const bool is_mobile = phone.size() == 10 && phone[0] >= '5' && phone[1] == '0';
    if (is_mobile || phone.size() == 9) return {"0" + phone, true};
    return {phone, false};
}

std::optional<std::string> prefecture_in_front(std::string_view text) {
    for (const auto name : plan::prefecture_names)
        if (text.starts_with(name)) return std::string(name);
    return std::nullopt;
}

std::optional<std::string> prefecture_of_code(std::string_view code) {
    if (code.size() != 5 || !code.starts_with("JP-") || !is_digits(code.substr(3))) return std::nullopt;
    const auto number = static_cast<std::size_t>((code[3] - '0') * 10 + (code[4] - '0'));
    if (number < 1 || number > plan::prefecture_names.size()) return std::nullopt;
    return std::string(plan::prefecture_names[number - 1]);
}

}  // namespace kenpin::shops
