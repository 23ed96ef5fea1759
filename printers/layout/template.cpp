#include "printers/layout/template.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "printers/layout/template_check.hpp"
#include "printers/layout/wording.hpp"

namespace kenpin::layout {

namespace {

using namespace std::string_view_literals;

constexpr std::array known_paper_keys{"size"sv, "table"sv, "head"sv, "row"sv, "title"sv};
constexpr std::array known_field_keys{"name"sv, "sample"sv, "needed"sv, "row"sv};
constexpr std::array known_part_keys{"kind"sv, "name"sv, "box"sv,       "when"sv,   "text"sv,
                                     "font"sv, "bold"sv, "align"sv,     "middle"sv, "ink"sv,
                                     "bars"sv, "own"sv,  "thickness"sv, "narrow"sv};
constexpr std::array known_column_keys{"kind"sv, "name"sv, "box"sv,    "when"sv,   "text"sv,
                                       "font"sv, "bold"sv, "align"sv,  "middle"sv, "ink"sv,
                                       "bars"sv, "own"sv,  "narrow"sv, "title"sv};

template <class T>
struct Named {
    std::string_view name;
    T value;
};
constexpr std::array<Named<BarsKind>, 7> bars_names{{{"code128", BarsKind::code128},
                                                     {"gs1-128", BarsKind::gs1_128},
                                                     {"jan", BarsKind::jan},
                                                     {"itf14", BarsKind::itf14},
                                                     {"nw7", BarsKind::nw7},
                                                     {"qr", BarsKind::qr},
                                                     {"datamatrix", BarsKind::data_matrix}}};
constexpr std::array<Named<domain::OwnKind>, 8> own_names{{{"location", domain::OwnKind::location},
                                                           {"tote", domain::OwnKind::tote},
                                                           {"worker", domain::OwnKind::worker},
                                                           {"shipment", domain::OwnKind::shipment},
                                                           {"list", domain::OwnKind::list},
                                                           {"command", domain::OwnKind::command},
                                                           {"station", domain::OwnKind::station},
                                                           {"insert", domain::OwnKind::insert}}};
constexpr std::array<Named<text::Align>, 3> align_names{
    {{"left", text::Align::left}, {"center", text::Align::center}, {"right", text::Align::right}}};
constexpr std::array<Named<text::Ink>, 2> ink_names{
    {{"black", text::Ink::black}, {"white", text::Ink::white}}};
constexpr std::array<Named<bool>, 2> flag_names{{{"true", true}, {"false", false}}};

// One table of the file, asked key by key; the first mistake is kept.
class Reading {
public:
    Reading(const RawTable& table, std::string name) : table_(table), name_(std::move(name)) {}

