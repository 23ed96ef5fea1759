#include "adaptors/charset/charset.hpp"

#include <algorithm>
#include <memory>
#include <optional>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include "core/base/check.hpp"

namespace kenpin::charset {
namespace {

constexpr const char* cp932_name = "ibm-943_P15A-2003";  // ICU's table for windows-31j
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

struct CloseConverter {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

// Stops at what it cannot convert, instead of putting a replacement character.
Converter strict_cp932() {
    UErrorCode status = U_ZERO_ERROR;
    Converter converter(ucnv_open(cp932_name, &status));
    KENPIN_CHECK(U_SUCCESS(status));
    ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    ucnv_setFromUCallBack(converter.get(), UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    ucnv_setFallback(converter.get(), 0);
    KENPIN_CHECK(U_SUCCESS(status));
    return converter;
}

std::string to_utf8(const icu::UnicodeString& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

std::optional<icu::UnicodeString> from_utf8(std::string_view text) {
    if (!is_utf8(text)) return std::nullopt;
    return icu::UnicodeString::fromUTF8({text.data(), static_cast<int>(text.size())});
}

Error not_utf8() {
    return Error{Error::Kind::corrupt, "charset: not UTF-8"};
}

// The seven byte pairs for which JIS and Windows chose different code points. ICU's table follows Windows.
struct Pair {
    char16_t jis, windows;
};
constexpr Pair disputed[] = {{0x2014, 0x2015}, {0x301C, 0xFF5E}, {0x2016, 0x2225}, {0x2212, 0xFF0D},
                             {0x00A2, 0xFFE0}, {0x00A3, 0xFFE1}, {0x00AC, 0xFFE2}};

icu::UnicodeString as_windows(const icu::UnicodeString& text) {
    icu::UnicodeString out;
    for (int i = 0; i < text.length(); ++i) {
        auto unit = text[i];
        for (const auto& pair : disputed)
            if (unit == pair.jis) unit = pair.windows;
        out.append(unit);
    }
    return out;
}

bool is_known_shape(const icu::UnicodeString& text) {
    for (int i = 0; i < text.length(); ++i) {
        const auto unit = text[i];
        const bool control = unit == 0x1A || unit == 0x1C || unit == 0x7F;  // the table swaps these three
        const bool user_defined = unit >= 0xE000 && unit <= 0xF8FF;
        if (control || user_defined) return false;
    }
    return true;
}

// ICU leaves these out silently, even where it was told to stop (variation selectors are among them).
bool has_ignorable(const icu::UnicodeString& text) {
    for (int i = 0; i < text.length(); i = text.moveIndex32(i, 1))
        if (u_hasBinaryProperty(text.char32At(i), UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) return true;
    return false;
}

std::optional<std::string> encode(const icu::UnicodeString& text) {
    const auto converter = strict_cp932();
    if (has_ignorable(text)) return std::nullopt;
    UErrorCode status = U_ZERO_ERROR;
    std::string bytes(static_cast<std::size_t>(UCNV_GET_MAX_BYTES_FOR_STRING(text.length(), 2)), '\0');
    const auto length = ucnv_fromUChars(converter.get(), bytes.data(), static_cast<int>(bytes.size()),
                                        text.getBuffer(), text.length(), &status);
    if (U_FAILURE(status)) return std::nullopt;
    bytes.resize(static_cast<std::size_t>(length));
    return bytes;
}

bool is_dropped_when_folded(UChar32 point) {
    return u_isUWhiteSpace(point) || u_hasBinaryProperty(point, UCHAR_DASH) || point == 0x2010 ||
           point == 0x00AD;
}

}  // namespace

bool is_utf8(std::string_view bytes) {
    const auto* text = reinterpret_cast<const std::uint8_t*>(bytes.data());
    const auto length = static_cast<int>(bytes.size());
    for (int i = 0; i < length;) {
        UChar32 point = 0;
        U8_NEXT(text, i, length, point);
        if (point < 0) return false;
    }
    return true;
}

Result<std::string> without_utf16(std::string_view bytes) {
    const bool is_big = bytes.starts_with("\xFE\xFF");
    if (!is_big && !bytes.starts_with("\xFF\xFE")) return std::string(bytes);
    const Error corrupt{Error::Kind::corrupt, "charset: not UTF-16"};
    if (bytes.size() % 2 != 0) return corrupt;
    icu::UnicodeString text;
    for (std::size_t i = 2; i < bytes.size(); i += 2) {
        const auto first = static_cast<unsigned char>(bytes[i]);
        const auto second = static_cast<unsigned char>(bytes[i + 1]);
        text.append(static_cast<char16_t>(is_big ? first * 256 + second : second * 256 + first));
    }
    for (int i = 0; i < text.length(); i = text.moveIndex32(i, 1))
        if (const auto point = text.char32At(i); point >= 0xD800 && point <= 0xDFFF) return corrupt;
    return to_utf8(text);
}

Result<Decoded> decode_record(std::string_view bytes) {
    if (bytes.starts_with(byte_order_mark)) bytes.remove_prefix(byte_order_mark.size());
    if (is_utf8(bytes)) return Decoded{std::string(bytes), Charset::utf8};
    auto text = utf8_from_cp932(bytes);
    if (!text) return Error{Error::Kind::corrupt, "charset: neither UTF-8 nor CP932"};
    return Decoded{std::move(text).value(), Charset::cp932};
}

Evidence evidence_of(std::string_view bytes) {
    const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    const auto is_half_kana = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0xA1 && byte <= 0xDF;
    };
    if (std::all_of(bytes.begin(), bytes.end(), is_ascii)) return Evidence::plain;
    if (!is_utf8(bytes)) return utf8_from_cp932(bytes) ? Evidence::cp932 : Evidence::plain;
    // A character of three bytes begins above the half-width kana: Japanese UTF-8 is no accident.
    const bool may_be_kana =
        std::all_of(bytes.begin(), bytes.end(), [&](char c) { return is_ascii(c) || is_half_kana(c); });
    return may_be_kana ? Evidence::both : Evidence::utf8;
}

Result<std::string> utf8_from_cp932(std::string_view bytes) {
    const auto converter = strict_cp932();
    UErrorCode status = U_ZERO_ERROR;
    std::u16string units(bytes.size() + 1, u'\0');
    const auto length = ucnv_toUChars(converter.get(), units.data(), static_cast<int>(units.size()),
                                      bytes.data(), static_cast<int>(bytes.size()), &status);
    if (U_FAILURE(status)) return Error{Error::Kind::corrupt, "charset: not CP932"};
    const icu::UnicodeString text(units.data(), length);
    if (!is_known_shape(text))
        return Error{Error::Kind::corrupt, "charset: a user-defined or control character"};
    return to_utf8(text);
}

Result<std::string> cp932_from_utf8(std::string_view text) {
    const auto units = from_utf8(text);
    if (!units) return not_utf8();
    if (!is_known_shape(*units))
        return Error{Error::Kind::refused, "charset: a user-defined or control character"};
    if (auto bytes = encode(*units)) return *bytes;
    if (auto bytes = encode(as_windows(*units))) return *bytes;
    return Error{Error::Kind::refused, "charset: a character that CP932 has not"};
}

Result<std::string> nfkc(std::string_view text) {
    const auto units = from_utf8(text);
    if (!units) return not_utf8();
    UErrorCode status = U_ZERO_ERROR;
    const auto* normalizer = icu::Normalizer2::getNFKCInstance(status);
    KENPIN_CHECK(U_SUCCESS(status));
    const auto normal = normalizer->normalize(*units, status);
    KENPIN_CHECK(U_SUCCESS(status));
    return to_utf8(normal);
}

Result<std::string> folded(std::string_view text) {
    const auto normal = nfkc(text);
    if (!normal) return normal.error();
    const auto units = icu::UnicodeString::fromUTF8(normal.value());
    icu::UnicodeString kept;
    for (int i = 0; i < units.length(); i = units.moveIndex32(i, 1)) {
        const auto point = units.char32At(i);
        if (!is_dropped_when_folded(point)) kept.append(u_tolower(point));
    }
    return to_utf8(kept);
}

int columns(std::string_view text) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const auto length = static_cast<int>(text.size());
    int width = 0;
    for (int i = 0; i < length;) {
        UChar32 point = 0;
        U8_NEXT(bytes, i, length, point);
        if (point < 0) {
            ++width;
            continue;
        }
        if (u_getCombiningClass(point) != 0 || u_hasBinaryProperty(point, UCHAR_VARIATION_SELECTOR)) continue;
        const auto east_asian = u_getIntPropertyValue(point, UCHAR_EAST_ASIAN_WIDTH);
        const bool wide =
            east_asian == U_EA_FULLWIDTH || east_asian == U_EA_WIDE || east_asian == U_EA_AMBIGUOUS;
        width += wide ? 2 : 1;
    }
    return width;
}

}  // namespace kenpin::charset
