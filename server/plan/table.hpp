#pragma once
// Tables as files bring them: CSV or TSV with a header row, split at the level of bytes. That is safe for
// CP932 too: comma, quote, tab, CR and LF are never the second byte of a character (a backslash is, and means
// nothing here). Characters are decoded record by record, so one bad record never costs the file.
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace kenpin::plan {

/// One record as it lies in the file, without its line end. A quoted field may hold line breaks.
struct RawRecord {
    std::string_view bytes;
    bool is_whole = true;  // false: the file ends inside a quoted field
};
/// The record at the beginning of `bytes`, which is not empty.
RawRecord first_record(std::string_view bytes, char separator);
/// Empty lines are no records. Ends of line: CRLF, LF or CR.
std::vector<RawRecord> split_records(std::string_view bytes, char separator);
/// Quotes around a field are taken off and "" inside becomes ". A quote elsewhere is content.
std::vector<std::string> split_fields(std::string_view record, char separator);
/// A record that split_fields() reads back: every field quoted, CRLF at the end.
std::string join_fields(const std::vector<std::string>& fields, char separator);

struct TableRow {
    int record = 0;                  // 1.. data records, the header not counted
    std::vector<std::string> cells;  // UTF-8, one for each column
};
struct BadRow {
    int record = 0;
    std::string reason;              // "encoding" | "columns" | "cut_off"
    std::vector<std::string> cells;  // undecoded, as far as they could be split
};
struct Table {
    std::vector<std::string> header;  // normalised
    std::vector<TableRow> rows;
    std::vector<BadRow> bad;
};

/// How bytes become text, given by the caller because the charsets live in an adaptor.
struct TextRules {
    std::function<Result<std::string>(std::string_view)> decode;  // one record to UTF-8
    std::function<std::string(const std::string&)> normal;        // how column names are compared
};

/// Rows that repeat the header are left out. Errors: corrupt (no header, or one that cannot be decoded).
Result<Table> read_table(std::string_view bytes, char separator, const TextRules& text);

/// Index of the column with this name (normalised before it is compared), the first when there are several.
std::optional<std::size_t> column(const Table& table, const std::string& name);

}  // namespace kenpin::plan
