#include "server/app/imports.hpp"

#include <algorithm>
#include <utility>

#include "core/base/limits.hpp"
#include "server/app/import_masters.hpp"
#include "server/app/import_stock.hpp"
#include "server/app/import_waybills.hpp"
#include "server/app/intake.hpp"
#include "server/app/intake_desk.hpp"
#include "server/app/master_rows.hpp"
#include "server/app/order_files.hpp"
#include "server/app/retake.hpp"
#include "server/plan/shown_name.hpp"
#include "server/store/masters.hpp"

namespace kenpin::app {
namespace {

void add(web::ImportAnswer& answer, const Taken& taken, const IntakeRules* rules) {
    const bool is_stored = taken.shipments > 0;
    answer.records->push_back(
        {taken.record, taken.number, taken.outcome, is_stored, reasons_in(taken.codes, rules)});
    if (is_stored || taken.outcome == "skip") return;
    const bool is_conflict = taken.has("E-DUP-CONFLICT");
    web::Reason reason{.field = taken.first_problem.field,
                       .reason = is_conflict ? "conflict" : taken.first_problem.reason};
    reason.record = taken.number;
    reason.line = taken.record + 1;
    answer.refused.push_back(std::move(reason));
}

std::optional<store::ShopRow> shop_row(const Deciding& deciding, const ShopId& shop) {
    for (auto& row : store::shops(deciding.tx, deciding.site.site))
        if (row.shop == shop) return row;
    return std::nullopt;
}

web::ImportAnswer refused(const char* reason) {
    web::ImportAnswer answer;
    answer.refused.push_back({.field = {}, .reason = reason});
    return answer;
}

// Why a file is refused whole, as the web says it.
const char* reason_of_file(const std::string& code) {
    const std::pair<const char*, const char*> known[] = {
        {"E-WHICH-SHOP", "shop_needed"}, {"E-WORKBOOK", "workbook"}, {"E-WEB-PAGE", "web_page"},
        {"E-CHARSET", "old_charset"},    {"E-EMPTY", "empty_file"},  {"E-SHOP", "other_shop"}};
    for (const auto& [of, reason] : known)
        if (code == of) return reason;
    return "not_this_format";
}

Result<web::ImportAnswer> import_orders(const Deciding& deciding, const ImportTools& tools,
                                        const web::ImportFile& file) {
    const auto row = file.shop ? shop_row(deciding, *file.shop) : std::nullopt;
    if (file.shop && !row) return refused("unknown_shop");
    const auto& profiles = tools.rules ? tools.rules->profiles : std::vector<shops::ShopProfile>{};
    const bool has_profile = !row || std::any_of(profiles.begin(), profiles.end(), [&](const auto& profile) {
        return profile.name == row->order_profile;
    });
    if (!has_profile) return refused("no_file_profile");
    web::ImportAnswer answer;
    answer.records.emplace();
    std::string wrong;  // with the file as a whole
    TakenCounts counts;
    OrderImport import(*tools.rules, tools.key, [&](const auto& work) -> Outcome {
        work(deciding);
        return Done{};
    });
    const auto name = file.file_name.empty() ? "orders" : plan::shown_name(file.file_name);
    const auto taken = import.take({{name, file.body}}, file.shop, [&](const Taken& one) {
        if (one.first_problem.field == "file") wrong = one.first_problem.reason;
        add(answer, one, tools.rules);
        counts.add(one);
        if (one.has("W-NO-ORDERS")) answer.notes.emplace_back("no_orders");
    });
    if (!taken && taken.error().kind == Error::Kind::not_found) return refused("no_file_profile");
    if (!taken) return taken.error();
    if (!wrong.empty()) return refused(reason_of_file(wrong));
    for (const auto& owner : import.owners()) allocate(deciding, owner);
    answer.taken = counts.taken;
    answer.unchanged = counts.unchanged;
    answer.released = counts.released;
    note_order_file(deciding, {.shop = file.shop ? *file.shop : import.shop().value_or(ShopId{}),
                               .file = name,
                               .content_hash = crypto::hash(file.body),
                               .by = file.by,
                               .taken = counts.taken,
                               .unchanged = counts.unchanged,
                               .refused = counts.refused,
                               .held = counts.held,
                               .released = counts.released});
    return answer;
}

/// What a file changed beside its answer stands in the chain: which table, how many rows, which content.
void note_import(const Deciding& deciding, const web::ImportFile& file, const web::ImportAnswer& answer) {
    deciding.decide(
        protocol::MasterImported{std::string(web::name(file.table)), answer.taken, crypto::hash(file.body)});
}

/// Orders that waited for a code which the table just taken knows.
void heal_waiting(const Deciding& deciding, const ImportTools& tools) {
    for (const auto& owner : retake_waiting(deciding, *tools.rules, tools.key).owners)
        allocate(deciding, owner);
}

}  // namespace

Result<web::ImportAnswer> import_file(const Deciding& deciding, const ImportTools& tools,
                                      const web::ImportFile& file) {
    if (file.table == web::Table::orders) return import_orders(deciding, tools, file);
    if (file.table == web::Table::waybills) return import_waybills(deciding, file);
    const auto table = read_csv(file.body);
    if (!table) return refused("not_this_format");
    if (file.table == web::Table::stock) return import_stock(deciding, table.value());
    auto answer = import_master(deciding, file.table, table.value());
    if (answer.taken == 0) return answer;
    note_import(deciding, file, answer);
    const bool names_codes = file.table == web::Table::items || file.table == web::Table::shop_items;
    if (tools.rules && names_codes) heal_waiting(deciding, tools);
    return answer;
}

}  // namespace kenpin::app
