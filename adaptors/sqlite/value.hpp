#pragma once
// Value: what goes into a statement and what comes out of a row. Two column types exist (BIGINT and TEXT), so
// that one SQL text serves SQLite and PostgreSQL; everything else is written as one of them:
//   integers, bool, Qty…, Instant (ms)   -> BIGINT        strings, Sku…, Day ("2026-11-24")   -> TEXT
//   Bytes                                -> TEXT, hex     std::optional                       -> NULL or the
//   type in it
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include "core/base/strong.hpp"
#include "core/base/time.hpp"

namespace kenpin::sqlite {

enum class ColumnType { integer, text };

struct Null {
    ColumnType type;  // PostgreSQL wants a type even for nothing
};
using Value = std::variant<Null, std::int64_t, std::string>;

/// Raw bytes, stored as lower-case hex.
struct Bytes {
    std::string value;
    bool operator==(const Bytes&) const = default;
};

std::string to_hex(std::string_view bytes);
/// Nothing when `hex` has an odd length or a character that is no hex digit.
std::optional<std::string> from_hex(std::string_view hex);

/// How T is stored: its column type, to_value, and from_value (nothing when the stored value does not fit T).
template <class T, class = void>
struct Stored;

template <class T>
struct Stored<T, std::enable_if_t<std::is_integral_v<T>>> {
    static constexpr ColumnType type = ColumnType::integer;
    static Value to_value(T value) { return static_cast<std::int64_t>(value); }
    static std::optional<T> from_value(const Value& value) {
        const auto* number = std::get_if<std::int64_t>(&value);
        if (number == nullptr || !fits(*number)) return std::nullopt;
        return static_cast<T>(*number);
    }

private:
    static bool fits(std::int64_t number) {
        if constexpr (std::is_same_v<T, bool>)
            return number == 0 || number == 1;
        else
            return std::in_range<T>(number);
    }
};

template <>
struct Stored<std::string> {
    static constexpr ColumnType type = ColumnType::text;
    static Value to_value(std::string value) { return value; }
    static std::optional<std::string> from_value(const Value& value) {
        const auto* text = std::get_if<std::string>(&value);
        return text == nullptr ? std::nullopt : std::optional{*text};
    }
};
template <>
struct Stored<std::string_view> {
    static constexpr ColumnType type = ColumnType::text;
    static Value to_value(std::string_view value) { return std::string(value); }
};
template <>
struct Stored<const char*> : Stored<std::string_view> {};
template <std::size_t N>
struct Stored<char[N]> : Stored<std::string_view> {};

template <>
struct Stored<Bytes> {
    static constexpr ColumnType type = ColumnType::text;
    static Value to_value(const Bytes& bytes) { return to_hex(bytes.value); }
    static std::optional<Bytes> from_value(const Value& value);
};

template <>
struct Stored<Instant> {
    static constexpr ColumnType type = ColumnType::integer;
    static Value to_value(Instant at) { return to_ms(at); }
    static std::optional<Instant> from_value(const Value& value);
};

template <>
struct Stored<Day> {
    static constexpr ColumnType type = ColumnType::text;
    static Value to_value(Day day) { return to_text(day); }
    static std::optional<Day> from_value(const Value& value);
};

template <class Tag, class Rep>
struct Stored<Strong<Tag, Rep>> {
    static constexpr ColumnType type = Stored<Rep>::type;
    static Value to_value(const Strong<Tag, Rep>& id) { return Stored<Rep>::to_value(id.value); }
    static std::optional<Strong<Tag, Rep>> from_value(const Value& value) {
        auto rep = Stored<Rep>::from_value(value);
        if (!rep) return std::nullopt;
        return Strong<Tag, Rep>{std::move(*rep)};
    }
};

template <class T>
struct Stored<std::optional<T>> {
    static constexpr ColumnType type = Stored<T>::type;
    static Value to_value(const std::optional<T>& held) {
        return held ? Stored<T>::to_value(*held) : Value{Null{type}};
    }
    static std::optional<std::optional<T>> from_value(const Value& value) {
        if (std::holds_alternative<Null>(value)) return std::optional<T>{};
        auto held = Stored<T>::from_value(value);
        if (!held) return std::nullopt;
        return std::optional<T>{std::move(*held)};
    }
};

template <class T>
Value to_value(const T& value) {
    return Stored<T>::to_value(value);
}

}  // namespace kenpin::sqlite
