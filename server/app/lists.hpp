#pragma once
// Lists and whose they are: leases of devices in contact are renewed, a supervisor takes a list back.
#include <string>
#include <vector>

#include "server/app/deciding.hpp"
#include "server/web/views.hpp"

namespace kenpin::app {

/// Lists of the device of whose lease less than half is left; also those whose time is over, while nobody
/// else has taken them.
std::vector<ListId> leases_to_renew(sqlite::Tx& tx, const SiteSettings& site, const DeviceId& device,
                                    Instant now);

/// Takes the list from whoever has it. Error{not_found}: no such list, or finished.
Result<web::ListView> revoke_list(const Deciding& deciding, const ListId& list, const std::string& by);

}  // namespace kenpin::app
