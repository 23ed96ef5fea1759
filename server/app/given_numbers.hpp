#pragma once
// How far numbers of lists, shipments and waybills were given, in a file beside the database that a backup
// does not hold: a database that knows less was put back to an older copy, and goes on behind them
// (docs/adr/0005).
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "core/base/result.hpp"

namespace kenpin::app {

using GivenNumbers = std::map<std::string, std::int64_t>;

/// The last commit may have given some that the file does not know.
inline constexpr std::int64_t numbers_unnoted = 10'000;

/// What must not be given any more, by name; empty: the database is as new as the file.
GivenNumbers numbers_to_skip(const GivenNumbers& in_file, const GivenNumbers& in_database);

/// One "name number" a line. A file that is not there says nothing. Errors: corrupt (names the line).
Result<GivenNumbers> read_given_numbers(const std::filesystem::path& path);
Outcome write_given_numbers(const std::filesystem::path& path, const GivenNumbers& numbers);

}  // namespace kenpin::app
