#include "server/app/import_waybills.hpp"

#include <map>
#include <set>

#include "server/carriers/yamato_return.hpp"
#include "server/plan/bind_waybills.hpp"
#include "server/store/shipments.hpp"

namespace kenpin::app {
namespace {

/// Addressees of each order, to know whether its management numbers carry one. Of an order that was changed
/// each has several shipments.
std::map<std::string, std::set<int>> addressees(const std::vector<store::ShipmentRow>& rows) {
    std::map<std::string, std::set<int>> of_order;
    for (const auto& row : rows)
        if (!row.order_numbers.empty()) of_order[row.order_numbers.front()].insert(row.ship_to);
    return of_order;
}

plan::ShipmentForWaybill asked(const Deciding& deciding, const store::ShipmentRow& row) {
    plan::ShipmentForWaybill shipment{row.shipment, row.way, row.covers, row.states.work, row.pieces, {}};
    for (const auto& piece : store::pieces_of(deciding.tx, deciding.site.site, row.owner, row.shipment))
        if (piece.live) shipment.numbers[piece.no] = *piece.live;
    return shipment;
}

std::vector<store::ShipmentRow> all_shipments(const Deciding& deciding, const std::optional<ShopId>& shop) {
    constexpr int page_rows = 1'000;
    std::vector<store::ShipmentRow> all;
    for (store::ShipmentPage page{.shop = shop, .after = {}, .limit = page_rows};;) {
        auto rows = store::shipment_rows(deciding.tx, deciding.site.site, page);
        const bool is_last = rows.size() < static_cast<std::size_t>(page_rows);
        if (!rows.empty()) page.after = rows.back().shipment.value;
        all.insert(all.end(), std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
        if (is_last) return all;
    }
}

plan::WaybillBook book_for(const Deciding& deciding, const std::vector<plan::ReturnedWaybill>& rows,
                           const std::optional<ShopId>& shop) {
    plan::WaybillBook book;
    const auto shipments = all_shipments(deciding, shop);
    const auto of_order = addressees(shipments);
    for (const auto& row : shipments) {  // the oldest first: what was planned anew stands for the order
        if (row.order_numbers.empty()) continue;
        const auto& number = row.order_numbers.front();
        const auto count = static_cast<int>(of_order.at(number).size());
        book.by_management_number[plan::management_number(number, row.ship_to, count)] = asked(deciding, row);
    }
    for (const auto& row : rows)
        if (const auto whose = store::shipment_of_tracking(deciding.tx, deciding.site.site, row.tracking))
            book.bound[row.tracking] = *whose;
    return book;
}

web::Reason reason_of(const plan::RefusedWaybill& refused) {
    return {
        .field = {}, .reason = refused.reason, .record = refused.management_number, .line = refused.row + 1};
}

}  // namespace

web::ImportAnswer import_waybills(const Deciding& deciding, const web::ImportFile& file) {
    const auto read = carriers::read_yamato_return(file.body);
    web::ImportAnswer answer;
    if (!read) {
        answer.refused.push_back({.field = {}, .reason = "not_this_format"});
        return answer;
    }
    const auto bound =
        plan::bind_waybills(read.value().waybills, book_for(deciding, read.value().waybills, file.shop));
    answer.taken = static_cast<int>(bound.issued.size());
    answer.unchanged = bound.unchanged;
    for (const auto& refused : read.value().refused) answer.refused.push_back(reason_of(refused));
    for (const auto& refused : bound.refused) answer.refused.push_back(reason_of(refused));
    for (const auto& issued : bound.issued) {
        deciding.decide(issued);
        deciding.changes.for_benches.insert(issued.shipment);
    }
    return answer;
}

}  // namespace kenpin::app
