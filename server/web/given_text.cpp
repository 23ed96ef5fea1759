#include "server/web/given_text.hpp"

#include <string>

#include <nlohmann/json.hpp>

#include "server/plan/shown_name.hpp"

namespace kenpin::web {
namespace {

using Json = nlohmann::json;

constexpr int deepest_field = 16;  // nothing that lies deeper is a field of ours

void note_fields(const Json& json, const std::string& where, int depth, std::vector<Reason>& wrong) {
    if (json.is_string() && !is_text(json.get_ref<const std::string&>()))
        wrong.push_back({.field = where, .reason = "not_text"});
    if (depth == deepest_field) return;
    for (std::size_t i = 0; json.is_array() && i < json.size(); ++i)
        note_fields(json[i], where + "[" + std::to_string(i) + "]", depth + 1, wrong);
    if (!json.is_object()) return;
    for (const auto& [name, value] : json.items())
        note_fields(value, where.empty() ? name : where + "." + name, depth + 1, wrong);
}

}  // namespace

bool is_text(std::string_view bytes) {
    if (bytes.find('\0') != std::string_view::npos) return false;
    while (!bytes.empty()) {
        const auto length = plan::character_at(bytes);
        if (length == 0) return false;
        bytes.remove_prefix(length);
    }
    return true;
}

std::vector<Reason> no_texts_of(const Request& request) {
    std::vector<Reason> wrong;
    for (const auto* values : {&request.path_values, &request.query})
        for (const auto& [name, value] : *values)
            if (!is_text(value)) wrong.push_back({.field = name, .reason = "not_text"});
    // JSON that is read at all is UTF-8, and holds a NUL only where one is written like this.
    if (request.body.find("\\u0000") != std::string::npos)
        note_fields(Json::parse(request.body, nullptr, false), "", 0, wrong);
    return wrong;
}

}  // namespace kenpin::web
