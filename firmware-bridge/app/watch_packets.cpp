#include <nlohmann/json.hpp>

#include "core/base/overloaded.hpp"
#include "core/domain/barcode.hpp"
#include "core/protocol/base64.hpp"
#include "firmware-bridge/app/watchers.hpp"

namespace kenpin::app {
namespace {

using Json = nlohmann::json;

std::string own_kind(domain::OwnKind kind) {
    switch (kind) {
        case domain::OwnKind::location:
            return "own_location";
        case domain::OwnKind::tote:
            return "own_tote";
        case domain::OwnKind::worker:
            return "own_worker";
        case domain::OwnKind::shipment:
            return "own_shipment";
        case domain::OwnKind::list:
            return "own_list";
        case domain::OwnKind::command:
            return "own_command";
        case domain::OwnKind::station:
            return "own_station";
        case domain::OwnKind::insert:
            return "own_insert";
    }
    return "other";
}

}  // namespace

std::string what_is(const decode::Identified& scan) {
    return std::visit(Overloaded{[](const domain::GoodsCode&) { return std::string("goods"); },
                                 [](const domain::CaseCode&) { return std::string("case"); },
                                 [](const domain::WaybillCode&) { return std::string("waybill"); },
                                 [](const domain::OwnCode& own) { return own_kind(own.kind); },
                                 [](const domain::OtherText&) { return std::string("other"); },
                                 [](const domain::Unreadable&) { return std::string("unreadable"); }},
                      domain::classify({scan.bytes, scan.symbology}, domain::Expect::anything));
}

std::string to_packet(const SeenPacket& seen) {
    const Json json{{"t", "seen"},
                    {"dev", seen.dev.value},
                    {"bars", seen.bars},
                    {"what", seen.what},
                    {"length", seen.length},
                    {"counted", seen.is_counted},
                    {"code_b64", protocol::to_base64(seen.code)}};
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<WatchPacket> watch_packet(std::string_view packet) {
    const Error broken{Error::Kind::corrupt, "watch packet: not understood"};
    const auto json = Json::parse(packet, nullptr, false);
    if (!json.is_object()) return broken;
    try {
        const auto kind = json.at("t").get<std::string>();
        if (kind == "listed") return WatchPacket(Listed{});
        if (kind == "seen")
            return WatchPacket(SeenPacket{
                .dev = {json.at("dev").get<std::string>()},
                .bars = json.at("bars").get<std::string>(),
                .what = json.at("what").get<std::string>(),
                .length = json.at("length").get<std::size_t>(),
                .is_counted = json.at("counted").get<bool>(),
                .code = protocol::from_base64(json.at("code_b64").get<std::string>()).value_or("")});
    } catch (const Json::exception&) {
        return broken;
    }
    auto message = protocol::bridge_up_from_packet(packet);
    if (!message) return message.error();
    return WatchPacket(std::move(message).value());
}

}  // namespace kenpin::app