    bool has(std::string_view key) const { return table_.contains(std::string(key)); }
    std::string text(std::string_view key) const {
        const auto found = table_.find(std::string(key));
        return found == table_.end() ? std::string() : found->second;
    }
    template <class Names>
    auto one_of(std::string_view key, const Names& names, std::string_view otherwise) {
        const auto said = has(key) ? text(key) : std::string(otherwise);
        const auto found =
            std::find_if(names.begin(), names.end(), [&](const auto& one) { return one.name == said; });
        if (found != names.end()) return found->value;
        std::string all;
        for (const auto& one : names) all += (all.empty() ? "" : ", ") + std::string(one.name);
        fail(std::string(key) + " is none that there is → " + all);
        return names.front().value;
    }
    bool flag(std::string_view key) { return one_of(key, flag_names, "false"); }
    /// `count` millimetres, or as many as there are down to `least`; each 0..most.
    std::vector<double> millimetres(std::string_view key, std::size_t least, std::size_t count) {
        std::vector<double> out;
        const auto said = text(key);
        const char* at = said.data();
        const char* end = at + said.size();
        while (at != end) {
            if (*at == ' ') {
                ++at;
                continue;
            }
            double value = 0;
            const auto [next, failed] = std::from_chars(at, end, value, std::chars_format::fixed);
            const bool is_apart = next == end || *next == ' ';
            if (failed != std::errc{} || !is_apart || !(value >= 0 && value <= most_paper_mm) ||
                out.size() == count)
                break;
            out.push_back(value);
            at = next;
        }
        if (at != end || out.size() < least)
            fail(std::string(key) + " is not " + std::to_string(count) +
                 " lengths in mm, 0 to 450 → e.g. \"" +
                 (count == 4   ? "2 2 60 8"
                  : count == 3 ? "5 4 2"
                  : count == 2 ? "100 150"
                               : "9") +
                 "\"");
        out.resize(count, out.size() < least || out.empty() ? 1.0 : out.back());
        return out;
    }
    Wording wording(std::string_view key) {
        auto read = wording_of(text(key));
        if (read) return std::move(read).value();
        fail(std::string(key) + ": " + read.error().detail);
        return {};
    }
    std::optional<Condition> condition() {
        if (!has("when")) return std::nullopt;
        auto read = condition_of(text("when"));
        if (read) return std::move(read).value();
        fail(read.error().detail);
        return std::nullopt;
    }
    void only(std::span<const std::string_view> known) {
        for (const auto& [key, value] : table_)
            if (std::find(known.begin(), known.end(), key) == known.end())
                fail("the key " + key + " is not known → docs/printing.md names all keys");
    }
    void fail(const std::string& what) {
        if (!wrong_) wrong_ = what;
    }
    Outcome outcome(const std::string& of_template) const {
        if (!wrong_) return Done{};
        return template_error(of_template, name_, *wrong_);
    }

private:
    const RawTable& table_;
    std::string name_;
    std::optional<std::string> wrong_;
};

Words words_of(Reading& from, bool runs_down) {
    const auto sizes = from.millimetres("font", 1, 3);
    for (const double size : sizes)
        if (size < 0.5 || size > 100) from.fail("font outside 0.5 to 100 mm → \"FULL ONE_LINE SMALLEST\"");
    text::Style style{.size = sizes[0], .one_line_size = sizes[1], .smallest_size = sizes[2]};
    if (style.one_line_size > style.size || style.smallest_size > style.one_line_size)
        from.fail("font grows → \"FULL ONE_LINE SMALLEST\", each at most the one before");
    style.weight = from.flag("bold") ? text::Weight::bold : text::Weight::regular;
    style.align = from.one_of("align", align_names, "left");
    style.ink = from.one_of("ink", ink_names, "black");
    style.is_centered_vertically = from.flag("middle");
    return {from.wording("text"), style, runs_down};
}

Bars bars_of(Reading& from) {
    Bars out;
    out.kind = from.one_of("bars", bars_names, "code128");
    out.wording = from.wording("text");
    if (from.has("own")) out.own = from.one_of("own", own_names, "");
    if (from.has("narrow")) {
        const auto narrow = from.millimetres("narrow", 1, 2);
        out.least_mm = narrow[0];
        out.most_mm = narrow[1];
    }
    if (out.least_mm < 0.16 || out.most_mm > 2 || out.least_mm > out.most_mm)
        from.fail("narrow is not 0.16 to 2 mm, least first → e.g. \"0.25 0.5\"");
    if (out.wording.pieces.empty()) from.fail("a barcode of nothing → text = \"{field}\"");
    return out;
}

enum class PartKind { text, down, bars, frame, fill };
constexpr std::array<Named<PartKind>, 5> kind_names{{{"text", PartKind::text},
                                                     {"down", PartKind::down},
                                                     {"bars", PartKind::bars},
                                                     {"frame", PartKind::frame},
                                                     {"fill", PartKind::fill}}};

std::variant<Words, Bars, Shape> content_of(Reading& from) {
    switch (from.one_of("kind", kind_names, "text")) {
        case PartKind::text:
            return words_of(from, false);
        case PartKind::down:
            return words_of(from, true);
        case PartKind::bars:
            return bars_of(from);
        case PartKind::frame:
            return Shape{Shape::Kind::frame,
                         from.has("thickness") ? from.millimetres("thickness", 1, 1)[0] : 0.25};
        case PartKind::fill:
            return Shape{Shape::Kind::fill, 0};
    }
    return Shape{};
}

std::string part_name(const RawTable& table, std::size_t number, const char* what) {
    for (const char* key : {"name", "text", "kind"})
        if (const auto found = table.find(key); found != table.end() && found->second.size() <= 60)
            return std::string(what) + " " + std::to_string(number) + " (" + found->second + ")";
    return std::string(what) + " " + std::to_string(number);
}

struct Read {
    Part part;
    Outcome outcome;
};

Read read_part(const RawTable& table, const std::string& name, const std::string& of_template) {
    Reading from(table, name);
    from.only(known_part_keys);
    const auto box = from.millimetres("box", 4, 4);
    Part part{name, {box[0], box[1], box[2], box[3]}, from.condition(), content_of(from)};
    return {std::move(part), from.outcome(of_template)};
}

// A column's box is "x width"; its height is the row's.
Read read_column(const RawTable& table, const std::string& name, const Template& of) {
    Reading from(table, name);
    from.only(known_column_keys);
    const auto box = from.millimetres("box", 2, 2);
    Part part{name, {box[0], of.table->box.y, box[1], of.table->row_mm}, from.condition(), content_of(from)};
    if (std::holds_alternative<Shape>(part.content)) from.fail("a column shows text or bars → kind");
    return {std::move(part), from.outcome(of.name)};
}

Outcome read_paper(const RawTemplate& raw, Template& into) {
    Reading from(raw.paper, "paper");
    from.only(known_paper_keys);
    const auto size = from.millimetres("size", 2, 2);
    into.width_mm = size[0];
    into.height_mm = size[1];
    if (into.width_mm < 10 || into.height_mm < 10) from.fail("size below 10 mm → size = \"100 150\"");
    if (from.has("table")) {
        const auto box = from.millimetres("table", 4, 4);
        into.table = Table{{box[0], box[1], box[2], box[3]},
                           from.millimetres("head", 1, 1)[0],
                           from.millimetres("row", 1, 1)[0],
                           {},
                           {}};
        if (into.table->row_mm < 3 || into.table->head_mm < 3 ||
            into.table->head_mm + into.table->row_mm > into.table->box.height)
            from.fail("the table has no room for a row → head and row at least 3 mm, both within its height");
    } else if (!raw.columns.empty()) {
        from.fail("columns without a table → table = \"X Y WIDTH HEIGHT\"");
    }
    return from.outcome(raw.name);
}

Outcome read_fields(const RawTemplate& raw, Template& into) {
    for (const auto& table : raw.fields) {
        Reading from(table, "field " + (table.contains("name") ? table.at("name") : "without a name"));
        from.only(known_field_keys);
        TemplateField field{from.text("name"), from.text("sample"), from.flag("needed"), from.flag("row")};
        const auto checked = wording_of("{" + field.name + "}");
        if (!checked || checked.value().pieces.size() != 1) from.fail("no name → name = \"a-z, 0-9 and _\"");
        if (into.field(field.name) != nullptr) from.fail("stands twice → one [[field]] each");
        if (field.sample.empty()) from.fail("has no sample → sample = \"the longest that must fit\"");
        if (const auto read = from.outcome(raw.name); !read) return read.error();
        into.fields.push_back(std::move(field));
    }
    return Done{};
}

Outcome read_parts(const RawTemplate& raw, Template& into) {
    for (std::size_t at = 0; at < raw.parts.size(); ++at) {
        auto read = read_part(raw.parts[at], part_name(raw.parts[at], at + 1, "part"), raw.name);
        if (!read.outcome) return read.outcome.error();
        into.parts.push_back(std::move(read.part));
    }
    for (std::size_t at = 0; at < raw.columns.size(); ++at) {
        auto read = read_column(raw.columns[at], part_name(raw.columns[at], at + 1, "column"), into);
        if (!read.outcome) return read.outcome.error();
        into.table->columns.push_back(std::move(read.part));
        into.table->titles.push_back(raw.columns[at].contains("title") ? raw.columns[at].at("title") : "");
    }
    return Done{};
}

}  // namespace

std::span<const std::string_view> paper_keys() {
    return known_paper_keys;
}
std::span<const std::string_view> field_keys() {
    return known_field_keys;
}
std::span<const std::string_view> part_keys() {
    return known_part_keys;
}
std::span<const std::string_view> column_keys() {
    return known_column_keys;
}

MmBox cell_of(const Table& table, const Part& column, double y) {
    constexpr double gap = 0.4, between_bars = 2;
    const double above = std::holds_alternative<Bars>(column.content) ? between_bars : gap;
    return {column.box.x + gap, y + above, column.box.width - 2 * gap, table.row_mm - 2 * above};
}

const TemplateField* Template::field(std::string_view name_of_field) const {
    const auto found = std::find_if(fields.begin(), fields.end(),
                                    [&](const auto& known) { return known.name == name_of_field; });
    return found == fields.end() ? nullptr : &*found;
}

Result<Template> template_of(const RawTemplate& raw) {
    Template out;
    out.name = raw.name;
    if (raw.parts.size() + raw.columns.size() > most_template_parts ||
        raw.fields.size() > most_template_parts)
        return template_error(raw.name, "paper", "over 200 parts or fields → make two templates of it");
    if (const auto read = read_paper(raw, out); !read) return read.error();
    if (const auto read = read_fields(raw, out); !read) return read.error();
    if (const auto read = read_parts(raw, out); !read) return read.error();
    if (const auto checked = check_template(out); !checked) return checked.error();
    return out;
}

}  // namespace kenpin::layout
