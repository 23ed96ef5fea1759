#include "printers/layout/paper.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "printers/layout/symbols.hpp"
#include "printers/layout/template_check.hpp"

namespace kenpin::layout {

namespace {

constexpr int pdf_dots_per_mm = 24;  // a grid for bars on paper that has no dots: 0.25 mm are 6 of them
constexpr double a4_width_mm = 210, a4_height_mm = 297;
constexpr std::size_t most_rows = 5'000;

struct Place {
    double x = 0, y = 0;  // of the paper's corner on the sheet, mm
    int dpmm = 8;
};

MmBox moved(const MmBox& box, const Place& place) {
    return {box.x + place.x, box.y + place.y, box.width, box.height};
}

// Puts the parts of one page on a sheet; the first thing that cannot be shown is kept.
class Page {
public:
    Page(Sheet& sheet, const Template& of, Place place) : sheet_(sheet), of_(of), place_(place) {}

    void draw(const Part& part, const Values& values) {
        if (part.when && !holds(*part.when, values)) return;
        const auto box = moved(part.box, place_);
        if (const auto* words = std::get_if<Words>(&part.content))
            write(part, *words, box, values);
        else if (const auto* bars = std::get_if<Bars>(&part.content))
            draw_bars(part, *bars, box, values);
        else if (const auto& shape = std::get<Shape>(part.content); shape.kind == Shape::Kind::fill)
            sheet_.fill(box);
        else
            sheet_.frame(box, shape.thickness_mm);
    }

    std::vector<PlacedCode> take_codes() { return std::move(codes_); }
    Outcome outcome() const {
        if (wrong_) return *wrong_;
        return Done{};
    }

private:
    void write(const Part& part, const Words& words, const MmBox& box, const Values& values) {
        const auto text = shown_text(filled(words.wording, values));
        if (text.empty()) return;
        const bool is_whole = words.runs_down ? write_down(words.style, text, box)
                                              : sheet_.write(part.name, text, box, words.style).is_whole;
        if (!is_whole) fail(part, "the text does not fit whole → a larger box or a smaller font");
    }

    // Columns from the right, characters from the top; shrinks until all stand inside. Shorter columns end
    // where the longest does: a wife's given name stands beside her husband's.
    bool write_down(text::Style style, const std::string& text, const MmBox& box) {
        constexpr double shrink = 0.94;
        const auto columns = columns_down(text);
        double longest = 0;
        for (const auto& column : columns) longest = std::max(longest, steps_of(column));
        const auto fits = [&] {
            return style.size * step * longest <= box.height &&
                   style.size * column_step * static_cast<double>(columns.size()) <= box.width;
        };
        while (!fits() && style.size > style.smallest_size) style.size *= shrink;
        if (!fits()) return false;
        const double spare =
            style.is_centered_vertically ? (box.height - style.size * step * longest) / 2 : 0;
        const double width = style.size * column_step;
        double x = box.x + (box.width + width * static_cast<double>(columns.size())) / 2;
        bool is_whole = true;
        for (const auto& column : columns) {
            x -= width;
            const double y = box.y + spare + style.size * step * (longest - steps_of(column));
            is_whole = write_column(style, column, x, y) && is_whole;
        }
        return is_whole;
    }

    static constexpr double step = 1.15, column_step = 1.3;  // of the size

    static double step_of(const std::string& character) {
        return character == " " || character == "\u3000" ? 0.5 : 1.0;
    }
    static double steps_of(const std::vector<std::string>& column) {
        double out = 0;
        for (const auto& character : column) out += step_of(character);
        return out;
    }

    bool write_column(text::Style style, const std::vector<std::string>& column, double x, double y) {
        const double margin = style.size * 0.25;  // a font's line is higher than its characters
        style.align = text::Align::center;
        style.is_centered_vertically = true;
        style.one_line_size = style.smallest_size = 0;
        bool is_whole = true;
        for (const auto& character : column) {
            const MmBox cell{x - margin, y - margin, style.size * column_step + 2 * margin,
                             style.size * step + 2 * margin};
            is_whole = sheet_.write("", character, cell, style).is_whole && is_whole;
            y += style.size * step * step_of(character);
        }
        return is_whole;
    }

