#pragma once
// What is known about a make of printer: its language, its head, the roll it is used with. The table is
// assets/printers/models.tsv. Pure.
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "printers/encode/language.hpp"
#include "printers/encode/zpl.hpp"

namespace kenpin::encode {

/// As made: a ZPL printer of 8 dots per mm with labels of 100 x 150 mm.
struct PrinterModel {
    std::string name = "zpl-8";
    const Language* language = &zpl;
    Head head{};
    Media media{};
    bool answers = true;  // false: it has no way back, or says nothing on it; it is never asked
};

/// The lines of models.tsv: a first line of titles, then name, maker, language, dots_per_m, head_dots,
/// right_margin_dots, media_mm ("100x150"), quirks (words with blanks between; "silent": answers = false),
/// source. Empty lines and lines that begin with # are passed over. Error: corrupt (which line, what is wrong
/// with it).
Result<std::vector<PrinterModel>> printer_models(std::string_view tsv);
/// Errors: not_found, and those of printer_models.
Result<PrinterModel> printer_model(std::string_view tsv, std::string_view name);

}  // namespace kenpin::encode
