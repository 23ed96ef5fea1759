#pragma once
// Files that come in through POST /api/v1/import/{table}: reference rows, stock, orders, waybill numbers. A
// file is one transaction; each record is taken or refused on its own, and what was refused is named by line
// and field.
#include "adaptors/crypto/crypto.hpp"
#include "server/app/deciding.hpp"
#include "server/app/intake_rules.hpp"
#include "server/web/desk.hpp"

namespace kenpin::app {

struct ImportTools {
    const crypto::Key& key;
    const IntakeRules* rules = nullptr;  // none: no order file can be read
};

/// What stops the whole file (an unknown shop, not this format, stock that is here already) is a reason
/// without a line.
Result<web::ImportAnswer> import_file(const Deciding& deciding, const ImportTools& tools,
                                      const web::ImportFile& file);

}  // namespace kenpin::app
