#pragma once
// From the print document as the server gave it to the fields of the papers. Pure.
#include "core/base/result.hpp"
#include "core/protocol/print_document.hpp"
#include "printers/layout/fields.hpp"

namespace kenpin::app {

/// The label of `piece`. Error: not_found when the document has no number for that piece yet.
Result<layout::WaybillFields> waybill_fields(const protocol::PrintDocument& document, PieceNo piece,
                                             int copy);

/// 納品書, with shipping, fees and discounts as lines after the goods.
layout::SlipFields slip_fields(const protocol::PrintDocument& document);

}  // namespace kenpin::app
