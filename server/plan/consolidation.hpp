#pragma once
// Consolidation (おまとめ・同梱): which waiting orders are for one person at one address, and which of them
// may leave as one shipment. By default within one shop; across the shops of one owner by setting; never
// across owners. Only orders that agree in COD, day, temperature and gift are offered; a person takes the
// offer.
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "server/plan/consolidation_key.hpp"

namespace kenpin::plan {

/// One waiting, accepted order with one addressee; held ones are offered once they are free.
struct WaitingOrder {
    OrderId order;
    OwnerId owner;
    ShopId shop;
    AddresseeHashes addressee;
    bool is_cod = false;
    bool is_gift = false;
    std::optional<Day> wished_day;
    std::string temperature = "ambient";  // the coldest of its goods
};

enum class AcrossShops { no, of_one_owner };

/// Orders of one person at one address, in the order they came; at least two.
struct SameAddressee {
    std::vector<OrderId> orders;
    std::set<std::string> differs;  // "cod", "day", "temperature", "gift": why not all may go together
    std::vector<std::vector<OrderId>> offers;  // those that may go together; each at least two
    bool operator==(const SameAddressee&) const = default;
};

/// Two orders without a telephone number, or one with and one without, match by name and address; two
/// different numbers are two persons. Groups stand in the order of their first order. n log n.
std::vector<SameAddressee> consolidations(const std::vector<WaitingOrder>& waiting, AcrossShops across);

}  // namespace kenpin::plan
