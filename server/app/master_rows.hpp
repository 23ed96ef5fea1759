#pragma once
// Reference tables as files bring them, read into rows. Pure: no database, no clock.
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "server/plan/table.hpp"
#include "server/web/problem.hpp"

namespace kenpin::app {

/// Reads the fields of one record; what is wrong is noted with its column, and the record is then refused.
class RecordReader {
public:
    RecordReader(const plan::Table& table, const plan::TableRow& row) : table_(table), row_(row) {}

    /// Empty when the column is not there.
    std::string text(const std::string& column) const;
    std::string needed(const std::string& column);
    /// `otherwise` when the cell is empty.
    std::int64_t integer(const std::string& column, std::int64_t least, std::int64_t most,
                         std::int64_t otherwise);
    std::int64_t needed_integer(const std::string& column, std::int64_t least, std::int64_t most);
    /// "2.7" metres as 2700 millimetres.
    int millimetres(const std::string& column);
    bool flag(const std::string& column) { return integer(column, 0, 1, 0) == 1; }
    void wrong(const std::string& column, const std::string& reason);

    int line() const { return row_.record + 1; }  // the header is line 1
    const std::vector<web::Reason>& problems() const { return problems_; }

private:
    const plan::Table& table_;
    const plan::TableRow& row_;
    std::vector<web::Reason> problems_;
};

/// CSV in CP932 or UTF-8; column names are compared without regard to width and case. Errors: corrupt.
Result<plan::Table> read_csv(std::string_view bytes);
/// Records that could not even be split, as reasons.
std::vector<web::Reason> bad_rows(const plan::Table& table);

}  // namespace kenpin::app
