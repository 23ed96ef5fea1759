#pragma once
// What a template promises wrongly: parts that print over each other, barcodes without their quiet zones,
// fields that nobody declared. Pure.
#include "core/base/result.hpp"
#include "printers/layout/template.hpp"

namespace kenpin::layout {

/// Heads that every template must suit, dots per mm.
inline constexpr int template_heads[] = {6, 8, 12, 24};

/// Error: as template_of.
Outcome check_template(const Template& checked);

/// Whether both may show at once.
bool may_meet(const Part& one, const Part& other);

/// "template NAME: PART: what": every error of a template begins so.
Error template_error(const std::string& name, const std::string& part, const std::string& what);

}  // namespace kenpin::layout
