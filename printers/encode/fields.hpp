#pragma once
// Small change of text protocols: fields between separators, numbers of a fixed or free width. Pure.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kenpin::encode {

/// At least one field; empty ones too.
std::vector<std::string_view> split(std::string_view line, char separator);
/// A decimal number that is the whole text, 0 up to nine digits; nothing: it is none.
std::optional<int> whole_number(std::string_view text);
/// "007": `number` >= 0 with leading zeros, at least `width` wide.
std::string padded(int number, std::size_t width);

}  // namespace kenpin::encode
