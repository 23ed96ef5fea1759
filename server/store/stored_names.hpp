#pragma once
// Enums of core/domain in the database: by their names, as in events and in the API.
#include <string>
#include <type_traits>

#include "adaptors/sqlite/value.hpp"
#include "core/domain/refusal.hpp"
#include "core/domain/shipment.hpp"

namespace kenpin::sqlite {

template <class Enum>
struct Stored<Enum, std::enable_if_t<std::is_enum_v<Enum>>> {
    static constexpr ColumnType type = ColumnType::text;
    static Value to_value(Enum value) { return std::string(domain::name(value)); }
    static std::optional<Enum> from_value(const Value& value) {
        const auto* text = std::get_if<std::string>(&value);
        return text == nullptr ? std::nullopt : domain::from_name<Enum>(*text);
    }
};

}  // namespace kenpin::sqlite
