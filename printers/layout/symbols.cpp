#include "printers/layout/symbols.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "adaptors/codes/symbol.hpp"
#include "core/domain/barcode.hpp"

namespace kenpin::layout {

namespace {

Error refuse(const std::string& what) {
    return {Error::Kind::refused, what};
}

// A symbol in modules, before it is given dots.
struct Drawn {
    Bitmap modules{};
    std::string nw7{};  // drawn by us, with wide bars of its own
    codes::Format format = codes::Format::none;
    std::string expected{};
    int quiet_modules = 10;
    bool is_matrix = false;
};

Result<Drawn> zint(codes::Symbology symbology, const std::string& text, Drawn drawn) {
    auto modules = codes::modules_of(symbology, text);
    if (!modules)
        return refuse("its text does not suit the symbology (" + std::to_string(text.size()) + " bytes)");
    drawn.modules = std::move(modules).value();
    return drawn;
}

Result<Drawn> jan(const std::string& text) {
    if ((text.size() != 13 && text.size() != 8) || !domain::gtin_check_is_right(text))
        return refuse("no JAN: 13 or 8 digits with their check digit");
    if (text.size() == 8)
        return zint(codes::Symbology::ean8, text,
                    {.format = codes::Format::ean8, .expected = text, .quiet_modules = 7});
    return zint(codes::Symbology::ean13, text,
                {.format = codes::Format::ean13, .expected = text, .quiet_modules = 11});
}

// GS1 General Specifications, "Pre-defined length GS1 Application Identifiers": after these no separator
// stands.
bool has_fixed_length(std::string_view identifier) {
    static constexpr std::string_view fixed[] = {"00", "01", "02", "03", "04", "11", "12", "13",
                                                 "14", "15", "16", "17", "18", "19", "20", "31",
                                                 "32", "33", "34", "35", "36", "41"};
    return std::any_of(std::begin(fixed), std::end(fixed),
                       [&](auto start) { return identifier.starts_with(start); });
}

// "(01)0490…(10)A1" as a scanner says it: identifiers without brackets, GS behind what has no fixed length.
std::string gs1_as_read(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto close = std::min(text.find(')'), text.size() - 1);
        const auto next = std::min(text.find('(', std::max<std::size_t>(close, 1)), text.size());
        const auto identifier = text.substr(1, close - 1);
        out += std::string(identifier) + std::string(text.substr(close + 1, next - close - 1));
        if (next < text.size() && !has_fixed_length(identifier)) out += '\x1d';
        text = text.substr(next);
    }
    return out;
}

Result<Drawn> gs1(const std::string& text) {
    if (!text.starts_with('(')) return refuse("no GS1 text → \"(01){gtin}(10){lot}\"");
    auto symbol = zint(codes::Symbology::gs1_128, text, {.format = codes::Format::code128});
    if (!symbol) return symbol.error();
    auto out = std::move(symbol).value();
    out.expected = gs1_as_read(text);  // only of what zint found well formed
    return out;
}

Result<Drawn> drawn(BarsKind kind, const std::string& text) {
    const auto same = [&](codes::Format format, int quiet = 10, bool is_matrix = false) {
        return Drawn{.format = format, .expected = text, .quiet_modules = quiet, .is_matrix = is_matrix};
    };
    switch (kind) {
        case BarsKind::code128:
            return zint(codes::Symbology::code128, text, same(codes::Format::code128));
        case BarsKind::gs1_128:
            return gs1(text);
        case BarsKind::jan:
            return jan(text);
        case BarsKind::itf14:
            if (text.size() != 14) return refuse("no ITF-14: 14 digits");
            return zint(codes::Symbology::itf14, text, same(codes::Format::itf));
        case BarsKind::nw7: {
            auto out = same(codes::Format::nw7);
            out.nw7 = text;
            if (const auto runs = nw7_runs(text, {}); !runs) return runs.error();
            return out;
        }
        case BarsKind::qr:
            return zint(codes::Symbology::qr, text, same(codes::Format::qr, 4, true));
        case BarsKind::data_matrix:
            return zint(codes::Symbology::data_matrix, text, same(codes::Format::data_matrix, 2, true));
    }
    return refuse("an unknown symbology");
}

std::vector<int> runs_in(const Drawn& symbol, int dots) {
    if (symbol.nw7.empty()) return runs_of(symbol.modules, dots);
    return nw7_runs(symbol.nw7, {dots, std::max(dots * 5 / 2 + dots % 2, 3)}).value();
}

DotBox in_dots(const MmBox& box, int dpmm) {
    const auto dots = [&](double mm) { return static_cast<int>(std::lround(mm * dpmm)); };
    const int x = dots(box.x), y = dots(box.y);
    return {x, y, dots(box.x + box.width) - x, dots(box.y + box.height) - y};
}

PlacedSymbol place_row(const Drawn& symbol, const DotBox& box, int dots, int dpmm) {
    const auto runs = runs_in(symbol, dots);
    PlacedSymbol out;
    const int width = total_dots(runs);
    out.quiet_x = std::max(symbol.quiet_modules * dots, quiet_dots(1, dpmm));
    out.box = {box.x + (box.width - width) / 2, box.y, width, box.height};
    int x = out.box.x;
    for (std::size_t at = 0; at < runs.size(); x += runs[at++])
        if (at % 2 == 0) out.inks.push_back({x, out.box.y, runs[at], out.box.height});
    return out;
}

PlacedSymbol place_matrix(const Drawn& symbol, const DotBox& box, int dots) {
    PlacedSymbol out;
    const auto& modules = symbol.modules;
    const int width = modules.width_dots * dots, height = modules.height_dots * dots;
    out.quiet_x = out.quiet_y = symbol.quiet_modules * dots;
    out.box = {box.x + (box.width - width) / 2, box.y + (box.height - height) / 2, width, height};
    for (int row = 0; row < modules.height_dots; ++row)
        for (int column = 0; column < modules.width_dots; ++column)
            if (modules.is_black(column, row))
                out.inks.push_back({out.box.x + column * dots, out.box.y + row * dots, dots, dots});
    return out;
}

bool fits(const PlacedSymbol& placed, const DotBox& box) {
    return placed.box.width + 2 * placed.quiet_x <= box.width &&
           placed.box.height + 2 * placed.quiet_y <= box.height;
}

std::string in_mm(int dots, int dpmm) {
    const auto tenths = (dots * 10 + dpmm - 1) / dpmm;
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

std::optional<std::string> said(const Bars& bars, const std::string& text) {
    return bars.own ? domain::make_own_code(*bars.own, text) : std::optional(text);
}

}  // namespace

Result<PlacedSymbol> place_symbol(const Bars& bars, const std::string& text, const MmBox& box, int dpmm) {
    const auto says = said(bars, text);
    if (!says) return refuse("no code of ours: 1 to 20 of 0-9 A-Z and -");
    const auto symbol = drawn(bars.kind, *says);
    if (!symbol) return symbol.error();
    const auto room = in_dots(box, dpmm);
    const auto least = std::max(1, static_cast<int>(std::lround(bars.least_mm * dpmm)));
    PlacedSymbol placed;
    for (int dots = std::max(least, static_cast<int>(bars.most_mm * dpmm + 0.001)); dots >= least; --dots) {
        placed = symbol.value().is_matrix ? place_matrix(symbol.value(), room, dots)
                                          : place_row(symbol.value(), room, dots, dpmm);
        placed.format = symbol.value().format;
        placed.expected = symbol.value().expected;
        if (fits(placed, room)) return placed;
    }
    return refuse("with its quiet zones it is " + in_mm(placed.box.width + 2 * placed.quiet_x, dpmm) + " x " +
                  in_mm(placed.box.height + 2 * placed.quiet_y, dpmm) + " mm at " + std::to_string(dpmm) +
                  " dots/mm → a larger box, a shorter text or a smaller narrow");
}

}  // namespace kenpin::layout
