#pragma once
// What of a call is no text: a NUL, which no table of ours holds, or bytes that are no UTF-8. Found before
// anybody is asked, so that nothing of it comes into an event that could not be read again.
#include <string_view>
#include <vector>

#include "server/web/http.hpp"
#include "server/web/problem.hpp"

namespace kenpin::web {

/// UTF-8 without a NUL.
bool is_text(std::string_view bytes);

/// Each part of the path, parameter and field of a JSON body that is no text, as "not_text". A body that is
/// no JSON (a file) is judged by whoever reads it.
std::vector<Reason> no_texts_of(const Request& request);

}  // namespace kenpin::web
