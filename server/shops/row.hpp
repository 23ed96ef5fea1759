#pragma once
// Cells of one record by the names of their columns.
#include <string>
#include <string_view>
#include <unordered_map>

#include "server/shops/record_file.hpp"
#include "server/shops/shop_profile.hpp"

namespace kenpin::shops {

/// Where each column of a file stands; of several with one name the first counts.
using ColumnIndex = std::unordered_map<std::string, std::size_t>;
ColumnIndex index_of(const RecordFile& file);

class Row {
public:
    Row(const ColumnIndex& columns, const FileRecord& record) : columns_(&columns), record_(&record) {}

    const FileRecord& record() const { return *record_; }
    /// As written; empty when the file has no such column or the record ends before it.
    std::string_view at(const std::string& column) const;
    /// plain_value() of it: for reading numbers, dates and codes.
    std::string plain(const std::string& column) const;
    std::string joined(const Columns& columns, const char* between) const;
    std::string joined_plain(const Columns& columns, const char* between) const;
    /// The first that is not empty, plain.
    std::string first(const Columns& columns) const;

private:
    const ColumnIndex* columns_;
    const FileRecord* record_;
};

/// The first meaning whose key is `text`, else the first whose key is part of it; nothing: none fits.
std::optional<std::string> meaning_of(const Meanings& meanings, const std::string& text);
bool holds(const Condition& condition, const Row& row, const std::string& payment);

}  // namespace kenpin::shops
