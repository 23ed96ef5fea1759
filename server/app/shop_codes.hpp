#pragma once
// Codes that nobody knows: which orders wait for which, and what happens when somebody says what a code means
// (商品対応表). An answer is an event; it heals every order that waits for the code in the same transaction.
#include <string>
#include <vector>

#include "adaptors/crypto/crypto.hpp"
#include "adaptors/sqlite/database.hpp"
#include "server/app/deciding.hpp"
#include "server/app/imports.hpp"
#include "server/web/desk.hpp"

namespace kenpin::app {

constexpr std::size_t most_codes_asked = 200;  // at once: more than a person answers before he looks again
/// Read from the sealed records of the orders that wait, one for each code.
web::UnknownCodes unknown_codes(sqlite::Tx& tx, const SiteId& site, const ImportTools& tools,
                                const web::Scope& scope);

/// `by`: the key of who says it.
web::CodeAnswer answer_code(const Deciding& deciding, const ImportTools& tools,
                            const web::CodeMeaning& meaning, const std::string& by);

}  // namespace kenpin::app
