#include "adaptors/codes/symbol.hpp"

#include <algorithm>
#include <memory>
#include <string>

#include <zint.h>

namespace kenpin::codes {

namespace {

struct DeleteSymbol {
    void operator()(zint_symbol* symbol) const { ZBarcode_Delete(symbol); }
};

int number_of(Symbology symbology) {
    switch (symbology) {
        case Symbology::code128:
            return BARCODE_CODE128;
        case Symbology::ean13:
            return BARCODE_EANX;
        case Symbology::itf14:
            return BARCODE_ITF14;
        case Symbology::qr:
            return BARCODE_QRCODE;
        case Symbology::ean8:
            return BARCODE_EANX;
        case Symbology::gs1_128:
            return BARCODE_GS1_128;
        case Symbology::data_matrix:
            return BARCODE_DATAMATRIX;
    }
    return BARCODE_CODE128;
}

bool is_ascii(std::string_view data) {
    return std::all_of(data.begin(), data.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_allowed(Symbology symbology, std::string_view data) {
    const auto digits = data.find_first_not_of("0123456789") == std::string_view::npos;
    switch (symbology) {
        case Symbology::code128:
            return !data.empty() && data.size() <= 80;
        case Symbology::ean13:
            return digits && (data.size() == 12 || data.size() == 13);
        case Symbology::itf14:
            return digits && (data.size() == 13 || data.size() == 14);
        case Symbology::qr:
            return !data.empty() && data.size() <= 1000;
        case Symbology::ean8:
            return digits && (data.size() == 7 || data.size() == 8);
        case Symbology::gs1_128:
            return !data.empty() && data.size() <= 80 && is_ascii(data);
        case Symbology::data_matrix:
            return !data.empty() && data.size() <= 500 && is_ascii(data);
    }
    return false;
}

// zint makes these check digits itself.
std::size_t without_check_digit(Symbology symbology, std::size_t size) {
    if (symbology == Symbology::itf14) return std::min<std::size_t>(size, 13);
    if (symbology == Symbology::ean8) return std::min<std::size_t>(size, 7);
    return size;
}

std::string_view text_of(const zint_symbol& symbol) {
    return reinterpret_cast<const char*>(symbol.text);
}

Bitmap bits_of(const zint_symbol& symbol) {
    Bitmap out(symbol.width, symbol.rows);
    for (int y = 0; y < symbol.rows; ++y)
        for (int x = 0; x < symbol.width; ++x)
            if ((symbol.encoded_data[y][x / 8] >> (x % 8) & 1) != 0) out.blacken(x, y);
    return out;
}

}  // namespace

Result<Bitmap> modules_of(Symbology symbology, std::string_view data) {
    if (!is_allowed(symbology, data)) return Error{Error::Kind::refused, "data does not suit the symbology"};
    const std::unique_ptr<zint_symbol, DeleteSymbol> symbol(ZBarcode_Create());
    if (!symbol) return Error{Error::Kind::full, "no memory for a barcode"};
    symbol->symbology = number_of(symbology);
    symbol->input_mode = UNICODE_MODE;
    if (symbology == Symbology::qr) {
        symbol->option_1 = 2;                   // error correction level M
        symbol->eci = is_ascii(data) ? 0 : 26;  // UTF-8, said aloud, so that every reader agrees
    }
    if (symbology == Symbology::gs1_128) symbol->input_mode = GS1_MODE | GS1PARENS_MODE;
    if (symbology == Symbology::data_matrix) symbol->option_3 = DM_SQUARE;
    std::string copy(data.substr(0, without_check_digit(symbology, data.size())));
    const int length = static_cast<int>(copy.size());
    const int failed = ZBarcode_Encode(symbol.get(), reinterpret_cast<unsigned char*>(copy.data()), length);
    if (failed >= ZINT_ERROR) return Error{Error::Kind::refused, symbol->errtxt};
    if (copy.size() < data.size() && !text_of(*symbol).ends_with(data.back()))
        return Error{Error::Kind::refused, "a wrong check digit"};
    return bits_of(*symbol);
}

}  // namespace kenpin::codes
