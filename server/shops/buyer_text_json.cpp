#include "server/shops/buyer_text_json.hpp"

#include <nlohmann/json.hpp>

namespace kenpin::shops {
namespace {

using Json = nlohmann::json;

Json json_of(const plan::Addressee& who) {
    return {{"name", who.name.reveal()},
            {"postcode", who.postcode.reveal()},
            {"prefecture", who.prefecture.reveal()},
            {"city", who.city.reveal()},
            {"street", who.street.reveal()},
            {"building", who.building.reveal()},
            {"phone", who.phone.reveal()}};
}

Private<std::string> secret(const Json& object, const char* field) {
    return Private<std::string>(object.at(field).get<std::string>());
}

plan::Addressee addressee(const Json& object) {
    return {secret(object, "name"), secret(object, "postcode"), secret(object, "prefecture"),
            secret(object, "city"), secret(object, "street"),   secret(object, "building"),
            secret(object, "phone")};
}

}  // namespace

// Bytes that are no UTF-8 cannot come out of our readers; should one, it is replaced rather than thrown.
Private<std::string> to_json(const plan::BuyerText& text) {
    Json ship_to = Json::array();
    for (const auto& who : text.ship_to) ship_to.push_back(json_of(who));
    const Json json{{"v", 1},
                    {"buyer", json_of(text.buyer)},
                    {"ship_to", std::move(ship_to)},
                    {"remark", text.remark.reveal()},
                    {"wrapping", text.wrapping.reveal()}};
    return Private<std::string>(json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

Result<plan::BuyerText> buyer_text_from_json(std::string_view text) {
    const Error corrupt{Error::Kind::corrupt, "not a buyer text"};
    const auto json = Json::parse(text, nullptr, false);
    if (json.is_discarded()) return corrupt;
    try {
        if (json.at("v") != 1) return corrupt;
        plan::BuyerText out{
            addressee(json.at("buyer")), {}, secret(json, "remark"), secret(json, "wrapping")};
        for (const auto& who : json.at("ship_to")) out.ship_to.push_back(addressee(who));
        return out;
    } catch (const Json::exception&) {  // its text could quote content: it is not passed on
        return corrupt;
    }
}

}  // namespace kenpin::shops
