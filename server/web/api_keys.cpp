#include "server/web/api_keys.hpp"

#include <utility>

#include <nlohmann/json.hpp>

#include "core/base/overloaded.hpp"
#include "server/web/problem.hpp"
#include "server/web/show.hpp"

namespace kenpin::web {
namespace {

using Json = nlohmann::json;

constexpr std::size_t longest_name = 60 * 4;  // bytes of 60 characters in UTF-8

std::string text_field(const Json& body, const char* field, bool is_needed, std::vector<Reason>& wrong) {
    const auto found = body.find(field);
    const bool is_there = found != body.end() && !found->is_null();
    if (!is_there && is_needed) wrong.push_back({.field = field, .reason = "missing"});
    if (is_there && !found->is_string()) wrong.push_back({.field = field, .reason = "wrong_type"});
    return is_there && found->is_string() ? found->get<std::string>() : std::string{};
}

std::set<KeyScope> scopes_field(const Json& body, std::vector<Reason>& wrong) {
    std::set<KeyScope> scopes;
    const auto found = body.find("scopes");
    if (found == body.end() || !found->is_array() || found->empty()) {
        wrong.push_back({.field = "scopes", .reason = found == body.end() ? "missing" : "wrong_type"});
        return scopes;
    }
    for (std::size_t i = 0; i < found->size(); ++i) {
        const auto& one = (*found)[i];
        const auto scope =
            one.is_string() ? scope_from_name(one.get_ref<const std::string&>()) : std::nullopt;
        if (scope)
            scopes.insert(*scope);
        else
            wrong.push_back({.field = "scopes[" + std::to_string(i) + "]", .reason = "bad_value"});
    }
    return scopes;
}

Answer not_kept(Answer answer) {
    answer.headers.emplace_back("Cache-Control", "no-store");
    return answer;
}

Answer make(Desk& desk, const NewKey& wanted, const Caller& caller) {
    const auto made = desk.make_key(wanted, caller.key);
    if (made) return not_kept({.status = 201, .body = show(made.value(), wanted)});
    if (made.error().kind == Error::Kind::refused) return problem(422, "unknown_shop");
    return failed(made.error());
}

Answer make_key(Desk& desk, const Request& request, const Caller& caller) {
    return std::visit(
        Overloaded{[&](const NewKey& wanted) { return make(desk, wanted, caller); },
                   [](const std::vector<Reason>& wrong) { return problem(422, "not_acceptable", wrong); },
                   [](const NoJson&) { return problem(400, "not_json"); }},
        parse_new_key(request.body));
}

}  // namespace

std::variant<NewKey, std::vector<Reason>, NoJson> parse_new_key(const std::string& text) {
    const auto body = Json::parse(text, nullptr, false);
    if (!body.is_object()) return NoJson{};
    NewKey key;
    std::vector<Reason> wrong;
    key.name = text_field(body, "name", true, wrong);
    if (key.name.size() > longest_name) wrong.push_back({.field = "name", .reason = "too_long"});
    if (const auto shop = text_field(body, "shop", false, wrong); !shop.empty()) key.shop = ShopId{shop};
    key.scopes = scopes_field(body, wrong);
    if (key.shop && key.scopes.contains(KeyScope::admin))
        wrong.push_back({.field = "scopes", .reason = "admin_of_a_shop"});
    for (const auto& [field, value] : body.items())
        if (field != "name" && field != "shop" && field != "scopes")
            wrong.push_back({.field = field, .reason = "unknown_field"});
    if (!wrong.empty()) return wrong;
    return key;
}

std::vector<Route> key_routes(Desk& desk) {
    return {
        {Method::post, "/api/v1/keys", Access::admin,
         [&desk](const Request& r, const Caller& c) { return make_key(desk, r, c); }},
        {Method::get, "/api/v1/keys", Access::admin,
         [&desk](const Request&, const Caller&) {
             const auto keys = desk.keys();
             return keys ? Answer{.body = show(keys.value())} : failed(keys.error());
         }},
        {Method::post, "/api/v1/keys/{key}/revoke", Access::admin,
         [&desk](const Request& r, const Caller& c) {
             const auto key = desk.revoke_key(r.value("key"), c.key);
             return key ? Answer{.body = show(key.value())} : failed(key.error());
         }},
    };
}

}  // namespace kenpin::web
