#include "server/shops/record_file.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "adaptors/charset/charset.hpp"
#include "server/plan/table.hpp"
#include "server/shops/values.hpp"

namespace kenpin::shops {
namespace {

constexpr std::array separators = {',', '\t', ';'};
constexpr std::size_t fewest_names_of_a_header = 3;
constexpr std::size_t longest_cell = 64 * 1'024;  // bytes; a spreadsheet's holds 32,767 characters
constexpr std::ptrdiff_t fewest_rows_of_a_spreadsheet = 2;

bool is_line_end(char c) {
    return c == '\r' || c == '\n';
}

// Old programs end a file with Ctrl-Z. Behind the last line end it is nothing; else it stays a control
// character.
std::string_view without_mark(std::string_view bytes) {
    bytes.remove_prefix(bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0);
    if (bytes.size() >= 2 && bytes.back() == '\x1A' && is_line_end(bytes[bytes.size() - 2]))
        bytes.remove_suffix(1);
    return bytes;
}

std::string_view first_line(std::string_view bytes) {
    return bytes.substr(0, bytes.find_first_of("\r\n"));
}

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t' && !is_line_end(c)) || byte == 0x7F;
}

// U+0080 .. U+009F: what is left of bytes that were decoded as the wrong thing.
bool has_control_of_eight_bits(std::string_view text) {
    for (auto at = text.find('\xC2'); at != std::string_view::npos; at = text.find('\xC2', at + 1))
        if (at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xA0) return true;
    return false;
}

// Files that were put together keep their byte order marks; such a mark is no text, wherever it stands.
std::string without_marks(std::string text) {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at))
        text.erase(at, mark.size());
    return text;
}

// Directional overrides turn a text round on screen and paper: what is read is not what is stored.
bool turns_text_round(std::string_view text) {
    constexpr std::array<std::string_view, 9> marks = {"\xE2\x80\xAA", "\xE2\x80\xAB", "\xE2\x80\xAC",
                                                       "\xE2\x80\xAD", "\xE2\x80\xAE", "\xE2\x81\xA6",
                                                       "\xE2\x81\xA7", "\xE2\x81\xA8", "\xE2\x81\xA9"};
    return std::any_of(marks.begin(), marks.end(),
                       [&](auto mark) { return text.find(mark) != std::string_view::npos; });
}

bool has_lost_characters(std::string_view text) {
    constexpr std::string_view replacement = "\xEF\xBF\xBD";
    return text.find(replacement) != std::string_view::npos;
}

// Behind the quote that closes a field stands its separator. Within a field that has none around it a quote
// may be an inch; not so where the record puts others into quotes, and doubles them inside.
bool has_stray_quote(std::string_view text, char separator) {
    bool is_quoting = false, has_inch = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '"') {
            is_quoting = true;
            auto end = text.find('"', at + 1);
            while (end != std::string_view::npos && end + 1 < text.size() && text[end + 1] == '"')
                end = text.find('"', end + 2);
            if (end == std::string_view::npos) return true;
            at = text.find_first_not_of(' ', end + 1);
            if (at == std::string_view::npos) break;
            if (text[at] != separator) return true;
            continue;
        }
        const auto end = std::min(text.find(separator, at), text.size());
        has_inch = has_inch || text.substr(at, end - at).find('"') != std::string_view::npos;
        at = end;
    }
    return is_quoting && has_inch;
}

std::vector<std::string> split_plainly(std::string_view text, char separator) {
    std::vector<std::string> cells;
    while (true) {
        const auto end = text.find(separator);
        cells.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) return cells;
        text.remove_prefix(end + 1);
    }
}

class Records {
public:
    Records(std::string_view bytes, char separator, Quotes quotes)
        : bytes_(bytes), separator_(separator), quotes_(quotes) {}

    Result<RecordFile> read_header() {
        RecordFile file;
        file.separator = separator_;
        auto header = next();
        if (header) header = without_rows(*header);
        if (!header) return Error{Error::Kind::corrupt, "no header row"};
        const auto decoded = charset::decode_record(header->bytes);
        if (!decoded || !header->is_whole) return Error{Error::Kind::corrupt, "header row unreadable"};
        file.header_bytes = header->bytes;
        if (const auto evidence = charset::evidence_of(header->bytes); evidence != charset::Evidence::both)
            weigh(evidence, 0);
        for (const auto& name : fields(decoded.value().text)) file.header.push_back(column_name(name));
        columns_ = file.header.size();
        header_ = file.header;
        return file;
    }

