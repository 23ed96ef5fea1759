#include "core/domain/refusal.hpp"

#include <algorithm>
#include <array>

#include "core/base/overloaded.hpp"

namespace kenpin::domain {
namespace {

constexpr std::array names{
    "unreadable",      "wrong_kind",     "unknown_worker",     "wrong_location",     "wrong_item",
    "too_many",        "wrong_slot",     "tote_in_use",        "unknown_box",        "goods_missing",
    "another_waybill", "voided_waybill", "waybill_not_issued", "waybill_already_on", "stopped",
    "short_of_goods",  "not_confirmed",  "nothing_to_do",
};

using Maybe = std::optional<Refusal>;

Refusal refusal_of_waybill(const WaybillVerdict& verdict) {
    return std::visit(
        Overloaded{
            [](const WaybillMatches&) { return Refusal::stopped; },  // unreachable: a match may close
            [](const AnotherShipmentsWaybill&) { return Refusal::another_waybill; },
            [](const VoidedWaybill&) { return Refusal::voided_waybill; },
            [](const WaybillNotIssued&) { return Refusal::waybill_not_issued; },
            [](const WaybillAlreadyOn&) { return Refusal::waybill_already_on; },
            [](const NotAWaybill&) { return Refusal::wrong_kind; },
        },
        verdict);
}

}  // namespace

std::string_view name(Refusal refusal) {
    return names[static_cast<std::size_t>(refusal)];
}

std::optional<Refusal> refusal_from_name(std::string_view text) {
    const auto found = std::find(names.begin(), names.end(), text);
    if (found == names.end()) return std::nullopt;
    return static_cast<Refusal>(found - names.begin());
}

std::optional<Refusal> refusal_of(const PickVerdict& verdict) {
    return std::visit(Overloaded{
                          [](const ToteInUse&) { return Maybe{Refusal::tote_in_use}; },
                          [](const WrongLocation&) { return Maybe{Refusal::wrong_location}; },
                          [](const WrongItem&) { return Maybe{Refusal::wrong_item}; },
                          [](const TooMany&) { return Maybe{Refusal::too_many}; },
                          [](const WrongSlot&) { return Maybe{Refusal::wrong_slot}; },
                          [](const WrongKindOfCode&) { return Maybe{Refusal::wrong_kind}; },
                          [](const CodeUnreadable&) { return Maybe{Refusal::unreadable}; },
                          [](const ListDone&) { return Maybe{Refusal::nothing_to_do}; },
                          [](const auto&) { return Maybe{}; },
                      },
                      verdict);
}

std::optional<Refusal> refusal_of(const PackVerdict& verdict) {
    return std::visit(Overloaded{
                          [](const GoodsRight&) { return Maybe{}; },
                          [](const WrongGoods&) { return Maybe{Refusal::wrong_item}; },
                          [](const TooManyGoods&) { return Maybe{Refusal::too_many}; },
                          [](const NotGoods&) { return Maybe{Refusal::wrong_kind}; },
                          [](const GoodsUnreadable&) { return Maybe{Refusal::unreadable}; },
                      },
                      verdict);
}

std::optional<Refusal> refusal_of(const CloseVerdict& verdict) {
    return std::visit(Overloaded{
                          [](const MayClose&) { return Maybe{}; },
                          [](const ShipmentStopped&) { return Maybe{Refusal::stopped}; },
                          [](const ShipmentShort&) { return Maybe{Refusal::short_of_goods}; },
                          [](const GoodsMissing&) { return Maybe{Refusal::goods_missing}; },
                          [](const WaybillNotMatched& v) { return Maybe{refusal_of_waybill(v.verdict)}; },
                      },
                      verdict);
}

}  // namespace kenpin::domain
