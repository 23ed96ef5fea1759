#pragma once
// Texts of a template with their fields filled in. Pure.
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "printers/layout/template.hpp"

namespace kenpin::layout {

using Values = std::map<std::string, std::string>;

/// "{code}" names a field, "{{" and "}}" are braces. Error: refused, what is wrong.
Result<Wording> wording_of(std::string_view text);
/// A field without a value is empty.
std::string filled(const Wording& wording, const Values& values);

/// Error: refused, what is wrong.
Result<Condition> condition_of(std::string_view text);
bool holds(const Condition& condition, const Values& values);

/// Control characters but line breaks as their pictures (␉), so that none is lost; CR LF is one break.
std::string shown_text(std::string_view utf8);
/// The columns of a text that runs down, each in characters as people count them: with their marks and
/// variation selectors. Long vowels and brackets are turned.
std::vector<std::vector<std::string>> columns_down(std::string_view utf8);

}  // namespace kenpin::layout
