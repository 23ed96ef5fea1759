#include "firmware-bridge/decode/digital_link.hpp"

#include <algorithm>
#include <array>

namespace kenpin::decode {
namespace {

// Primary keys and the order of their qualifiers. GS1 Digital Link: URI Syntax 1.5, section 4.
struct Key {
    std::string_view ai;
    std::array<std::string_view, 4> qualifiers;
};
constexpr std::string_view none{};
constexpr std::array<Key, 16> keys{{{"00", {}},
                                    {"01", {"22", "10", "21", "235"}},
                                    {"253", {}},
                                    {"255", {}},
                                    {"401", {}},
                                    {"402", {}},
                                    {"414", {"254", "7040", none, none}},
                                    {"417", {"7040", none, none, none}},
                                    {"8003", {}},
                                    {"8004", {"7040", none, none, none}},
                                    {"8006", {"22", "10", "21", none}},
                                    {"8010", {"8011", none, none, none}},
                                    {"8013", {}},
                                    {"8014", {}},
                                    {"8017", {"8019", none, none, none}},
                                    {"8018", {"8019", none, none, none}}}};

struct Piece {
    std::string_view text;
    std::size_t offset;  // in the address
};

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool starts_with_any_case(std::string_view text, std::string_view beginning) {
    return text.size() >= beginning.size() &&
           std::equal(beginning.begin(), beginning.end(), text.begin(),
                      [](char wanted, char c) { return wanted == lower(c); });
}

std::vector<Piece> split(Piece whole, char separator) {
    std::vector<Piece> pieces;
    for (std::size_t start = 0; start <= whole.text.size();) {
        const auto end = std::min(whole.text.find(separator, start), whole.text.size());
        if (end > start) pieces.push_back({whole.text.substr(start, end - start), whole.offset + start});
        start = end + 1;
    }
    return pieces;
}

int hex_value(char c) {
    constexpr std::string_view digits = "0123456789abcdef";
    const auto at = digits.find(lower(c));
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

/// Nothing when '%' has not two hexadecimal digits behind it.
std::optional<std::string> unescaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out.push_back(text[i]);
            continue;
        }
        const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
        const int low = high < 0 ? -1 : hex_value(text[i + 2]);
        if (low < 0) return std::nullopt;
        out.push_back(static_cast<char>(high * 16 + low));
        i += 2;
    }
    return out;
}

const Key* key_named(std::string_view ai) {
    const auto* found = std::find_if(keys.begin(), keys.end(), [&](const Key& key) { return key.ai == ai; });
    return found == keys.end() ? nullptr : found;
}

bool is_whole_ai(std::string_view text) {
    const auto* row = find_ai(text);
    return row != nullptr && row->first.size() == text.size();
}

bool all_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// Segment of the rightmost primary key; segments.size() when there is none. Path data comes in pairs, so
/// only every second segment from the end can be an identifier.
std::size_t find_key(const std::vector<Piece>& segments) {
    for (std::size_t back = 2; back <= segments.size(); back += 2) {
        const auto at = segments.size() - back;
        if (key_named(segments[at].text) != nullptr) return at;
        if (!is_whole_ai(segments[at].text)) break;
    }
    return segments.size();
}

class Reader {
public:
    /// Takes one pair; false when it is refused.
    bool take(Piece ai, Piece value) {
        const auto text = unescaped(value.text);
        if (!text) return refuse(Gs1Fault::bad_escape, ai.text, value.offset);
        if (const auto found = check_value(*find_ai(ai.text), *text))
            return refuse(found->fault, ai.text, value.offset + std::min(found->offset, value.text.size()));
        gs1_.elements.push_back({std::string(ai.text), *text});
        if (differing_repeat(gs1_.elements) < gs1_.elements.size())
            return refuse(Gs1Fault::differing_repeat, ai.text, value.offset);
        return true;
    }

    bool take_path(const std::vector<Piece>& segments, std::size_t at) {
        const auto& qualifiers = key_named(segments[at].text)->qualifiers;
        if (!take(segments[at], segments[at + 1])) return false;
        auto next = qualifiers.begin();
        for (at += 2; at < segments.size(); at += 2) {
            next = std::find(next, qualifiers.end(), segments[at].text);
            if (next == qualifiers.end())
                return refuse(Gs1Fault::bad_qualifier, segments[at].text, segments[at].offset);
            ++next;
            if (!take(segments[at], segments[at + 1])) return false;
        }
        return true;
    }

    bool take_query(Piece query) {
        for (const auto& pair : split(query, '&')) {
            const auto equals = pair.text.find('=');
            const Piece ai{pair.text.substr(0, equals), pair.offset};
            if (!all_digits(ai.text)) continue;  // another parameter of the address
            if (!is_whole_ai(ai.text)) return refuse(Gs1Fault::unknown_ai, {}, ai.offset);
            const auto start = equals == std::string_view::npos ? pair.text.size() : equals + 1;
            if (!take(ai, {pair.text.substr(start), pair.offset + start})) return false;
        }
        return true;
    }

    Gs1Reading result() && {
        if (refusal_) return *refusal_;
        gs1_.warnings = pair_warnings(gs1_.elements);
        return std::move(gs1_);
    }

private:
    bool refuse(Gs1Fault fault, std::string_view ai, std::size_t offset) {
        refusal_ = Gs1Refusal{fault, std::string(ai), offset};
        return false;
    }

    Gs1 gs1_;
    std::optional<Gs1Refusal> refusal_;
};

std::size_t host_start(std::string_view address) {
    for (const std::string_view scheme : {"https://", "http://"})
        if (starts_with_any_case(address, scheme) && address.size() > scheme.size()) return scheme.size();
    return 0;
}

}  // namespace

bool is_web_address(std::string_view text) {
    return host_start(text) != 0;
}

Gs1Reading parse_digital_link(std::string_view address) {
    const auto whole = address.substr(0, address.find('#'));
    const auto path_end = std::min(whole.find('?'), whole.size());
    const auto path_start = std::min(whole.find('/', host_start(whole)), path_end);
    const auto segments = split({whole.substr(path_start, path_end - path_start), path_start}, '/');
    const auto key = find_key(segments);
    if (key == segments.size()) return Gs1Refusal{Gs1Fault::no_primary_key, {}, path_start};
    Reader reader;
    const auto query = std::min(path_end + 1, whole.size());
    if (reader.take_path(segments, key))
        (void)reader.take_query({whole.substr(query), query});  // result() tells
    return std::move(reader).result();
}

}  // namespace kenpin::decode
