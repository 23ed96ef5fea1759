#pragma once
// The packing slip (納品書), A5 portrait, as PDF with its fonts inside.
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "printers/layout/fields.hpp"

namespace kenpin::layout {

/// As many pages as the lines need; each names its number. A gift shows neither prices nor sums.
/// Errors: refused (no lines, no shop name, or a shipment code that is no Code 128).
/// Thread: the drawing thread.
Result<std::string> draw_slip(const SlipFields& fields);

/// How many of `lines` lines stand on each page when the first page takes `first` of them, the others `next`,
/// and the last page must leave room for `tail` more. Never empty. Pure.
std::vector<int> pages_of(int lines, int first, int next, int tail);

}  // namespace kenpin::layout
