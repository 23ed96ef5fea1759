#include "server/app/import_stock.hpp"

#include "server/app/intake.hpp"
#include "server/app/master_rows.hpp"
#include "server/store/floor.hpp"

namespace kenpin::app {
namespace {

constexpr std::int64_t most_on_a_shelf = 1'000'000;

protocol::StockRow stock_row(RecordReader& r) {
    protocol::StockRow row{.location = LocationCode{r.needed("location")},
                           .sku = Sku{r.needed("sku")},
                           .lot = LotNo{r.text("lot")},
                           .expiry = parse_day(r.text("expiry")),
                           .qty = Qty{static_cast<int>(r.needed_integer("qty", 0, most_on_a_shelf))}};
    if (!r.text("expiry").empty() && !row.expiry) r.wrong("expiry", "bad_value");
    return row;
}

}  // namespace

web::ImportAnswer import_stock(const Deciding& deciding, const plan::Table& table) {
    web::ImportAnswer answer;
    if (!store::stock_rows(deciding.tx, deciding.site.site).empty()) {
        answer.refused.push_back({.field = {}, .reason = "stock_already_here"});
        return answer;
    }
    answer.refused = bad_rows(table);
    protocol::StockReceived received{deciding.site.owner, "opening", {}};
    for (const auto& record : table.rows) {
        RecordReader reader(table, record);
        auto row = stock_row(reader);
        answer.refused.insert(answer.refused.end(), reader.problems().begin(), reader.problems().end());
        if (reader.problems().empty() && row.qty.value > 0) received.rows.push_back(std::move(row));
    }
    answer.taken = static_cast<int>(received.rows.size());
    if (answer.taken == 0) return answer;
    deciding.decide(std::move(received));
    allocate(deciding, deciding.site.owner);
    return answer;
}

}  // namespace kenpin::app
