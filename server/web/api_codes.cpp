#include "server/web/api_codes.hpp"

#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/base/limits.hpp"
#include "core/base/overloaded.hpp"
#include "server/web/problem.hpp"

namespace kenpin::web {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t longest_code = 200, longest_options = 1'000;  // bytes
constexpr std::size_t most_parts = 100;

std::string text_field(const Json& body, const std::string& field, std::size_t longest,
                       std::vector<Reason>& wrong) {
    const auto found = body.find(field);
    if (found == body.end() || found->is_null()) return {};
    if (!found->is_string()) {
        wrong.push_back({.field = field, .reason = "wrong_type"});
        return {};
    }
    auto text = found->get<std::string>();
    if (text.size() > longest) wrong.push_back({.field = field, .reason = "too_long"});
    return text;
}

CodeItem item_of(const Json& part, const std::string& where, std::vector<Reason>& wrong) {
    const auto note = [&](const char* field, const char* reason) {
        wrong.push_back({.field = where + field, .reason = reason});
    };
    CodeItem item;
    if (!part.is_object()) {
        note("", "wrong_type");
        return item;
    }
    std::vector<Reason> of_sku;
    item.sku = Sku{text_field(part, "sku", longest_code, of_sku)};
    if (!of_sku.empty() || item.sku.value.empty()) note(".sku", of_sku.empty() ? "missing" : "wrong_type");
    const auto units = part.find("units");
    if (units == part.end()) return item;
    if (!units->is_number_integer()) note(".units", "wrong_type");
    if (units->is_number_integer() && (*units < 1 || *units > limits::units_per_line))
        note(".units", "out_of_range");
    if (wrong.empty()) item.units = Qty{units->get<int>()};
    return item;
}

std::vector<CodeItem> items_of(const Json& body, std::vector<Reason>& wrong) {
    std::vector<CodeItem> items;
    const auto found = body.find("items");
    const bool is_list = found != body.end() && found->is_array();
    if (!is_list || found->empty()) {
        wrong.push_back(
            {.field = "items", .reason = found == body.end() || is_list ? "missing" : "wrong_type"});
        return items;
    }
    if (found->size() > most_parts) wrong.push_back({.field = "items", .reason = "too_many"});
    for (std::size_t i = 0; i < found->size() && i < most_parts; ++i) {
        items.push_back(item_of((*found)[i], "items[" + std::to_string(i) + "]", wrong));
        for (std::size_t before = 0; before < i; ++before)
            if (!items[i].sku.value.empty() && items[before].sku == items[i].sku)
                wrong.push_back({.field = "items[" + std::to_string(i) + "].sku", .reason = "not_unique"});
    }
    return items;
}

Json to_json(const UnknownCodeView& code) {
    auto proposals = Json::array();
    for (const auto& proposal : code.proposals)
        proposals.push_back({{"sku", proposal.sku.value},
                             {"units", proposal.units.value},
                             {"name", proposal.name},
                             {"because", proposal.because}});
    return {{"shop", code.shop.value},          {"code", code.code},
            {"options", code.options.reveal()}, {"orders", code.orders},
            {"since", to_text(code.since)},     {"proposals", std::move(proposals)}};
}

// Options may hold a buyer's own words: nobody keeps the answer.
Answer shown(const Json& body) {
    return {.body = body.dump(-1, ' ', false, Json::error_handler_t::replace),
            .headers = {{"Cache-Control", "no-store"}}};
}

Answer unknown_codes(Desk& desk, const Request& request, const Caller& caller) {
    Scope scope{caller.shop};
    if (!scope.shop && !request.value("shop").empty()) scope.shop = ShopId{request.value("shop")};
    const auto codes = desk.unknown_codes(scope);
    if (!codes) return failed(codes.error());
    auto list = Json::array();
    for (const auto& code : codes.value().codes) list.push_back(to_json(code));
    return shown({{"codes", std::move(list)}, {"left_off", codes.value().left_off}});
}

Answer answered(const CodeAnswer& answer) {
    return std::visit(
        Overloaded{[](const CodeAnswered& done) {
                       return shown({{"taken", done.taken},
                                     {"still_waiting", done.still_waiting},
                                     {"wrong", done.wrong}});
                   },
                   [](const CodeStandsInTable&) { return problem(409, "code_in_table"); },
                   [](const NoSuchShop&) { return problem(422, "unknown_shop"); },
                   [](const std::vector<Reason>& wrong) { return problem(422, "not_acceptable", wrong); }},
        answer);
}

Answer answer_code(Desk& desk, const Request& request, const Caller& caller) {
    auto parsed = parse_code_meaning(request.body);
    if (!parsed) return problem(400, "not_json");
    if (const auto* wrong = std::get_if<std::vector<Reason>>(&*parsed))
        return problem(422, "not_acceptable", *wrong);
    auto meaning = std::get<CodeMeaning>(std::move(*parsed));
    if (caller.shop && !meaning.shop.value.empty() && meaning.shop != *caller.shop)
        return problem(403, "forbidden");
    if (caller.shop) meaning.shop = *caller.shop;
    if (meaning.shop.value.empty()) return problem(422, "shop_needed");
    const auto answer = desk.answer_code(meaning, caller.key);
    return answer ? answered(answer.value()) : failed(answer.error());
}

}  // namespace

std::optional<std::variant<CodeMeaning, std::vector<Reason>>> parse_code_meaning(const std::string& text) {
    const auto body = Json::parse(text, nullptr, false);
    if (!body.is_object()) return std::nullopt;
    CodeMeaning meaning;
    std::vector<Reason> wrong;
    meaning.shop = ShopId{text_field(body, "shop", longest_code, wrong)};
    meaning.code = text_field(body, "code", longest_code, wrong);
    if (meaning.code.empty() && wrong.empty()) wrong.push_back({.field = "code", .reason = "missing"});
    meaning.options = text_field(body, "options", longest_options, wrong);
    meaning.items = items_of(body, wrong);
    for (const auto& [field, value] : body.items())
        if (field != "shop" && field != "code" && field != "options" && field != "items")
            wrong.push_back({.field = field, .reason = "unknown_field"});
    if (!wrong.empty()) return wrong;
    return meaning;
}

std::vector<Route> code_routes(Desk& desk) {
    return {
        {Method::get,
         "/api/v1/codes/unknown",
         Access::supervise,
         [&desk](const Request& r, const Caller& c) { return unknown_codes(desk, r, c); },
         {"shop"}},
        {Method::post, "/api/v1/codes", Access::supervise,
         [&desk](const Request& r, const Caller& c) { return answer_code(desk, r, c); }},
    };
}

}  // namespace kenpin::web
