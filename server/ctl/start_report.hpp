#pragma once
// What came of starting work, as a supervisor reads it: totals first, then why something was left behind and
// what to do about it, then which shipments of which orders these are.
#include <map>
#include <string>
#include <vector>

#include "server/ctl/say.hpp"

namespace kenpin::ctl {

/// A shipment that was left behind, as its order's people know it.
struct LeftBehind {
    std::string orders{};              // "HONTEN:H1003", several with a blank between
    std::vector<std::string> holds{};  // keys
};
using LeftByShipment = std::map<std::string, LeftBehind>;

enum class ListsOfStart { short_ones, whole };  // at most 20 rows, or all of them

/// The shipments that start_report shows of the server's answer (POST /api/v1/work/start).
std::vector<std::string> shown_left(const std::string& answer, ListsOfStart lists);
/// `left`: what is known about those. Exit code 1 when something was to be started and nothing was.
Report start_report(const std::string& language, const std::string& answer, const LeftByShipment& left,
                    ListsOfStart lists);

}  // namespace kenpin::ctl
