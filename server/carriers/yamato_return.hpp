#pragma once
// What Yamato's B2 Cloud gives back after it has issued waybills: the rows that were given to it, with the
// number filled in. 97 columns today, 95 before; columns are found by name. Everything about people in it is
// left unread.
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "server/plan/bind_waybills.hpp"

namespace kenpin::carriers {

struct ReturnFile {
    std::vector<plan::ReturnedWaybill> waybills;
    std::vector<plan::RefusedWaybill> refused;
    int rows = 0;
};

/// CP932 or UTF-8. A number that a spreadsheet wrapped as ="0000…" is taken out of its wrapping; one that it
/// turned into 1.00005E+12 is lost and refused. Errors: corrupt (no header, or not these columns).
Result<ReturnFile> read_yamato_return(std::string_view bytes);

}  // namespace kenpin::carriers
