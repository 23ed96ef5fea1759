#pragma once
// From the server's print document to the fields of its papers. Pure.
#include "core/base/result.hpp"
#include "core/protocol/print_document.hpp"
#include "printers/layout/fields.hpp"

namespace kenpin::layout {

/// The waybill of one piece. Errors: not_found (no such piece), refused (its number is not known yet).
Result<WaybillFields> waybill_of(const protocol::PrintDocument& document, PieceNo piece, int copy_no);

/// The slip, with shipping, fee and discount as lines of their own (10 %).
SlipFields slip_of(const protocol::PrintDocument& document);

/// "160-0022" for 7 digits; anything else unchanged.
std::string shown_postcode(const std::string& postcode);

}  // namespace kenpin::layout
