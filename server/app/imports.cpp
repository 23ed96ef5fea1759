#include "server/app/imports.hpp"

#include <map>
#include <set>
#include <utility>

#include "core/base/limits.hpp"
#include "server/app/import_masters.hpp"
#include "server/app/import_stock.hpp"
#include "server/app/import_waybills.hpp"
#include "server/app/intake.hpp"
#include "server/app/master_rows.hpp"
#include "server/shops/order_json.hpp"
#include "server/shops/shop_file.hpp"
#include "server/store/masters.hpp"

namespace kenpin::app {
namespace {

void add(web::ImportAnswer& answer, const web::OrderAnswer& order, const std::string& number, int line) {
    if (std::holds_alternative<web::OrderTaken>(order)) ++answer.taken;
    if (std::holds_alternative<web::OrderUnchanged>(order)) ++answer.unchanged;
    if (std::holds_alternative<web::OrderConflicts>(order))
        answer.refused.push_back({.reason = "conflict", .record = number, .line = line});
    if (const auto* wrong = std::get_if<web::OrderNotAcceptable>(&order))
        for (auto reason : wrong->reasons) {
            reason.record = number;
            reason.line = line;
            answer.refused.push_back(std::move(reason));
        }
}

std::optional<store::ShopRow> shop_row(const Deciding& deciding, const ShopId& shop) {
    for (auto& row : store::shops(deciding.tx, deciding.site.site))
        if (row.shop == shop) return row;
    return std::nullopt;
}

int line_of(const std::vector<int>& records) {
    return records.empty() ? 0 : records.front() + 1;
}

web::ImportAnswer refused(const char* reason) {
    web::ImportAnswer answer;
    answer.refused.push_back({.field = {}, .reason = reason});
    return answer;
}

Result<web::ImportAnswer> import_orders(const Deciding& deciding, const crypto::Key& key,
                                        const web::ImportFile& file) {
    const auto rules = file.shop ? rules_of(deciding, *file.shop) : std::nullopt;
    const auto row = file.shop ? shop_row(deciding, *file.shop) : std::nullopt;
    if (!rules || !row) return refused("unknown_shop");
    if (row->order_profile != "rakuten") return refused("no_file_profile");
    const auto read = shops::read_shop_file(file.body, shops::rakuten_profile());
    if (!read) return refused("not_this_format");
    const AsReceived received{file.body, file.file_name.empty() ? "orders" : file.file_name};
    web::ImportAnswer answer;
    for (const auto& wrong : read.value().refused) {
        refuse_order(deciding, key, *rules, wrong.number_in_shop, wrong.problems, received);
        add(answer, web::OrderNotAcceptable{reasons_of(wrong.problems)}, wrong.number_in_shop,
            line_of(wrong.records));
    }
    for (const auto& order : read.value().orders)
        add(answer, take_order(deciding, key, *rules, order, received), order.number_in_shop,
            line_of(order.records));
    allocate(deciding, rules->owner);
    return answer;
}

/// What a file changed beside its answer stands in the chain: which table, how many rows, which content.
void note_import(const Deciding& deciding, const web::ImportFile& file, const web::ImportAnswer& answer) {
    deciding.decide(
        protocol::MasterImported{std::string(web::name(file.table)), answer.taken, crypto::hash(file.body)});
}

}  // namespace

Result<web::ImportAnswer> import_file(const Deciding& deciding, const crypto::Key& key,
                                      const web::ImportFile& file) {
    if (file.table == web::Table::orders) return import_orders(deciding, key, file);
    if (file.table == web::Table::waybills) return import_waybills(deciding, file);
    const auto table = read_csv(file.body);
    if (!table) return refused("not_this_format");
    if (file.table == web::Table::stock) return import_stock(deciding, table.value());
    auto answer = import_master(deciding, file.table, table.value());
    if (answer.taken > 0) note_import(deciding, file, answer);
    return answer;
}

}  // namespace kenpin::app
