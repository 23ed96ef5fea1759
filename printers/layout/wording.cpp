#include "printers/layout/wording.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace kenpin::layout {

namespace {

bool is_field_name(std::string_view name) {
    return !name.empty() && name.size() <= 40 && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

Error refuse(const std::string& what) {
    return {Error::Kind::refused, what};
}

struct Turned {
    std::string_view across, down;
};
// Unicode's own forms for text that runs down (U+FE10.., U+FE30..).
constexpr std::array<Turned, 17> turned{{{"ー", "︱"},
                                         {"―", "︱"},
                                         {"—", "︱"},
                                         {"-", "︱"},
                                         {"〜", "≀"},
                                         {"(", "︵"},
                                         {")", "︶"},
                                         {"(", "︵"},
                                         {")", "︶"},
                                         {"「", "﹁"},
                                         {"」", "﹂"},
                                         {"『", "﹃"},
                                         {"』", "﹄"},
                                         {"【", "︻"},
                                         {"】", "︼"},
                                         {"、", "︑"},
                                         {"。", "︒"}}};

std::string turned_down(std::string_view character) {
    const auto found = std::find_if(turned.begin(), turned.end(),
                                    [&](const Turned& one) { return one.across == character; });
    return std::string(found == turned.end() ? character : found->down);
}

std::size_t bytes_of_character(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t wanted = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    std::size_t size = 1;
    while (size < wanted && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U)
        ++size;
    return size;
}

std::uint32_t code_point(std::string_view character) {
    if (character.size() == 1) return static_cast<unsigned char>(character.front());
    std::uint32_t out = static_cast<unsigned char>(character.front()) & (0x7FU >> character.size());
    for (const char c : character.substr(1)) out = out << 6U | (static_cast<unsigned char>(c) & 0x3FU);
    return out;
}

// What stands with the character before it: marks, variation selectors, skin tones and the joiner.
bool is_mark(std::uint32_t point) {
    const auto within = [&](std::uint32_t first, std::uint32_t last) {
        return point >= first && point <= last;
    };
    return within(0x300, 0x36F) || within(0x3099, 0x309A) || within(0xFE00, 0xFE0F) || point == 0x200D ||
           within(0xE0100, 0xE01EF) || within(0x1F3FB, 0x1F3FF);
}

}  // namespace

Result<Wording> wording_of(std::string_view text) {
    Wording out;
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if ((c == '{' || c == '}') && at + 1 < text.size() && text[at + 1] == c) {
            plain += c;
            ++at;
        } else if (c == '}') {
            return refuse("a } without its { → write }} for the brace itself");
        } else if (c != '{') {
            plain += c;
        } else {
            const auto close = text.find('}', at);
            const auto name = text.substr(at + 1, close == std::string_view::npos ? 0 : close - at - 1);
            if (!is_field_name(name))
                return refuse(
                    "a { without a field's name behind it → {name}: a-z, 0-9 and _; {{ for the brace");
            if (!plain.empty()) out.pieces.push_back({false, std::exchange(plain, {})});
            out.pieces.push_back({true, std::string(name)});
            at = close;
        }
    }
    if (!plain.empty()) out.pieces.push_back({false, plain});
    return out;
}

std::string filled(const Wording& wording, const Values& values) {
    std::string out;
    for (const auto& piece : wording.pieces) {
        if (!piece.is_field) {
            out += piece.text;
        } else if (const auto found = values.find(piece.text); found != values.end()) {
            out += found->second;
        }
    }
    return out;
}

Result<Condition> condition_of(std::string_view text) {
    Condition out;
    const auto equals = text.find('=');
    if (equals != std::string_view::npos) {
        out.value = std::string(text.substr(equals + 1));
        text = text.substr(0, equals);
        out.is_negated = text.ends_with('!');
        if (out.is_negated) text.remove_suffix(1);
    } else if (text.starts_with('!')) {
        out.is_negated = true;
        text.remove_prefix(1);
    }
    if (!is_field_name(text))
        return refuse("when is no condition → \"field\", \"!field\", \"field=value\" or \"field!=value\"");
    out.field = std::string(text);
    return out;
}

bool holds(const Condition& condition, const Values& values) {
    const auto found = values.find(condition.field);
    const auto value = found == values.end() ? std::string() : found->second;
    const bool is_so = condition.value ? value == *condition.value : !value.empty();
    return is_so != condition.is_negated;
}

std::string shown_text(std::string_view utf8) {
    std::string out;
    for (std::size_t at = 0; at < utf8.size(); ++at) {
        const auto byte = static_cast<unsigned char>(utf8[at]);
        if (byte == '\r' && at + 1 < utf8.size() && utf8[at + 1] == '\n') continue;
        if (byte == '\n' || (byte >= 0x20 && byte != 0x7F)) {
            out += utf8[at];
            continue;
        }
        out += "\xE2\x90";  // U+2400 and on
        out += static_cast<char>(byte == 0x7F ? 0xA1 : 0x80 + byte);
    }
    return out;
}

std::vector<std::vector<std::string>> columns_down(std::string_view utf8) {
    std::vector<std::vector<std::string>> out(1);
    bool joins = false;
    for (std::size_t at = 0; at < utf8.size();) {
        const auto character = utf8.substr(at, bytes_of_character(utf8.substr(at)));
        at += character.size();
        const auto point = code_point(character);
        auto& column = out.back();
        if (character == "\n")
            out.emplace_back();
        else if (!column.empty() && (joins || is_mark(point)))
            column.back() += character;
        else
            column.push_back(turned_down(character));
        joins = point == 0x200D;
    }
    std::erase_if(out, [](const auto& column) { return column.empty(); });
    return out;
}

}  // namespace kenpin::layout
