#pragma once
// A template with what stands on it: as dots of a head, or as PDF. The same code draws both.
#include <string>
#include <vector>

#include "core/base/private.hpp"
#include "core/base/result.hpp"
#include "printers/layout/template.hpp"
#include "printers/layout/waybill.hpp"
#include "printers/layout/wording.hpp"

namespace kenpin::layout {

struct PaperValues {
    Private<Values> fields;
    Private<std::vector<Values>> rows;  // of the template's table
};

/// The samples of its fields; a table gets `rows` rows.
PaperValues samples_of(const Template& from, int rows = 3);

/// A page or label each, with its barcodes for verify_codes. `dpmm` 1..24.
/// Errors: refused when a value has no field, a needed field is empty, a barcode does not fit or says nothing
/// that its symbology can, or a text cannot be shown whole; the detail names template and part, never the
/// content. Thread: the drawing thread.
Result<std::vector<Label>> draw_paper(const Template& of, const PaperValues& values, int dpmm);

/// All pages of all `papers` as one PDF with its fonts inside. Errors: as draw_paper; refused when there is
/// none.
Result<std::string> draw_paper_pdf(const Template& of, const std::vector<PaperValues>& papers);

/// Labels side by side on A4 with `margin_mm` around, for a site without a label printer. Errors: as
/// draw_paper; refused when one does not fit, or the template has a table.
Result<std::string> draw_label_sheet(const Template& of, const std::vector<PaperValues>& labels,
                                     double margin_mm);

}  // namespace kenpin::layout
