#pragma once
// What a person sees and does of what came in: the list, one record, its original, and taking it again,
// dropping it, keeping the standing order against it, releasing its hold. Each action is one transaction;
// done twice it changes nothing the second time.
#include "server/app/deciding.hpp"
#include "server/app/imports.hpp"
#include "server/app/intake_rules.hpp"
#include "server/web/intake.hpp"

namespace kenpin::app {

Result<web::IntakePage> intake_page(sqlite::Tx& tx, const SiteId& site, const IntakeRules* rules,
                                    const web::Scope& scope, const web::IntakeQuery& query);
/// Codes of what was found, in words.
std::vector<web::IntakeReason> reasons_in(const std::vector<std::string>& codes, const IntakeRules* rules);
/// Errors: not_found when it is not there or of another shop. Of the buyer's words only lengths come out.
Result<web::IntakeDetail> intake_detail(sqlite::Tx& tx, const SiteId& site, const ImportTools& tools,
                                        const web::Scope& scope, std::int64_t record);
/// Opening it is an event. Errors: not_found (also when it was not kept), refused (erased).
Result<std::vector<web::OriginalRecord>> open_original(const Deciding& deciding, const crypto::Key& key,
                                                       const web::Scope& scope, std::int64_t record,
                                                       const std::string& by);
/// Errors: not_found; refused when that cannot be done with this record, or a correction cannot be read as
/// one order. Nothing has changed then.
Result<web::IntakeDone> act_on_intake(const Deciding& deciding, const ImportTools& tools,
                                      const web::Scope& scope, const web::IntakeAction& action);

}  // namespace kenpin::app
