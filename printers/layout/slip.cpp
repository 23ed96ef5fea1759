#include "printers/layout/slip.hpp"

#include <algorithm>
#include <optional>

#include "adaptors/codes/symbol.hpp"
#include "adaptors/text/canvas.hpp"
#include "printers/layout/bars.hpp"
#include "printers/layout/invoice.hpp"
#include "printers/layout/words.hpp"

namespace kenpin::layout {

namespace {

using text::Align;
using text::Box;
using text::Ink;
using text::PdfPaper;
using text::Style;
using text::Weight;

// Points, 1/72 inch.
constexpr double page_width = 419.53;
constexpr double page_height = 595.28;
constexpr double left = 30;
constexpr double right = page_width - 30;
constexpr double hair = 0.4;
constexpr double row_height = 26;
constexpr double table_title = 16;
constexpr double first_table_y = 172;
constexpr double next_table_y = 64;
constexpr double table_bottom = 548;
constexpr double module_pt = 0.25 * 72 / 25.4;  // bars of 0.25 mm
constexpr int sum_rows = 5;                     // room for two rates, the total and the message

struct Column {
    const char* title;
    double x, width;
    Align align;
};
constexpr Column name_column{"商品", left + 4, 196, Align::left};
constexpr Column quantity_column{"数量", 236, 34, Align::right};
constexpr Column price_column{"単価", 274, 52, Align::right};
constexpr Column amount_column{"金額", 328, 57, Align::right};

Style plain(double size, Align align = Align::left, Ink ink = Ink::black) {
    return {.size = size, .one_line_size = size * 0.7, .smallest_size = 4.5, .align = align, .ink = ink};
}
Style bold(double size, Align align = Align::left) {
    return {.size = size,
            .one_line_size = size * 0.6,
            .smallest_size = 5,
            .weight = Weight::bold,
            .align = align};
}
Style in_row(Style style) {
    style.is_centered_vertically = true;
    return style;
}

void draw_bars_at(PdfPaper& paper, double x, double y, double height, const std::vector<int>& runs) {
    bool is_bar = true;
    for (const int run : runs) {
        if (is_bar) paper.fill({x, y, run * module_pt, height});
        x += run * module_pt;
        is_bar = !is_bar;
    }
}

class Slip {
public:
    Slip(const SlipFields& fields, std::vector<int> runs)
        : fields_(fields),
          runs_(std::move(runs)),
          paper_(page_width, page_height, "納品書 " + fields.shipment.value),
          pages_(pages_of(static_cast<int>(fields.lines.size()),
                          static_cast<int>((table_bottom - first_table_y - table_title) / row_height),
                          static_cast<int>((table_bottom - next_table_y - table_title) / row_height),
                          sum_rows)) {}

    Result<std::string> draw() {
        std::size_t line = 0;
        for (std::size_t page = 0; page < pages_.size(); ++page) {
            if (page > 0) paper_.next_page();
            page == 0 ? draw_first_head() : draw_next_head();
            draw_foot(page);
            double y = draw_table_title(page == 0 ? first_table_y : next_table_y);
            for (int row = 0; row < pages_[page]; ++row, ++line, y += row_height)
                draw_line(fields_.lines[line], y);
            if (page + 1 == pages_.size()) draw_tail(y);
        }
        return paper_.finish();
    }

private:
    void draw_first_head() {
        paper_.draw("納品書", {left, 28, 150, 34}, bold(22));
        draw_code();
        paper_.draw(fields_.recipient_name.reveal() + " 様", {left, 72, 200, 30}, in_row(bold(14)));
        paper_.fill({left, 103, 200, hair});
        paper_.draw(fields_.is_gift ? "下記の品をお届けいたします。"
                                    : "このたびはお買い上げいただき、ありがとうございます。",
                    {left, 107, 205, 14}, plain(7.5));
        draw_shop();
        draw_references();
    }

    void draw_code() {
        if (runs_.empty()) return;
        const double width = total_dots(runs_) * module_pt;
        const double x = right - width;
        draw_bars_at(paper_, x, 28, 24, runs_);
        paper_.draw(fields_.shipment_code, {x, 52.5, width, 9}, plain(6.5, Align::center));
    }

    void draw_shop() {
        const double x = 246;
        const double width = right - x;
        paper_.draw(fields_.shop_name, {x, 72, width, 16}, bold(10.5));
        std::string lines;
        for (const auto& line : fields_.shop_lines) lines += (lines.empty() ? "" : "\n") + line;
        if (!fields_.registration_no.empty()) lines += "\n登録番号 " + fields_.registration_no;
        paper_.draw(lines, {x, 89, width, 55}, plain(7));
    }

    void draw_references() {
        std::string line = "受注番号 " + fields_.order_no;
        if (fields_.order_day) line += "   ご注文日 " + full_date(*fields_.order_day);
        if (fields_.ship_day) line += "   出荷日 " + full_date(*fields_.ship_day);
        paper_.draw(line, {left, 150, right - left, 14}, plain(8));
    }

    void draw_next_head() {
        paper_.draw("納品書(続き)", {left, 30, 160, 20}, bold(12));
        paper_.draw("受注番号 " + fields_.order_no, {200, 34, right - 200, 14}, plain(8, Align::right));
    }

