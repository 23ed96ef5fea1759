#pragma once
// Which rows of a file are one order. Rows of one number belong together; a row that stands there twice
// counts once; and where rows of one number contradict each other, they are versions of the order between
// which a person decides.
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/shops/row.hpp"

namespace kenpin::shops {

/// One file with its columns. Rows point into it: it stays where it is.
struct OpenFile {
    std::string name;
    RecordFile records;
    ColumnIndex columns;
    std::vector<std::pair<std::size_t, std::size_t>> twice;  // columns of one name: the first, another one
};
using OpenFilePtr = std::unique_ptr<const OpenFile>;
OpenFilePtr open_file(std::string name, RecordFile records);

/// A row and the file it stands in.
struct FiledRow {
    const OpenFile* file;
    Row row;
};
using FiledRows = std::vector<FiledRow>;

/// Rows of one number, in the order of the file, without those that stand there twice.
struct RowGroup {
    std::string number;               // as plain_value() reads it; may be no order number at all
    std::vector<FiledRows> versions;  // mostly one; the first is the one that came first
    FiledRows twice;                  // the same again: skipped
    FiledRows maybe_twice;            // lines without a number of their own that stand there twice
    bool is_contradictory = false;    // versions that are no whole alternatives of each other
};

/// No row of an order: a repeated header, or a row of nothing.
bool is_nothing(const FileRecord& record);
/// Groups the rows of an order file. Repeated headers are in none of them.
std::vector<RowGroup> group_rows(const ShopProfile& profile, const OpenFile& file);

/// The lines of formats with two files, from all files of lines that came together.
class LinePool {
public:
    void add(const ShopProfile& profile, OpenFilePtr file);
    /// Lines of the order, each once.
    FiledRows lines_of(const ShopProfile& profile, const std::string& number) const;
    bool has_lines_of(const ShopProfile& profile, const std::string& number) const;
    /// Lines for whose order nobody asked.
    struct Left {
        const ShopProfile* profile;
        std::string number;
        FiledRow row;
    };
    std::vector<Left> not_asked_for() const;

private:
    using Key = std::pair<const ShopProfile*, std::string>;  // whose, which number
    std::vector<OpenFilePtr> files_;
    std::map<Key, FiledRows> lines_;
    mutable std::map<Key, bool> is_asked_for_;
};

}  // namespace kenpin::shops
