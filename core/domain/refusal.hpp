#pragma once
// Why a scan was refused: the names under which errors caught (止めたミス) are recorded, counted and
// translated.
#include <optional>
#include <string_view>

#include "core/domain/close_piece.hpp"
#include "core/domain/verify_pack.hpp"
#include "core/domain/verify_pick.hpp"

namespace kenpin::domain {

enum class Refusal {
    unreadable,
    wrong_kind,  // a code of a kind that this step does not ask for
    unknown_worker,
    wrong_location,
    wrong_item,
    too_many,
    wrong_slot,
    tote_in_use,
    unknown_box,      // no open shipment stands in this tote, list or slip
    goods_missing,    // the waybill was scanned before all goods
    another_waybill,  // another shipment's, or nobody's
    voided_waybill,
    waybill_not_issued,
    waybill_already_on,
    stopped,         // cancelled or held meanwhile
    short_of_goods,  // 欠品対応: its box goes to the hold shelf
    not_confirmed,   // scanned while an NG waited for its confirmation
    nothing_to_do,
};

std::string_view name(Refusal refusal);  // "wrong_item", ...
std::optional<Refusal> refusal_from_name(std::string_view name);

/// Nothing for an accepted verdict.
std::optional<Refusal> refusal_of(const PickVerdict& verdict);
std::optional<Refusal> refusal_of(const PackVerdict& verdict);
std::optional<Refusal> refusal_of(const CloseVerdict& verdict);

}  // namespace kenpin::domain
