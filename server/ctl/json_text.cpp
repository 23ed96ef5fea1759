#include "server/ctl/json_text.hpp"

#include <nlohmann/json.hpp>

namespace kenpin::ctl {

std::string text_of(const Json& object, std::string_view field) {
    const auto found = object.find(std::string(field));
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

}  // namespace kenpin::ctl
