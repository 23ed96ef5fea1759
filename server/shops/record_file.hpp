#pragma once
// A shop's file, record by record, with what is wrong with each of them. One damaged record never costs the
// file: bytes are split first (comma, quote, tab and line end are never the second byte of a CP932
// character), then each record is decoded for itself (half-width kana in CP932 that are UTF-8 by accident: as
// the file's other records are), and a quote that was left open ends where the next record that is whole
// begins.
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace kenpin::shops {

enum class Damage {
    none,
    header_repeat,  // the header once more
    blank,          // nothing but separators
    encoding,  // neither UTF-8 nor CP932, or with a replacement character in it: cells that read are kept
    columns,   // more or fewer than the header has
    cut_off,   // the file ends inside it
    quotes,    // one too many or too few: where a field ends is a guess
    too_long,  // a cell beyond every shop's fields, mostly rows that an open quote swallowed: it is empty
    control    // a control character that no text of a buyer holds
};

struct FileRecord {
    int no = 0;                      // 1.. data records, the header not counted
    std::string_view bytes;          // as it came, without its line end
    std::vector<std::string> cells;  // UTF-8; what cannot be decoded is empty
    Damage damage = Damage::none;
    bool has_line_end = true;  // false: the file ends right behind it
};

struct RecordFile {
    char separator = ',';
    std::string_view header_bytes;
    std::vector<std::string> header;  // column_name() of each
    std::vector<FileRecord> records;
};

/// How column names are compared: NFKC, without blanks around them.
std::string column_name(std::string_view text);

/// Whether quotes around a field are its wrapping (CSV) or content like any other (Amazon's report).
enum class Quotes { wrap, content };

/// The header alone, without records: by it the format is recognised. `bytes` must outlive what is answered.
/// The separator is the one of comma, tab and semicolon that gives most columns. Errors: corrupt (no header,
/// or one that cannot be decoded).
Result<RecordFile> read_header(std::string_view bytes);
/// Byte order mark, CRLF, LF and CR, empty lines are minded.
Result<RecordFile> read_records(std::string_view bytes, Quotes quotes);

}  // namespace kenpin::shops
