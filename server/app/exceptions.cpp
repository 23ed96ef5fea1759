#include "server/app/exceptions.hpp"

#include <charconv>
#include <optional>
#include <string>

#include "server/store/exceptions.hpp"
#include "server/store/shipments.hpp"

namespace kenpin::app {
namespace {

template <class Id>
std::optional<Id> unless_empty(const std::string& text) {
    if (text.empty()) return std::nullopt;
    return Id{text};
}

std::optional<Instant> unless_never(Instant at) {
    if (at == Instant{}) return std::nullopt;
    return at;
}

web::ExceptionView to_view(const store::ExceptionRow& row) {
    return {.number = row.number,
            .reason = row.reason,
            .what = row.what,
            .device = row.device,
            .worker = unless_empty<WorkerId>(row.worker),
            .list = unless_empty<ListId>(row.list),
            .shipment = unless_empty<ShipmentId>(row.shipment),
            .kept_at = row.kept_at,
            .done_device = unless_empty<DeviceId>(row.done_device.value),
            .done_worker = unless_empty<WorkerId>(row.done_worker),
            .done_at = unless_never(row.done_at),
            .is_settled = row.state == "settled",
            .settled_at = unless_never(row.settled_at),
            .settled_by = row.settled_by,
            .note = row.note,
            .sku = unless_empty<Sku>(row.sku.value),
            .orders = {}};
}

web::ExceptionView to_view(sqlite::Tx& tx, const SiteId& site, const store::ExceptionRow& row) {
    auto view = to_view(row);
    if (view.shipment)
        if (auto shipment = store::shipment_row(tx, site, *view.shipment))
            view.orders = std::move(shipment->order_numbers);
    return view;
}

std::int64_t number_of(const std::string& text) {
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

}  // namespace

Result<std::vector<web::ExceptionView>> exception_views(sqlite::Tx& tx, const SiteId& site,
                                                        const web::Page& page) {
    std::vector<web::ExceptionView> views;
    for (const auto& row : store::open_exceptions(tx, site, number_of(page.after), page.limit))
        views.push_back(to_view(tx, site, row));
    return views;
}

Result<web::ExceptionView> settle_exception(const Deciding& deciding, std::int64_t number,
                                            const web::Settling& settling) {
    const auto& site = deciding.site.site;
    const auto row = store::exception_row(deciding.tx, site, number);
    if (!row) return Error{Error::Kind::not_found, "exception"};
    if (row->state == "open") deciding.decide(protocol::ExceptionSettled{number, settling.note, settling.by});
    return to_view(deciding.tx, site, *store::exception_row(deciding.tx, site, number));
}

}  // namespace kenpin::app
