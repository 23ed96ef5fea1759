#pragma once
// The modules of a barcode symbol, computed with zint. Drawing them in whole dots is the layout's business;
// zint's own pictures are never used. NW-7 is not here: zint draws it 2:1, below its specification
// (printers/layout/bars.hpp).
#include <string_view>

#include "core/base/images.hpp"
#include "core/base/result.hpp"

namespace kenpin::codes {

enum class Symbology { code128, ean13, itf14, qr, ean8, gs1_128, data_matrix };

/// One dot per module, no quiet zone. A linear symbol is one row high.
/// `data`: code128 ASCII 1..80 characters; ean13 12 or 13 digits; itf14 13 or 14 digits; qr 1..1000 bytes of
/// UTF-8 (error correction level M); ean8 7 or 8 digits; gs1_128 as people write it,
/// "(01)04901234567894(10)A1", 1..80 characters, checked by zint; data_matrix ASCII 1..500 characters,
/// square. A given check digit must be right. Error: refused, with zint's words.
Result<Bitmap> modules_of(Symbology symbology, std::string_view data);

}  // namespace kenpin::codes
