#include "server/app/lists.hpp"

#include <algorithm>

#include "server/app/views.hpp"
#include "server/store/document_rows.hpp"
#include "server/store/floor.hpp"

namespace kenpin::app {

std::vector<ListId> leases_to_renew(sqlite::Tx& tx, const SiteSettings& site, const DeviceId& device,
                                    Instant now) {
    std::vector<ListId> due;
    for (const auto& row : store::unfinished_lists(tx, site.site))
        if (row.leased_to == device && row.leased_until - now < site.lease / 2) due.push_back(row.list);
    return due;
}

Result<web::ListView> revoke_list(const Deciding& deciding, const ListId& list, const std::string& by) {
    const auto& site = deciding.site.site;
    for (const auto& row : store::unfinished_lists(deciding.tx, site))
        if (row.list == list && row.leased_to) {
            deciding.decide(protocol::ListRevoked{list, *row.leased_to, by});
            deciding.changes.revoked.emplace_back(list, *row.leased_to);
            deciding.changes.taken_from.emplace_back(list, *row.leased_to);
            for (const auto& shipment : store::to_be_cancelled(deciding.tx, site, list))
                deciding.decide(protocol::ShipmentCancelled{shipment});
        }
    const auto rows = store::unfinished_lists(deciding.tx, site);
    const auto found =
        std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.list == list; });
    if (found == rows.end()) return Error{Error::Kind::not_found, "list"};
    return to_view(*found);
}

}  // namespace kenpin::app
