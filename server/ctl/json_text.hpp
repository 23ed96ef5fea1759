#pragma once
// Texts out of what the server answers. Thread: any.
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

namespace kenpin::ctl {

using Json = nlohmann::json;

/// Empty: there is no such field, or it holds no text.
std::string text_of(const Json& object, std::string_view field);

}  // namespace kenpin::ctl
