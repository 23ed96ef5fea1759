#include "printers/layout/template_check.hpp"

#include <algorithm>
#include <initializer_list>

#include "printers/layout/paper.hpp"
#include "printers/layout/symbols.hpp"
#include "printers/layout/wording.hpp"

namespace kenpin::layout {

namespace {

constexpr double least_bar_height_mm = 5;

bool meet(const MmBox& one, const MmBox& other) {
    constexpr double touching = 0.001;
    return one.x + one.width > other.x + touching && other.x + other.width > one.x + touching &&
           one.y + one.height > other.y + touching && other.y + other.height > one.y + touching;
}

bool is_inside(const MmBox& inner, const MmBox& outer) {
    constexpr double rounding = 0.001;
    return inner.x >= outer.x - rounding && inner.y >= outer.y - rounding &&
           inner.x + inner.width <= outer.x + outer.width + rounding &&
           inner.y + inner.height <= outer.y + outer.height + rounding;
}

// Where a part puts ink: a frame only on its four sides.
std::vector<MmBox> inked(const Part& part) {
    const auto* shape = std::get_if<Shape>(&part.content);
    if (shape == nullptr || shape->kind == Shape::Kind::fill) return {part.box};
    const auto& [x, y, width, height] = part.box;
    const double t = shape->thickness_mm;
    return {
        {x, y, width, t}, {x, y + height - t, width, t}, {x, y, t, height}, {x + width - t, y, t, height}};
}

bool is_white_words(const Part& part) {
    const auto* words = std::get_if<Words>(&part.content);
    return words != nullptr && words->style.ink == text::Ink::white;
}

bool is_fill(const Part& part) {
    const auto* shape = std::get_if<Shape>(&part.content);
    return shape != nullptr && shape->kind == Shape::Kind::fill;
}

bool are_shapes(const Part& one, const Part& other) {
    return std::holds_alternative<Shape>(one.content) && std::holds_alternative<Shape>(other.content);
}

// White words stand on black that was drawn before them.
bool is_ground_of(const Part& ground, const Part& words) {
    return is_fill(ground) && is_white_words(words) && is_inside(words.box, ground.box);
}

bool overlap(const Part& first, const Part& later) {
    if (!may_meet(first, later) || are_shapes(first, later) || is_ground_of(first, later)) return false;
    const auto ours = inked(first), theirs = inked(later);
    return std::any_of(ours.begin(), ours.end(), [&](const auto& one) {
        return std::any_of(theirs.begin(), theirs.end(), [&](const auto& other) { return meet(one, other); });
    });
}

Outcome check_overlaps(const std::string& name, const std::vector<Part>& parts) {
    for (std::size_t later = 0; later < parts.size(); ++later)
        for (std::size_t first = 0; first < later; ++first)
            if (overlap(parts[first], parts[later]))
                return template_error(
                    name, parts[later].name,
                    "overlaps " + parts[first].name +
                        " → move or narrow one, or give them conditions that exclude each other");
    return Done{};
}

std::vector<std::string> fields_of(const Part& part) {
    std::vector<std::string> out;
    if (part.when) out.push_back(part.when->field);
    const auto add = [&](const Wording& wording) {
        for (const auto& piece : wording.pieces)
            if (piece.is_field) out.push_back(piece.text);
    };
    if (const auto* words = std::get_if<Words>(&part.content)) add(words->wording);
    if (const auto* bars = std::get_if<Bars>(&part.content)) add(bars->wording);
    return out;
}

bool is_counted(std::string_view field) {  // known to the paper itself
    return field == "page" || field == "pages" || field == "count" || field == "line";
}

Outcome check_fields(const Template& of, const Part& part) {
    for (const auto& field : fields_of(part))
        if (!is_counted(field) && of.field(field) == nullptr)
            return template_error(
                of.name, part.name,
                "no field {" + field + "} → add [[field]] name = \"" + field + "\", or mend the name");
    return Done{};
}

Outcome check_ground(const Template& of, std::size_t at) {
    const auto& part = of.parts[at];
    const auto before = of.parts.begin() + static_cast<std::ptrdiff_t>(at);
    if (!is_white_words(part) ||
        std::any_of(of.parts.begin(), before, [&](const auto& ground) { return is_ground_of(ground, part); }))
        return Done{};
    return template_error(of.name, part.name,
                          "white on white → a fill before it, as large as its box or larger");
}

// With the samples, on every head: whether what must fit does, quiet zones included.
Outcome check_bars(const Template& of, const Part& part, const Values& samples) {
    const auto* bars = std::get_if<Bars>(&part.content);
    if (bars == nullptr) return Done{};
    const bool is_matrix = bars->kind == BarsKind::qr || bars->kind == BarsKind::data_matrix;
    if (!is_matrix && part.box.height < least_bar_height_mm)
        return template_error(of.name, part.name, "bars below 5 mm are hard to scan → a higher box");
    for (const int dpmm : template_heads) {
        const auto placed = place_symbol(*bars, filled(bars->wording, samples), part.box, dpmm);
        if (!placed)
            return template_error(of.name, part.name, "barcode of the sample: " + placed.error().detail);
    }
    return Done{};
}

Outcome check_part(const Template& of, const Part& part, const Values& samples) {
    if (part.box.width <= 0 || part.box.height <= 0 ||
        !is_inside(part.box, {0, 0, of.width_mm, of.height_mm}))
        return template_error(of.name, part.name,
                              "outside the paper → box = \"X Y WIDTH HEIGHT\" within its size");
    if (const auto known = check_fields(of, part); !known) return known.error();
    return check_bars(of, part, samples);
}

Outcome check_table(const Template& of, const Values& samples) {
    auto columns = of.table->columns;
    if (columns.empty()) return template_error(of.name, "table", "has no columns → [[column]]");
    for (auto& column : columns) {
        if (column.box.x < of.table->box.x ||
            column.box.x + column.box.width > of.table->box.x + of.table->box.width)
            return template_error(of.name, column.name, "outside the table → box = \"X WIDTH\" within it");
        auto cell = column;
        cell.box = cell_of(*of.table, column, of.table->box.y);
        if (const auto checked = check_part(of, cell, samples); !checked) return checked.error();
        column.when.reset();
    }
    if (const auto apart = check_overlaps(of.name, columns); !apart) return apart.error();
    const Part table{"table", of.table->box, {}, Shape{Shape::Kind::fill, 0}};
    for (const auto& part : of.parts)
        if (!std::holds_alternative<Shape>(part.content) && meet(part.box, table.box))
            return template_error(of.name, part.name, "overlaps the table → move one");
    return Done{};
}

Values all_samples(const Template& of) {
    Values out{{"page", "1"}, {"pages", "1"}, {"count", "1"}, {"line", "1"}};
    for (const auto& field : of.fields) out[field.name] = field.sample;
    return out;
}

}  // namespace

bool may_meet(const Part& one, const Part& other) {
    if (!one.when || !other.when || one.when->field != other.when->field) return true;
    const auto& a = *one.when;
    const auto& b = *other.when;
    if (a.value == b.value) return a.is_negated == b.is_negated;
    if (a.value && b.value) return a.is_negated || b.is_negated;
    const auto& plain = a.value ? b : a;  // "field" or "!field"
    const auto& valued = a.value ? a : b;
    return !(plain.is_negated && !valued.is_negated && !valued.value->empty());
}

Error template_error(const std::string& name, const std::string& part, const std::string& what) {
    return {Error::Kind::refused, "template " + name + ": " + part + ": " + what};
}

Outcome check_template(const Template& checked) {
    if (checked.parts.empty() && !checked.table)
        return template_error(checked.name, "paper", "shows nothing → [[part]]");
    const auto samples = all_samples(checked);
    for (std::size_t at = 0; at < checked.parts.size(); ++at) {
        if (const auto good = check_part(checked, checked.parts[at], samples); !good) return good.error();
        if (const auto good = check_ground(checked, at); !good) return good.error();
    }
    if (const auto apart = check_overlaps(checked.name, checked.parts); !apart) return apart.error();
    return checked.table ? check_table(checked, samples) : Outcome{Done{}};
}

}  // namespace kenpin::layout
