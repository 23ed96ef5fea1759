#pragma once
// The carrier's label, 100 x 150 mm, as dots of the head that prints it. Preview and print are the same
// bitmap.
#include <string>
#include <vector>

#include "adaptors/codes/decoder.hpp"
#include "core/base/images.hpp"
#include "core/base/result.hpp"
#include "printers/layout/bars.hpp"
#include "printers/layout/fields.hpp"

namespace kenpin::layout {

/// A barcode on a label: where it stands with its quiet zones, and what a scanner must read there.
struct PlacedCode {
    DotBox box;
    codes::Format format = codes::Format::none;
    std::string expected;
};

struct Label {
    Bitmap bitmap;
    std::vector<PlacedCode> codes;
    int dpmm = 8;
};

/// `dpmm` 8 or 12 dots per mm. Long text shrinks, then wraps; no character is lost.
/// Errors: refused when the tracking number is not 8 to 14 digits, when a letter or piece count is out of
/// range, or when a text cannot be shown whole; the detail names the field, never its content. Thread: the
/// drawing thread (Pango's fonts are per thread; see text::warm_up).
Result<Label> draw_waybill(const WaybillFields& fields, int dpmm);

/// The same labels as one PDF, a page each, with its fonts inside: for a screen, or a printer of sheets. A
/// label printer is never given this: what rasterises it grows the bars (docs/printing.md). Errors: as
/// draw_waybill; refused when there is no label.
Result<std::string> draw_waybills_pdf(const std::vector<WaybillFields>& labels);

/// Reads every barcode of the label back from its own crop. Error: corrupt when one does not read or reads
/// otherwise (such a label must never be sent); or what the decoder says.
Outcome verify_codes(const Label& label, codes::Decoder& decoder);

/// "4912-3456-7890" for 12 digits; other lengths in groups of four from the left.
std::string grouped(const TrackingNo& tracking);

}  // namespace kenpin::layout
