#include "server/plan/address_check.hpp"

#include <algorithm>
#include <array>

namespace kenpin::plan {

const std::array<std::string_view, 47> prefecture_names = {
    "北海道", "青森県", "岩手県", "宮城県",   "秋田県", "山形県",   "福島県", "茨城県", "栃木県", "群馬県",
    "埼玉県", "千葉県", "東京都", "神奈川県", "新潟県", "富山県",   "石川県", "福井県", "山梨県", "長野県",
    "岐阜県", "静岡県", "愛知県", "三重県",   "滋賀県", "京都府",   "大阪府", "兵庫県", "奈良県", "和歌山県",
    "鳥取県", "島根県", "岡山県", "広島県",   "山口県", "徳島県",   "香川県", "愛媛県", "高知県", "福岡県",
    "佐賀県", "長崎県", "熊本県", "大分県",   "宮崎県", "鹿児島県", "沖縄県"};

namespace {

constexpr std::uint32_t prefectures_in_code = 64;
constexpr std::size_t code_digits = 7;
constexpr std::uint32_t codes_in_prefix = 10'000;

std::optional<std::uint32_t> prefecture_no(std::string_view name) {
    const auto found = std::find(prefecture_names.begin(), prefecture_names.end(), name);
    if (found == prefecture_names.end()) return std::nullopt;
    return static_cast<std::uint32_t>(found - prefecture_names.begin());
}

std::optional<std::uint32_t> number(std::string_view code) {
    if (code.size() != code_digits) return std::nullopt;
    std::uint32_t value = 0;
    for (const char c : code) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + static_cast<std::uint32_t>(c - '0');
    }
    return value;
}

std::string_view cell(std::string_view& line) {
    const auto end = std::min(line.find('\t'), line.size());
    const auto text = line.substr(0, end);
    line.remove_prefix(std::min(end + 1, line.size()));
    return text;
}

// Digits of a postcode however it is typed; nothing when something else stands among them.
std::optional<std::string> typed_digits(std::string_view text) {
    constexpr std::array<std::string_view, 8> between = {"-", " ", "　", "〒", "－", "ー", "‐", "−"};
    std::string digits;
    while (!text.empty()) {
        const bool is_wide =
            text.size() >= 3 && text.starts_with("\xEF\xBC") && text[2] >= '\x90' && text[2] <= '\x99';
        const auto skip =
            std::find_if(between.begin(), between.end(), [&](auto sign) { return text.starts_with(sign); });
        if (text.front() >= '0' && text.front() <= '9') {
            digits += text.front();
            text.remove_prefix(1);
        } else if (is_wide) {
            digits += static_cast<char>(text[2] - '\x90' + '0');
            text.remove_prefix(3);
        } else if (skip != between.end()) {
            text.remove_prefix(skip->size());
        } else {
            return std::nullopt;
        }
    }
    return digits;
}

bool is_blank(const Private<std::string>& text) {
    return text.reveal().find_first_not_of(" \t\r\n") == std::string::npos;
}

bool is_nobodys(std::string_view code) {
    return code == "0000000";
}

}  // namespace

Result<Postcodes> Postcodes::read(std::string_view tsv) {
    Postcodes postcodes;
    std::string_view last;
    std::uint32_t last_no = 0;
    for (std::size_t line_no = 1; !tsv.empty(); ++line_no) {
        const auto end = std::min(tsv.find('\n'), tsv.size());
        auto line = tsv.substr(0, end);
        tsv.remove_prefix(std::min(end + 1, tsv.size()));
        if (line.empty()) continue;
        const auto code = number(cell(line));
        const auto name = cell(line);
        const auto prefecture = name == last ? std::optional(last_no) : prefecture_no(name);
        if (!code || !prefecture)
            return Error{Error::Kind::corrupt, "line " + std::to_string(line_no) + " is no postcode"};
        last = name;
        last_no = *prefecture;
        postcodes.packed_.push_back(*code * prefectures_in_code + *prefecture);
        postcodes.by_prefix_[*code / codes_in_prefix] |= std::uint64_t{1} << *prefecture;
    }
    std::sort(postcodes.packed_.begin(), postcodes.packed_.end());
    postcodes.packed_.shrink_to_fit();
    return postcodes;
}

std::optional<std::string_view> Postcodes::prefecture_of(std::string_view code) const {
    const auto wanted = number(code);
    if (!wanted) return std::nullopt;
    const auto found = std::lower_bound(packed_.begin(), packed_.end(), *wanted * prefectures_in_code);
    if (found == packed_.end() || *found / prefectures_in_code != *wanted) return std::nullopt;
    return prefecture_names[*found % prefectures_in_code];
}

std::optional<bool> Postcodes::lies_in(std::string_view code, std::string_view prefecture) const {
    const auto wanted = number(code);
    const auto no = prefecture_no(prefecture);
    if (!wanted || !no) return std::nullopt;
    if (const auto known = prefecture_of(code)) return *known == prefecture;
    const auto around = by_prefix_[*wanted / codes_in_prefix];
    if (around == 0) return std::nullopt;
    return (around >> *no & 1U) != 0;
}

PostcodeVerdict judge_postcode(std::string_view postcode, std::string_view prefecture,
                               const Postcodes& postcodes) {
    const auto digits = typed_digits(postcode);
    if (!digits) return {PostcodeState::malformed, {}};
    if (digits->empty()) return {PostcodeState::missing, {}};
    if (digits->size() == code_digits - 1) {
        auto restored = "0" + *digits;
        const auto lies_in = postcodes.prefecture_of(restored);
        if (lies_in && (prefecture.empty() || *lies_in == prefecture))
            return {PostcodeState::zero_restored, restored};
    }
    if (digits->size() != code_digits || is_nobodys(*digits)) return {PostcodeState::malformed, {}};
    if (postcodes.lies_in(*digits, prefecture) == false) return {PostcodeState::other_prefecture, *digits};
    return {PostcodeState::right, *digits};
}

std::string_view code_of(PostcodeState state) {
    switch (state) {
        case PostcodeState::right:
            return {};
        case PostcodeState::missing:
        case PostcodeState::malformed:
            return "E-POSTCODE";
        case PostcodeState::zero_restored:
            return "W-ZIP-ZERO";
        case PostcodeState::other_prefecture:
            return "W-ADDR-MISMATCH";
    }
    return {};
}

bool is_telephone_number(std::string_view text) {
    std::string digits;
    for (const char c : text)
        if (c >= '0' && c <= '9') digits += c;
    const bool is_foreign = text.starts_with('+');
    const auto rest = text.substr(is_foreign ? 1 : 0);
    if (rest.find_first_not_of("0123456789-() ") != std::string_view::npos) return false;
    if (is_foreign) return digits.size() >= 8 && digits.size() <= 15;
    constexpr std::array<std::string_view, 4> of_eleven = {"050", "070", "080", "090"};
    const bool needs_eleven = std::any_of(of_eleven.begin(), of_eleven.end(),
                                          [&](auto front) { return digits.starts_with(front); });
    return digits.starts_with('0') && !digits.starts_with("00") &&
           (digits.size() == 11 || (digits.size() == 10 && !needs_eleven));
}

std::vector<std::string> address_codes(const Addressee& who, const Postcodes& postcodes) {
    std::vector<std::string> codes;
    if (is_blank(who.prefecture) || is_blank(who.street)) codes.emplace_back("E-ADDRESS");
    const auto verdict = judge_postcode(who.postcode.reveal(), who.prefecture.reveal(), postcodes);
    if (const auto code = code_of(verdict.state); !code.empty()) codes.emplace_back(code);
    return codes;
}

}  // namespace kenpin::plan