    void draw_bars(const Part& part, const Bars& bars, const MmBox& box, const Values& values) {
        const auto text = filled(bars.wording, values);
        if (bars.kind == BarsKind::gs1_128 && has_brackets(bars.wording, values))
            return fail(part, "a bracket in a value of a GS1 barcode");
        const auto placed = place_symbol(bars, text, box, place_.dpmm);
        if (!placed) return fail(part, placed.error().detail);
        const auto& symbol = placed.value();
        const double dots = place_.dpmm;
        for (const auto& ink : symbol.inks)
            sheet_.fill({ink.x / dots, ink.y / dots, ink.width / dots, ink.height / dots});
        codes_.push_back({{symbol.box.x - symbol.quiet_x, symbol.box.y - symbol.quiet_y,
                           symbol.box.width + 2 * symbol.quiet_x, symbol.box.height + 2 * symbol.quiet_y},
                          symbol.format,
                          symbol.expected});
    }

    // A value must not make an identifier of its own.
    static bool has_brackets(const Wording& wording, const Values& values) {
        return std::any_of(wording.pieces.begin(), wording.pieces.end(), [&](const auto& piece) {
            const auto found = piece.is_field ? values.find(piece.text) : values.end();
            return found != values.end() && found->second.find_first_of("()[]") != std::string::npos;
        });
    }

    void fail(const Part& part, const std::string& what) {
        if (!wrong_) wrong_ = template_error(of_.name, part.name, what);
    }

