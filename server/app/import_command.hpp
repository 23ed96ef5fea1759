#pragma once
// kenpin-server import: takes order files into a database without a running server, and says what became of
// each order. Importing the same again changes nothing; stopped at any moment it is run again and goes on.
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "server/plan/consolidation.hpp"

namespace kenpin::app {

struct ImportGiven {
    std::string database;  // file; its key lies beside it (site.key)
    std::string masters;   // folder; empty: what the database has
    std::string now;       // empty: the machine's clock
    std::string report;    // file of JSON lines; empty: none
    std::string assets;    // empty: beside the program
    // Whose orders the report names together; it says all that might, so wider than a server's default.
    plan::AcrossShops consolidate_across = plan::AcrossShops::of_one_owner;
    std::vector<std::string> files;  // named in the report by the part of their paths that differs
};

/// Answers the summary as one JSON object, which is the report's last line too.
Result<std::string> run_import(const ImportGiven& given);

/// "day1/rakuten.csv.gz": each path without the folders that all of them share.
std::vector<std::string> names_in_report(const std::vector<std::string>& paths);

}  // namespace kenpin::app