    Result<RecordFile> read() {
        auto header = read_header();
        if (!header) return header.error();
        auto file = std::move(header).value();
        while (const auto record = next())
            file.records.push_back(judged(*record, static_cast<int>(file.records.size()) + 1));
        read_as_most(file.records);
        drop_surplus_cells(file.records);
        return file;
    }

private:
    void weigh(charset::Evidence evidence, std::size_t record) {
        if (evidence == charset::Evidence::utf8) ++utf8_;
        if (evidence == charset::Evidence::cp932) ++cp932_;
        if (evidence == charset::Evidence::both) ambiguous_.push_back(record);
    }
    // Half-width kana that are UTF-8 by accident are read as the rest of the file says. Separators, quotes
    // and line ends are the same in both: only the texts change.
    void read_as_most(std::vector<FileRecord>& records) const {
        if (cp932_ <= utf8_) return;
        for (const auto at : ambiguous_)
            if (const auto text = charset::utf8_from_cp932(records[at].bytes);
                text && records[at].damage != Damage::too_long)
                records[at].cells = fields(text.value());
    }
    std::vector<std::string> fields(std::string_view text) const {
        return quotes_ == Quotes::wrap ? plan::split_fields(text, separator_)
                                       : split_plainly(text, separator_);
    }
    std::vector<std::string> decoded_one_by_one(std::string_view bytes) const {
        auto cells = fields(bytes);
        for (auto& cell : cells) {
            const auto text = charset::decode_record(cell);
            cell = text ? text.value().text : std::string{};
        }
        return cells;
    }
    plan::RawRecord record_at(std::string_view bytes) const {
        if (quotes_ == Quotes::content) return {first_line(bytes), true};
        return plan::first_record(bytes, separator_);
    }
    std::optional<plan::RawRecord> next() {
        while (at_ < bytes_.size() && is_line_end(bytes_[at_])) ++at_;
        if (at_ >= bytes_.size()) return std::nullopt;
        auto record = record_at(bytes_.substr(at_));
        if (columns_ != 0 && swallowed_others(record)) record.bytes = first_line(record.bytes);
        at_ += record.bytes.size();
        return record;
    }

    // A header with a quote left open goes on into the rows: nothing of them may be lost in it.
    std::optional<plan::RawRecord> without_rows(plan::RawRecord header) {
        const auto line = first_line(header.bytes);
        if (line.size() == header.bytes.size() || has_columns_of_next(header)) return header;
        if (header.is_whole && bytes_.find_first_not_of("\r\n", at_) == std::string_view::npos) return header;
        const auto names = split_plainly(line, separator_).size();
        auto rest = header.bytes.substr(line.size());
        while (!rest.empty()) {
            rest.remove_prefix(1);
            const auto row = first_line(rest);
            if (names > fewest_names_of_a_header && split_plainly(row, separator_).size() >= names) {
                at_ -= header.bytes.size() - line.size();
                return plan::RawRecord{line, true};
            }
            rest.remove_prefix(row.size());
        }
        return header;
    }

    // A name may hold a line break; then the rows have as many cells as the header has names.
    bool has_columns_of_next(const plan::RawRecord& header) const {
        const auto behind = bytes_.substr(std::min(bytes_.find_first_not_of("\r\n", at_), bytes_.size()));
        return !behind.empty() && fields(record_at(behind).bytes).size() == fields(header.bytes).size();
    }

    // An open quote swallows the records behind it. It was one if a line inside is whole for itself, or has
    // as many cells as a record although its quotes are broken too.
    bool swallowed_others(const plan::RawRecord& record) const {
        auto rest = record.bytes;
        const bool is_right = record.is_whole && has_cells_of_header(fields(rest));
        if (is_right && !is_row_in_lines(rest)) return false;
        while (true) {
            const auto line = first_line(rest);
            if (line.size() == rest.size()) return false;
            rest.remove_prefix(line.size() + 1);
            if (first_line(rest).empty()) continue;
            if (is_right ? is_row_in_lines(rest) : stands_for_itself(rest)) return true;
        }
    }
    // Two quotes that close each other over two rows leave one whole record. No remark of several lines has
    // as many cells on each of them as the header has names.
    bool is_row_in_lines(std::string_view text) const {
        return columns_ > fewest_names_of_a_header &&
               split_plainly(first_line(text), separator_).size() == columns_;
    }
    bool has_cells_of_header(const std::vector<std::string>& cells) const {
        return cells.size() >= columns_ && std::all_of(cells.begin() + static_cast<std::ptrdiff_t>(columns_),
                                                       cells.end(), [](auto& cell) { return cell.empty(); });
    }
    bool stands_for_itself(std::string_view text) const {
        const auto record = record_at(text);
        if (record.is_whole && fields(record.bytes).size() == columns_) return true;
        return columns_ > fewest_names_of_a_header &&
               split_plainly(first_line(text), separator_).size() >= columns_;
    }

    FileRecord judged(const plan::RawRecord& raw, int no) {
        weigh(charset::evidence_of(raw.bytes), static_cast<std::size_t>(no) - 1);
        FileRecord record{no, raw.bytes, {}, Damage::none, at_ < bytes_.size()};
        const auto decoded = charset::decode_record(raw.bytes);
        const auto text = decoded ? without_marks(decoded.value().text) : std::string{};
        record.cells = decoded ? fields(text) : decoded_one_by_one(raw.bytes);
        const bool is_too_long = drop_too_long(record.cells);
        note_header(record);
        if (record.damage == Damage::none && raw.is_whole && is_blank(record)) record.damage = Damage::blank;
        if (record.damage == Damage::none)
            record.damage = has_other_header_ ? Damage::columns : damage_of(raw, record, text, !decoded);
        if (record.damage == Damage::none && is_too_long) record.damage = Damage::too_long;
        return record;
    }