    Sheet& sheet_;
    const Template& of_;
    Place place_;
    std::vector<PlacedCode> codes_;
    std::optional<Error> wrong_;
};

std::size_t rows_per_page(const Table& table) {
    return std::max<std::size_t>(
        1, static_cast<std::size_t>((table.box.height - table.head_mm) / table.row_mm + 0.001));
}

std::size_t page_count(const Template& of, const PaperValues& values) {
    if (!of.table) return 1;
    const auto rows = values.rows.reveal().size(), per_page = rows_per_page(*of.table);
    return std::max<std::size_t>(1, (rows + per_page - 1) / per_page);
}

void draw_head(Sheet& sheet, const Table& table) {
    constexpr double thick = 0.4;
    for (std::size_t at = 0; at < table.columns.size(); ++at) {
        const auto& box = table.columns[at].box;
        text::Style style{.size = 3.2,
                          .one_line_size = 1.6,
                          .smallest_size = 1.2,
                          .weight = text::Weight::bold,
                          .is_centered_vertically = true};
        if (const auto* words = std::get_if<Words>(&table.columns[at].content))
            style.align = words->style.align;
        sheet.write(table.titles[at], table.titles[at],
                    {box.x + 0.5, table.box.y, box.width - 1, table.head_mm - 0.5}, style);
    }
    sheet.rule(table.box.x, table.box.x + table.box.width, table.box.y + table.head_mm - thick, thick);
}

void draw_table(Sheet& sheet, Page& page, const Table& table, const std::vector<Values>& rows, Values values,
                std::size_t page_no) {
    constexpr double thin = 0.15;
    draw_head(sheet, table);
    const auto first = page_no * rows_per_page(table);
    const auto last = std::min(rows.size(), first + rows_per_page(table));
    const auto of_paper = values;
    double y = table.box.y + table.head_mm;
    for (auto row = first; row < last; ++row, y += table.row_mm) {
        values = of_paper;
        values["line"] = std::to_string(row + 1);
        for (const auto& [field, value] : rows[row]) values[field] = value;
        for (auto column : table.columns) {
            column.box = cell_of(table, column, y);
            page.draw(column, values);
        }
        sheet.rule(table.box.x, table.box.x + table.box.width, y + table.row_mm - thin, thin);
    }
}

Result<std::vector<PlacedCode>> draw_page(Sheet& sheet, const Template& of, const PaperValues& given,
                                          Place place, std::size_t page_no = 0) {
    auto values = given.fields.reveal();
    values["page"] = std::to_string(page_no + 1);
    values["pages"] = std::to_string(page_count(of, given));
    values["count"] = std::to_string(given.rows.reveal().size());
    Page page(sheet, of, place);
    for (const auto& part : of.parts) page.draw(part, values);
    if (of.table) draw_table(sheet, page, *of.table, given.rows.reveal(), values, page_no);
    if (const auto drawn = page.outcome(); !drawn) return drawn.error();
    if (!sheet.cut_fields().empty())
        return template_error(of.name, "a title of the table",
                              "does not fit whole → a wider column or shorter title");
    return page.take_codes();
}

Outcome check_known(const Template& of, const Values& values, bool is_row) {
    for (const auto& [name, value] : values) {
        const auto* field = of.field(name);
        if (field == nullptr || field->is_of_row != is_row)
            return template_error(of.name, "values",
                                  std::string("no field of ") + (is_row ? "a row" : "the paper") +
                                      " has one of the names given → the template's [[field]]s name them");
    }
    for (const auto& field : of.fields)
        if (field.is_needed && field.is_of_row == is_row &&
            (!values.contains(field.name) || values.at(field.name).empty()))
            return template_error(of.name, "field " + field.name, "is needed and empty → give it a value");
    return Done{};
}

Outcome check_values(const Template& of, const PaperValues& values) {
    if (const auto good = check_known(of, values.fields.reveal(), false); !good) return good.error();
    if (!of.table && !values.rows.reveal().empty())
        return template_error(of.name, "values",
                              "rows for a template without a table → take a list's template");
    if (values.rows.reveal().size() > most_rows)
        return template_error(of.name, "values", "over 5000 rows → print it in parts");
    for (const auto& row : values.rows.reveal())
        if (const auto good = check_known(of, row, true); !good) return good.error();
    return Done{};
}

struct Grid {
    int across, down;
};
Grid on_a4(const Template& of, double margin_mm) {
    const auto fit = [&](double room, double size) {
        return static_cast<int>(std::floor((room - 2 * margin_mm) / size + 0.001));
    };
    return {fit(a4_width_mm, of.width_mm), fit(a4_height_mm, of.height_mm)};
}

}  // namespace

PaperValues samples_of(const Template& from, int rows) {
    Values fields, row;
    for (const auto& field : from.fields) (field.is_of_row ? row : fields)[field.name] = field.sample;
    const auto count = from.table && rows > 0 ? static_cast<std::size_t>(rows) : 0;
    return {Private<Values>(std::move(fields)),
            Private<std::vector<Values>>(std::vector<Values>(count, row))};
}

Result<std::vector<Label>> draw_paper(const Template& of, const PaperValues& values, int dpmm) {
    if (dpmm < 1 || dpmm > 24) return Error{Error::Kind::refused, "dots per mm outside 1 to 24"};
    if (const auto checked = check_values(of, values); !checked) return checked.error();
    const auto dots = [&](double mm) { return static_cast<int>(std::lround(mm * dpmm)); };
    std::vector<Label> out;
    for (std::size_t page = 0; page < page_count(of, values); ++page) {
        text::BitmapPaper paper(dots(of.width_mm), dots(of.height_mm));
        Sheet sheet(paper, dpmm);
        auto codes = draw_page(sheet, of, values, {.dpmm = dpmm}, page);
        if (!codes) return codes.error();
        out.push_back({paper.take(), std::move(codes).value(), dpmm});
    }
    return out;
}

Result<std::string> draw_paper_pdf(const Template& of, const std::vector<PaperValues>& papers) {
    if (papers.empty()) return template_error(of.name, "values", "no paper to draw → give values");
    text::PdfPaper pdf(of.width_mm * points_per_mm, of.height_mm * points_per_mm, of.name);
    bool is_first = true;
    for (const auto& values : papers) {
        if (const auto checked = check_values(of, values); !checked) return checked.error();
        for (std::size_t page = 0; page < page_count(of, values); ++page) {
            if (!std::exchange(is_first, false)) pdf.next_page();
            Sheet sheet(pdf);
            if (const auto drawn = draw_page(sheet, of, values, {.dpmm = pdf_dots_per_mm}, page); !drawn)
                return drawn.error();
        }
    }
    return pdf.finish();
}

Result<std::string> draw_label_sheet(const Template& of, const std::vector<PaperValues>& labels,
                                     double margin_mm) {
    const auto [across, down] = on_a4(of, margin_mm);
    if (labels.empty() || of.table || across < 1 || down < 1 || margin_mm < 0)
        return template_error(of.name, "sheet",
                              "no labels, or one that does not go on A4 → a smaller margin or template");
    text::PdfPaper pdf(a4_width_mm * points_per_mm, a4_height_mm * points_per_mm, of.name);
    const auto per_page = static_cast<std::size_t>(across * down);
    const double left = (a4_width_mm - across * of.width_mm) / 2;
    for (std::size_t at = 0; at < labels.size(); ++at) {
        if (const auto checked = check_values(of, labels[at]); !checked) return checked.error();
        if (at > 0 && at % per_page == 0) pdf.next_page();
        const int place = static_cast<int>(at % per_page);
        Sheet sheet(pdf);
        const auto drawn = draw_page(sheet, of, labels[at],
                                     {left + place % across * of.width_mm,
                                      margin_mm + place / across * of.height_mm, pdf_dots_per_mm});
        if (!drawn) return drawn.error();
    }
    return pdf.finish();
}

}  // namespace kenpin::layout
