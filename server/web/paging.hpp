#pragma once
// How a caller asks for a page: ?limit= and ?after=.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/web/desk.hpp"
#include "server/web/http.hpp"

namespace kenpin::web {

const std::vector<std::string>& page_query();  // the names
/// Nothing when the limit is not 1 .. 1,000.
std::optional<Page> page_of(const Request& request);
/// The whole text as a number.
std::optional<std::int64_t> number_in(const std::string& text);

}  // namespace kenpin::web
