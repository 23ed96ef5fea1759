#include "printers/layout/waybill.hpp"

#include <cmath>
#include <utility>

#include "printers/layout/sheet.hpp"
#include "printers/layout/words.hpp"

namespace kenpin::layout {

namespace {

using text::Align;
using text::Ink;
using text::Style;
using text::Weight;

// The sheet, in mm. Everything hangs between `left` and `right`; heads do not print the outermost millimetre.
constexpr double label_width = 100;
constexpr double label_height = 150;
constexpr double left = 2.5;
constexpr double right = 97.5;
constexpr double thin = 0.25;
constexpr double thick = 0.5;
constexpr double strip = 8;  // the titles beside the address blocks

constexpr double header_y = 2.5, header_height = 12.5;
constexpr double wishes_y = 15, wishes_height = 11;
constexpr double recipient_y = 26, recipient_height = 48;
constexpr double sender_y = 74, sender_height = 22;
constexpr double goods_y = 96, goods_height = 15;
constexpr double refs_y = 111, refs_height = 6;
constexpr double code_y = 118.5, code_bottom = 147.5;
constexpr double seal_x = 71.5;
constexpr double bars_height = 15;

Style centered(double size, Weight weight = Weight::regular, Ink ink = Ink::black) {
    return {.size = size,
            .one_line_size = size * 0.4,
            .weight = weight,
            .align = Align::center,
            .ink = ink,
            .is_centered_vertically = true};
}

Style running(double size, Weight weight = Weight::regular) {
    return {.size = size, .one_line_size = size * 0.75, .smallest_size = 1.5, .weight = weight};
}

void draw_header(Sheet& sheet, const WaybillFields& fields) {
    const double pieces_x = 72;
    sheet.write("carrier", fields.carrier_name, {left, header_y, 40, 7}, running(5.5, Weight::bold));
    sheet.write("service", fields.service_name, {left, header_y + 7, 66, 5.2}, running(3.8));
    if (fields.copy_no > 1) {
        const MmBox tag{46, header_y, 24, 6.8};
        sheet.fill(tag);
        sheet.write("copy", "再発行 " + std::to_string(fields.copy_no), tag,
                    centered(4.2, Weight::bold, Ink::white));
    }
    sheet.frame({pieces_x, header_y, right - pieces_x, header_height - 1}, thin);
    sheet.write("pieces", "個口", {pieces_x + 0.8, header_y + 0.4, 8, 3.6}, {.size = 2.4});
    sheet.write("pieces", std::to_string(fields.piece.value) + "/" + std::to_string(fields.pieces),
                {pieces_x + 4, header_y + 1.2, right - pieces_x - 5, header_height - 3.4},
                centered(7.5, Weight::bold));
}

struct Cell {
    const char* title;
    std::string value;
    double x, width;
};

void draw_cell(Sheet& sheet, const Cell& cell) {
    sheet.write(cell.title, cell.title, {cell.x + 0.8, wishes_y + 0.5, cell.width - 1.6, 3.8}, {.size = 2.4});
    sheet.write(cell.title, cell.value, {cell.x + 0.8, wishes_y + 3.6, cell.width - 1.6, 7},
                centered(4.6, Weight::bold));
}

void draw_wishes(Sheet& sheet, const WaybillFields& fields) {
    sheet.frame({left, wishes_y, right - left, wishes_height + thick}, thick);
    const auto day = [](const std::optional<Day>& known, const char* otherwise) {
        return known ? month_and_day(*known) : std::string(otherwise);
    };
    draw_cell(sheet, {"出荷日", day(fields.ship_day, "―"), left, 25});
    sheet.fill({27.5, wishes_y, thin, wishes_height});
    draw_cell(sheet, {"お届け希望日", day(fields.wished_day, "指定なし"), 27.5, 38});
    sheet.fill({65.5, wishes_y, thin, wishes_height});
    draw_cell(sheet, {"時間帯", fields.wished_slot.empty() ? "指定なし" : fields.wished_slot, 65.5, 32});
}

std::string joined(const std::vector<std::string>& lines) {
    std::string out;
    for (const auto& line : lines) {
        if (line.empty()) continue;
        if (!out.empty()) out += "\n";
        out += line;
    }
    return out;
}

void draw_recipient(Sheet& sheet, const Party& party) {
    const double x = left + strip + 2;
    const double width = right - x - 1.5;
    sheet.frame({left, recipient_y, right - left, recipient_height + thick}, thick);
    sheet.fill({left, recipient_y, strip, recipient_height});
    sheet.write_down({"お", "届", "け", "先"}, {left, recipient_y, strip, recipient_height},
                     {.size = 5, .weight = Weight::bold, .ink = Ink::white});
    sheet.write("recipient postcode", "〒" + party.postcode.reveal(), {x, recipient_y + 1.2, 42, 7.4},
                running(5.6, Weight::bold));
    sheet.write("recipient phone", "TEL " + party.phone.reveal(), {x + 42, recipient_y + 2, width - 42, 6.2},
                {.size = 4, .one_line_size = 2, .align = Align::right});
    sheet.write("recipient address", joined(party.lines.reveal()), {x, recipient_y + 9, width, 21},
                running(4.8));
    sheet.write("recipient name", party.name.reveal() + " 様", {x, recipient_y + 31, width, 15.5},
                {.size = 8.5,
                 .one_line_size = 4.6,
                 .smallest_size = 2,
                 .weight = Weight::bold,
                 .is_centered_vertically = true});
}

void draw_sender(Sheet& sheet, const Party& party) {
    const double x = left + strip + 2;
    const double width = right - x - 1.5;
    sheet.frame({left, sender_y, right - left, sender_height + thick}, thick);
    sheet.fill({left + strip, sender_y, thin, sender_height});
    sheet.write_down({"ご", "依", "頼", "主"}, {left, sender_y, strip, sender_height}, {.size = 3.4});
    sheet.write("sender postcode", "〒" + party.postcode.reveal(), {x, sender_y + 1, 36, 4.6}, running(3));
    sheet.write("sender phone", "TEL " + party.phone.reveal(), {x + 36, sender_y + 1, width - 36, 4.6},
                {.size = 3, .one_line_size = 2, .align = Align::right});
    sheet.write("sender address", joined(party.lines.reveal()), {x, sender_y + 5.6, width, 8.8},
                running(2.9));
    sheet.write("sender name", party.name.reveal(), {x, sender_y + 14.6, width, 6.8},
                running(4, Weight::bold));
}

void draw_handling(Sheet& sheet, const std::vector<std::string>& handling) {
    double x = 62.2;
    double y = goods_y + 1.2;
    for (const auto& mark : handling) {
        sheet.frame({x, y, 16.8, 6}, thick);
        sheet.write("handling", mark, {x + 0.6, y, 15.6, 6}, centered(3.2, Weight::bold));
        x += 17.6;
        if (x > 80) {
            x = 62.2;
            y += 6.8;
        }
    }
}

void draw_goods(Sheet& sheet, const WaybillFields& fields) {
    sheet.frame({left, goods_y, right - left, goods_height + thin}, thin);
    sheet.write("contents title", "品名", {left + 0.8, goods_y + 0.4, 10, 3.8}, {.size = 2.4});
    sheet.write("contents", fields.contents, {left + 1.5, goods_y + 4, 56, goods_height - 4.6}, running(4));
    if (fields.cash_on_delivery) {
        const MmBox tag{62.2, goods_y + 8, 34.4, 6};
        sheet.fill(tag);
        sheet.write("cash on delivery", "代引 " + yen(*fields.cash_on_delivery), tag,
                    centered(3.8, Weight::bold, Ink::white));
    }
    draw_handling(sheet, fields.handling);
}

void draw_references(Sheet& sheet, const WaybillFields& fields) {
    const auto reference = "受注番号 " + fields.order_no + "   出荷番号 " + fields.shipment.value;
    sheet.write("references", reference, {left + 1, refs_y + 0.6, right - left - 2, refs_height - 0.8},
                {.size = 2.6, .one_line_size = 1.6, .smallest_size = 1.2});
}

void draw_code_frame(Sheet& sheet, const WaybillFields& fields) {
    sheet.rule(left, right, code_y - 1, thick);
    sheet.write("number title", "お問い合わせ番号", {left, code_y, 30, 4.4}, {.size = 2.8});
    sheet.write("number", grouped(fields.tracking), {left, code_y + 3.2, seal_x - left - 2, 8.6},
                centered(7, Weight::bold));
    sheet.frame({seal_x, code_y + 1, right - seal_x, code_bottom - code_y - 1}, thin);
    sheet.write("seal title", "受領印", {seal_x + 0.8, code_y + 1.4, 14, 3.8}, {.size = 2.4});
}

// The tracking number's bars in dots of a head, from the label's top left corner.
struct TrackingBars {
    std::string text;
    std::vector<int> runs;
    DotBox box;  // without the quiet zones
    int quiet;
};

Result<TrackingBars> tracking_bars(const WaybillFields& fields, int dpmm) {
    const auto dots = [&](double mm) { return static_cast<int>(std::lround(mm * dpmm)); };
    const auto text = fields.start_letter + fields.tracking.value + fields.stop_letter;
    const auto widths = nw7_widths(dpmm);
    auto runs = nw7_runs(text, widths);
    if (!runs) return runs.error();
    const int quiet = quiet_dots(widths.narrow_dots, dpmm);
    const int width = total_dots(runs.value());
    const int x = dots((left + seal_x - 2) / 2) - width / 2;
    if (x - quiet < 0 || x + width + quiet > dots(seal_x))
        return Error{Error::Kind::refused, "the tracking number is too long for the label"};
    return TrackingBars{
        text, std::move(runs).value(), {x, dots(code_y + 12.5), width, dots(bars_height)}, quiet};
}

Outcome check_fields(const WaybillFields& fields) {
    const auto refuse = [](const char* why) { return Error{Error::Kind::refused, why}; };
    const auto& number = fields.tracking.value;
    const bool digits = number.find_first_not_of("0123456789") == std::string::npos;
    if (!digits || number.size() < 8 || number.size() > 14) return refuse("tracking number: 8 to 14 digits");
    if (fields.piece.value < 1 || fields.piece.value > fields.pieces)
        return refuse("piece outside 1..pieces");
    if (fields.copy_no < 1) return refuse("copy number below 1");
    if (fields.handling.size() > (fields.cash_on_delivery ? 2U : 4U))
        return refuse("too many handling marks");
    if (fields.recipient.name.reveal().empty()) return refuse("no recipient name");
    return Done{};
}

Outcome draw_words(Sheet& sheet, const WaybillFields& fields) {
    draw_header(sheet, fields);
    draw_wishes(sheet, fields);
    draw_recipient(sheet, fields.recipient);
    draw_sender(sheet, fields.sender);
    draw_goods(sheet, fields);
    draw_references(sheet, fields);
    draw_code_frame(sheet, fields);
    if (sheet.cut_fields().empty()) return Done{};
    return Error{Error::Kind::refused, "does not fit on the label: " + sheet.cut_fields().front()};
}

// As bars of the same millimetres, for a paper that has no dots.
void draw_bars(Sheet& sheet, const TrackingBars& bars, double dpmm) {
    double x = bars.box.x / dpmm;
    bool is_bar = true;
    for (const int run : bars.runs) {
        if (is_bar) sheet.fill({x, bars.box.y / dpmm, run / dpmm, bars.box.height / dpmm});
        x += run / dpmm;
        is_bar = !is_bar;
    }
}

Outcome draw_page(text::PdfPaper& paper, const WaybillFields& fields) {
    constexpr int dpmm = 8;
    if (const auto checked = check_fields(fields); !checked) return checked.error();
    Sheet sheet(paper);
    if (const auto drawn = draw_words(sheet, fields); !drawn) return drawn.error();
    const auto bars = tracking_bars(fields, dpmm);
    if (!bars) return bars.error();
    draw_bars(sheet, bars.value(), dpmm);
    return Done{};
}

}  // namespace

std::string grouped(const TrackingNo& tracking) {
    std::string out;
    for (std::size_t at = 0; at < tracking.value.size(); ++at) {
        if (at > 0 && at % 4 == 0) out += '-';
        out += tracking.value[at];
    }
    return out;
}

Result<Label> draw_waybill(const WaybillFields& fields, int dpmm) {
    if (const auto checked = check_fields(fields); !checked) return checked.error();
    text::BitmapPaper paper(static_cast<int>(label_width * dpmm), static_cast<int>(label_height * dpmm));
    Sheet sheet(paper, dpmm);
    if (const auto drawn = draw_words(sheet, fields); !drawn) return drawn.error();
    const auto bars = tracking_bars(fields, dpmm);
    if (!bars) return bars.error();
    const auto& [text, runs, box, quiet] = bars.value();
    Label label{paper.take(), {}, dpmm};
    draw_bars(label.bitmap, box.x, box.y, box.height, runs);
    label.codes.push_back(
        {{box.x - quiet, box.y, box.width + 2 * quiet, box.height}, codes::Format::nw7, text});
    return label;
}

Result<std::string> draw_waybills_pdf(const std::vector<WaybillFields>& labels) {
    if (labels.empty()) return Error{Error::Kind::refused, "no labels"};
    text::PdfPaper paper(label_width * points_per_mm, label_height * points_per_mm, "waybills");
    for (std::size_t n = 0; n < labels.size(); ++n) {
        if (n > 0) paper.next_page();
        if (const auto drawn = draw_page(paper, labels[n]); !drawn) return drawn.error();
    }
    return paper.finish();
}

Outcome verify_codes(const Label& label, codes::Decoder& decoder) {
    if (label.codes.empty()) return Error{Error::Kind::corrupt, "the label has no barcode"};
    for (const auto& code : label.codes) {
        const auto read = decoder.read(crop(label.bitmap, code.box), code.format);
        if (!read) return read.error();
        if (!read.value() || read.value()->bytes != code.expected || read.value()->format != code.format)
            return Error{Error::Kind::corrupt, "a barcode of the label does not read back"};
    }
    return Done{};
}

}  // namespace kenpin::layout
