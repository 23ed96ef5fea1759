#pragma once
// Who may ask for what. A shop sees its own orders and shipments; the administrator's key sees all; a device
// (its broker account) fetches print documents and nothing else. Health and the board need no key: they hold
// no personal data and no secrets.
#include <optional>

#include "core/base/ids.hpp"

namespace kenpin::web {

enum class Access { open, shop, admin, device };

struct Caller {
    bool is_admin = false;
    std::optional<ShopId> shop{};
    std::optional<DeviceId> device{};
};

enum class Entry { granted, unauthorised, forbidden };  // nobody we know / known, but not for this

Entry entry(const Caller& caller, Access wanted);

}  // namespace kenpin::web