    void draw_foot(std::size_t page) {
        const auto number = std::to_string(page + 1) + " / " + std::to_string(pages_.size());
        paper_.draw("出荷番号 " + fields_.shipment.value, {left, 564, 200, 12},
                    plain(7, Align::left, Ink::gray));
        paper_.draw(number, {right - 100, 564, 100, 12}, plain(7, Align::right, Ink::gray));
    }

    double draw_table_title(double y) {
        paper_.fill({left, y, right - left, table_title});
        draw_title(name_column, y);
        draw_title(fields_.is_gift ? Column{"数量", 330, 55, Align::right} : quantity_column, y);
        if (!fields_.is_gift) {
            draw_title(price_column, y);
            draw_title(amount_column, y);
        }
        return y + table_title;
    }

    void draw_title(const Column& column, double y) {
        Style style = in_row(bold(8, column.align));
        style.ink = Ink::white;
        paper_.draw(column.title, {column.x, y, column.width, table_title}, style);
    }

    void draw_line(const SlipLine& line, double y) {
        const double name_width = fields_.is_gift ? 280 : name_column.width;
        const auto mark = !fields_.is_gift && line.tax_percent < 10 ? " ※" : "";
        const bool has_sku = !line.sku.empty();
        Style name = in_row(plain(8.5));
        name.one_line_size = 7;
        paper_.draw(line.name + mark, {name_column.x, y + 0.5, name_width, has_sku ? 17.5 : row_height - 2},
                    name);
        if (has_sku)
            paper_.draw(line.sku, {name_column.x, y + 17, name_width, 8}, plain(5.5, Align::left, Ink::gray));
        write_in(fields_.is_gift ? Column{"", 330, 55, Align::right} : quantity_column, y,
                 with_commas(line.quantity.value));
        if (!fields_.is_gift) {
            write_in(price_column, y, yen(line.unit_price));
            write_in(amount_column, y, yen(line_amount(line)));
        }
        paper_.fill({left, y + row_height - hair, right - left, hair}, Ink::gray);
    }

    void write_in(const Column& column, double y, const std::string& words) {
        paper_.draw(words, {column.x, y, column.width, row_height}, in_row(plain(9, column.align)));
    }

    void draw_tail(double y) {
        y += 6;
        if (!fields_.is_gift) y = draw_sums(y);
        if (fields_.message.empty()) return;
        const double height = std::max(24.0, std::min(34.0, table_bottom + 10 - y));
        paper_.frame({left, y, right - left, height}, hair);
        paper_.draw(fields_.message, {left + 6, y + 3, right - left - 12, height - 6}, plain(7.5));
    }

    double draw_sums(double y) {
        const auto sums = sums_of(fields_.lines, fields_.prices_include_tax);
        bool has_reduced = false;
        for (const auto& rate : sums.rates) {
            has_reduced = has_reduced || rate.percent < 10;
            const auto title = std::to_string(rate.percent) + "%対象" + (rate.percent < 10 ? " ※" : "");
            paper_.draw(title, {200, y, 60, 12}, plain(8, Align::right));
            paper_.draw(yen(rate.amount), {262, y, 56, 12}, plain(8, Align::right));
            paper_.draw("(内消費税 " + yen(rate.tax) + ")", {318, y, right - 318 - 4, 12},
                        plain(7, Align::right));
            y += 13;
        }
        if (has_reduced) paper_.draw("※は軽減税率(8%)対象", {left, y - 12, 150, 11}, plain(7));
        paper_.fill({200, y + 1, right - 200, 0.8});
        paper_.draw("合計(税込)", {200, y + 3, 80, 18}, in_row(bold(10)));
        paper_.draw(yen(sums.total), {280, y + 3, right - 280 - 4, 18}, in_row(bold(13, Align::right)));
        return y + 27;
    }

    const SlipFields& fields_;
    std::vector<int> runs_;
    PdfPaper paper_;
    std::vector<int> pages_;
};

Result<std::vector<int>> bars_of(const std::string& code) {
    if (code.empty()) return std::vector<int>{};
    const auto modules = codes::modules_of(codes::Symbology::code128, code);
    if (!modules) return modules.error();
    return runs_of(modules.value(), 1);
}

}  // namespace

std::vector<int> pages_of(int lines, int first, int next, int tail) {
    std::vector<int> out{std::min(lines, first)};
    int room = first - out.back();
    for (int left_over = lines - out.back(); left_over > 0; left_over -= out.back()) {
        out.push_back(std::min(left_over, next));
        room = next - out.back();
    }
    if (room < tail) out.push_back(0);
    return out;
}

Result<std::string> draw_slip(const SlipFields& fields) {
    if (fields.lines.empty()) return Error{Error::Kind::refused, "a slip without lines"};
    if (fields.shop_name.empty()) return Error{Error::Kind::refused, "a slip without its shop"};
    auto bars = bars_of(fields.shipment_code);
    if (!bars) return bars.error();
    return Slip(fields, std::move(bars).value()).draw();
}

}  // namespace kenpin::layout
