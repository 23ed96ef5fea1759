#include "server/web/access.hpp"

namespace kenpin::web {
namespace {

bool is_nobody(const Caller& caller) {
    return !caller.is_admin && !caller.shop && !caller.device;
}

bool may(const Caller& caller, Access wanted) {
    switch (wanted) {
        case Access::open:
            return true;
        case Access::shop:
            return caller.is_admin || caller.shop.has_value();
        case Access::admin:
            return caller.is_admin;
        case Access::device:
            return caller.device.has_value();
    }
    return false;
}

}  // namespace

Entry entry(const Caller& caller, Access wanted) {
    if (may(caller, wanted)) return Entry::granted;
    return is_nobody(caller) ? Entry::unauthorised : Entry::forbidden;
}

}  // namespace kenpin::web
