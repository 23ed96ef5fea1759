#include "server/plan/table.hpp"

#include <algorithm>
#include <utility>

namespace kenpin::plan {
namespace {

bool is_line_end(char c) {
    return c == '\r' || c == '\n';
}

// Walks over one field from its first byte; returns where it ends, and whether a quote was left open.
struct FieldEnd {
    std::size_t at;
    bool is_closed;
};
enum class LineEnd { ends_field, is_content };
FieldEnd field_end(std::string_view bytes, std::size_t at, char separator, LineEnd line_end) {
    bool is_quoted = at < bytes.size() && bytes[at] == '"';
    for (std::size_t i = is_quoted ? at + 1 : at; i < bytes.size(); ++i) {
        const char c = bytes[i];
        if (is_quoted) {
            if (c != '"') continue;
            if (i + 1 < bytes.size() && bytes[i + 1] == '"')
                ++i;
            else
                is_quoted = false;
        } else if (c == separator || (line_end == LineEnd::ends_field && is_line_end(c))) {
            return {i, true};
        }
    }
    return {bytes.size(), !is_quoted};
}

std::string unquoted(std::string_view field) {
    if (field.empty() || field.front() != '"') return std::string(field);
    std::string text;
    std::size_t i = 1;
    for (; i < field.size(); ++i) {
        if (field[i] == '"') {
            if (i + 1 >= field.size() || field[i + 1] != '"') break;
            ++i;
        }
        text += field[i];
    }
    if (i < field.size()) text += field.substr(i + 1);  // what stands behind the closing quote
    return text;
}

struct Line {
    RawRecord record;
    std::size_t next;
};
Line next_line(std::string_view bytes, std::size_t from, char separator) {
    std::size_t at = from;
    while (true) {
        const auto end = field_end(bytes, at, separator, LineEnd::ends_field);
        at = end.at;
        if (at >= bytes.size() || is_line_end(bytes[at]))
            return {{bytes.substr(from, at - from), end.is_closed}, at};
        ++at;  // over the separator
    }
}

void add_row(Table& table, const RawRecord& record, int number, char separator, const TextRules& text) {
    const auto decoded = text.decode(record.bytes);
    auto cells = split_fields(decoded ? std::string_view(decoded.value()) : record.bytes, separator);
    if (!record.is_whole)
        table.bad.push_back({number, "cut_off", std::move(cells)});
    else if (!decoded)
        table.bad.push_back({number, "encoding", std::move(cells)});
    else if (cells.size() != table.header.size())
        table.bad.push_back({number, "columns", std::move(cells)});
    else
        table.rows.push_back({number, std::move(cells)});
}

}  // namespace

RawRecord first_record(std::string_view bytes, char separator) {
    return next_line(bytes, 0, separator).record;
}

std::vector<RawRecord> split_records(std::string_view bytes, char separator) {
    std::vector<RawRecord> records;
    std::size_t at = 0;
    while (at < bytes.size()) {
        if (is_line_end(bytes[at])) {
            ++at;
            continue;
        }
        const auto line = next_line(bytes, at, separator);
        records.push_back(line.record);
        at = line.next;
    }
    return records;
}

std::vector<std::string> split_fields(std::string_view record, char separator) {
    std::vector<std::string> fields;
    std::size_t at = 0;
    while (true) {
        const auto end = field_end(record, at, separator, LineEnd::is_content);
        fields.push_back(unquoted(record.substr(at, end.at - at)));
        if (end.at >= record.size()) return fields;
        at = end.at + 1;
    }
}

std::string join_fields(const std::vector<std::string>& fields, char separator) {
    std::string record;
    bool is_first = true;
    for (const auto& field : fields) {
        if (!std::exchange(is_first, false)) record += separator;
        record += '"';
        for (const char c : field) record += c == '"' ? std::string("\"\"") : std::string(1, c);
        record += '"';
    }
    return record + "\r\n";
}

Result<Table> read_table(std::string_view bytes, char separator, const TextRules& text) {
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    const auto records = split_records(bytes, separator);
    if (records.empty()) return Error{Error::Kind::corrupt, "no header row"};
    const auto header = text.decode(records.front().bytes);
    if (!header || !records.front().is_whole) return Error{Error::Kind::corrupt, "header row unreadable"};
    Table table;
    for (const auto& name : split_fields(header.value(), separator))
        table.header.push_back(text.normal(name));
    for (std::size_t i = 1; i < records.size(); ++i)
        if (records[i].bytes != records.front().bytes)
            add_row(table, records[i], static_cast<int>(i), separator, text);
    return table;
}

std::optional<std::size_t> column(const Table& table, const std::string& name) {
    const auto found = std::find(table.header.begin(), table.header.end(), name);
    if (found == table.header.end()) return std::nullopt;
    return static_cast<std::size_t>(found - table.header.begin());
}

}  // namespace kenpin::plan
