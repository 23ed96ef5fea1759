#pragma once
// Template: how a label or paper looks, as data (assets/labels/*.toml, docs/printing.md). Read by an edge
// into a RawTemplate (this folder knows no TOML), checked here once, drawn by paper.hpp as dots or PDF.
//
//   RawTemplate ── template_of: every key known, every part inside the paper ──> Template
//                             └ template_check: nothing overlaps, every barcode keeps its quiet zones
//
// Everything is in millimetres from the paper's top left corner. An error names the template, the part, what
// is wrong and what to do (docs/printing.md). Pure.
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/result.hpp"
#include "core/domain/barcode.hpp"
#include "printers/layout/sheet.hpp"

namespace kenpin::layout {

/// A table of the file: each key with its value as text.
using RawTable = std::map<std::string, std::string>;
struct RawTemplate {
    std::string name;  // for errors: the file's name without .toml
    RawTable paper;
    std::vector<RawTable> fields, parts, columns;
};
/// The keys that each table may have; anything else is a typing mistake.
std::span<const std::string_view> paper_keys();
std::span<const std::string_view> field_keys();
std::span<const std::string_view> part_keys();
std::span<const std::string_view> column_keys();

/// "ロケ {code}" in pieces: words that stand, and fields by name.
struct Wording {
    struct Piece {
        bool is_field = false;
        std::string text;
    };
    std::vector<Piece> pieces;
};

/// A part that shows only when a field is there ("lot"), is not ("!lot"), or says so ("kind=celebration",
/// "kind!=celebration").
struct Condition {
    std::string field;
    std::optional<std::string> value;
    bool is_negated = false;
};

struct Words {
    Wording wording;
    text::Style style;       // in mm
    bool runs_down = false;  // 縦書き: from the top down, columns from the right
};

enum class BarsKind { code128, gs1_128, jan, itf14, nw7, qr, data_matrix };
struct Bars {
    Wording wording;
    BarsKind kind = BarsKind::code128;
    std::optional<domain::OwnKind> own;  // a code of ours: the wording is its body
    double least_mm = 0.25;              // narrowest bar or module; the widest that fits is taken
    double most_mm = 0.25;
};

struct Shape {
    enum class Kind { frame, fill } kind = Kind::frame;
    double thickness_mm = 0.25;
};

struct Part {
    std::string name;  // in errors
    MmBox box;         // of bars: with their quiet zones
    std::optional<Condition> when;
    std::variant<Words, Bars, Shape> content;
};

struct TemplateField {
    std::string name;
    std::string sample;  // the longest that must fit; what a preview without data shows
    bool is_needed = false;
    bool is_of_row = false;
};

/// A table that goes on over pages. A column is a part in each row; of its box x and width count.
struct Table {
    MmBox box;
    double head_mm = 7, row_mm = 9;
    std::vector<Part> columns;
    std::vector<std::string> titles;
};

/// Where `column` stands in the row that begins at `y`. Bars keep 2 mm from the row's edges: a scanner that
/// is held askew must not read its neighbour's.
MmBox cell_of(const Table& table, const Part& column, double y);

struct Template {
    std::string name;
    double width_mm = 0, height_mm = 0;
    std::vector<TemplateField> fields;
    std::vector<Part> parts;
    std::optional<Table> table;

    const TemplateField* field(std::string_view name) const;
};

inline constexpr std::size_t most_template_parts = 200;
inline constexpr double most_paper_mm = 450;  // A3's long side and a little

/// Error: refused, "template NAME: PART: what is wrong → remedy"; the first that is found.
Result<Template> template_of(const RawTemplate& raw);

}  // namespace kenpin::layout
