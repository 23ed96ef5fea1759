#pragma once
// Why something that was asked for has no effect, and what to do instead. The server's answer says only that
// it has none; the record it was asked of says why.
#include <optional>
#include <string>
#include <vector>

#include "server/ctl/say.hpp"

namespace kenpin::ctl {

/// Why `verb` (retake, keep, replace, drop, release) changed nothing of the record, or was refused. `detail`:
/// the record as GET /api/v1/intake/{record} shows it; no end of line.
std::string why_not(const std::string& language, const std::string& verb, const std::string& detail);
/// What a person decides about an open conflict, and by which commands; empty: the record is none.
std::string to_decide(const std::string& language, const std::string& detail);
/// Whether an order is still held although its release was asked for.
bool is_still_held(const std::string& detail);

/// Why no record has that number; `record`: as it was typed.
Sentence no_such_record(const std::string& record);

/// Every reason that drop and release take, in words.
Sentence reasons_to_choose(const std::string& verb, const std::string& given);
bool is_reason(const std::string& reason);

/// What `what` may have meant when no shipment and no order is called so. `page`: the answer of
/// GET /api/v1/intake with its number, without a shop.
Sentence nothing_to_cancel(const std::string& what, const std::string& page);

}  // namespace kenpin::ctl