    static bool drop_too_long(std::vector<std::string>& cells) {
        bool is_dropped = false;
        for (auto& cell : cells)
            if (cell.size() > longest_cell) cell.clear(), is_dropped = true;
        return is_dropped;
    }

    // Files put together: the header once more says nothing new, but behind another one every cell means
    // something else.
    void note_header(FileRecord& record) {
        const auto names = names_in(record);
        if (names > 0 && is_header(record)) {
            record.damage = Damage::header_repeat;
            has_other_header_ = false;
        } else if (names >= fewest_names_of_a_header && names * 2 > record.cells.size()) {
            has_other_header_ = true;
        }
    }
    std::size_t names_in(const FileRecord& record) const {
        if (record.cells.empty() || !is_name(record.cells.front())) return 0;
        return static_cast<std::size_t>(std::count_if(record.cells.begin(), record.cells.end(),
                                                      [&](const auto& cell) { return is_name(cell); }));
    }
    bool is_name(const std::string& cell) const {
        return !cell.empty() && std::find(header_.begin(), header_.end(), column_name(cell)) != header_.end();
    }
    bool is_header(const FileRecord& record) const {
        return std::equal(record.cells.begin(), record.cells.end(), header_.begin(), header_.end(),
                          [](const auto& cell, const auto& name) { return column_name(cell) == name; });
    }

    // A spreadsheet ends with rows of nothing but separators. What the end of the file cut off is none of
    // them.
    bool is_blank(const FileRecord& record) const {
        return (record.has_line_end || record.cells.size() >= columns_) &&
               std::all_of(record.cells.begin(), record.cells.end(),
                           [](const auto& cell) { return trimmed(cell).empty(); });
    }

    // ... and its rows with the same number of empty cells too many. In one row alone they tell that a cell
    // was torn in two.
    void drop_surplus_cells(std::vector<FileRecord>& records) const {
        std::optional<std::size_t> all;
        for (const auto& record : records) {
            if (record.damage != Damage::columns && record.damage != Damage::none) continue;
            const auto size = record.cells.size();
            if (size <= columns_ || all.value_or(size) != size) return;
            for (auto i = columns_; i < size; ++i)
                if (!record.cells[i].empty()) return;
            all = size;
        }
        if (!all || std::ssize(records) < fewest_rows_of_a_spreadsheet) return;
        for (auto& record : records) {
            if (record.damage != Damage::columns) continue;
            record.cells.resize(columns_);
            record.damage = damage_inside(record);
        }
    }
    static Damage damage_inside(const FileRecord& record) {
        for (const auto& cell : record.cells)
            if (std::any_of(cell.begin(), cell.end(), is_control) || has_control_of_eight_bits(cell) ||
                turns_text_round(cell))
                return Damage::control;
        return std::any_of(record.cells.begin(), record.cells.end(), has_lost_characters) ? Damage::encoding
                                                                                          : Damage::none;
    }

    Damage damage_of(const plan::RawRecord& raw, const FileRecord& record, std::string_view text,
                     bool is_undecodable) const {
        if (!raw.is_whole) return Damage::cut_off;
        const bool is_last = !record.has_line_end;
        if (is_undecodable)
            return is_last && record.cells.size() < columns_ ? Damage::cut_off : Damage::encoding;
        if (record.cells.size() != columns_)
            return is_last && record.cells.size() < columns_ ? Damage::cut_off : Damage::columns;
        if (std::any_of(raw.bytes.begin(), raw.bytes.end(), is_control) || turns_text_round(text) ||
            has_control_of_eight_bits(text))
            return Damage::control;
        if (quotes_ == Quotes::wrap && has_stray_quote(text, separator_)) return Damage::quotes;
        return has_lost_characters(text) ? Damage::encoding : Damage::none;
    }

    std::string_view bytes_;
    std::vector<std::string> header_;
    bool has_other_header_ = false;
    char separator_;
    Quotes quotes_;
    int utf8_ = 0, cp932_ = 0;            // records that are one of them alone
    std::vector<std::size_t> ambiguous_;  // of the records: either
    std::size_t columns_ = 0;             // of the header; 0: not read yet
    std::size_t at_ = 0;
};

char separator_of(std::string_view bytes) {
    const auto start = bytes.find_first_not_of("\r\n");
    const auto line = start == std::string_view::npos ? bytes : first_line(bytes.substr(start));
    return *std::max_element(separators.begin(), separators.end(), [&](char left, char right) {
        return plan::split_fields(line, left).size() < plan::split_fields(line, right).size();
    });
}

}  // namespace

std::string column_name(std::string_view text) {
    const auto same = charset::nfkc(text);
    return trimmed(same ? std::string_view(same.value()) : text);
}

Result<RecordFile> read_header(std::string_view bytes) {
    bytes = without_mark(bytes);
    return Records(bytes, separator_of(bytes), Quotes::wrap).read_header();
}

Result<RecordFile> read_records(std::string_view bytes, Quotes quotes) {
    bytes = without_mark(bytes);
    return Records(bytes, separator_of(bytes), quotes).read();
}

}  // namespace kenpin::shops
