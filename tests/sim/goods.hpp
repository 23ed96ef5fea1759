#pragma once
// The small warehouse of one seed as its files say it, and the truth about it that invariants are compared
// with: which code is on which goods, which order wants what, which waybill lies ready for it.
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/base/ids.hpp"
#include "tests/sim/chance.hpp"

namespace kenpin::sim {

inline const ShopId prints_itself{"HONTEN"};   // 自社印字
inline const ShopId gets_them_before{"MALL"};  // 先出し

struct OrderToCome {
    ShopId shop;
    std::string number;        // in the shop
    std::string json;          // as the shop sends it
    std::map<Sku, Qty> wants;  // what it says
    TrackingNo lying_waybill;  // of an order whose waybill is there before it is packed; else empty
    int versions = 1;          // the shop may change it
    std::vector<TrackingNo> former_waybills;  // of the versions before

    OrderId id() const { return OrderId{shop.value + ":" + number}; }
};

struct Goods {
    std::map<std::string, std::string> files;  // master table -> CSV
    std::vector<OrderToCome> orders;           // in the order in which they come
    std::map<Sku, std::string> codes;          // one piece
    std::vector<LocationCode> locations;
    int totes = 0;
    std::vector<DeviceId> pickers, packers;

    static Goods made_up(Chance& chance);
    /// The order as its shop wants it now: mostly with other lines.
    OrderToCome said_anew(const OrderToCome& order, Chance& chance) const;
    /// The carrier's software gives it another waybill: the one before is void.
    void issue_anew(OrderToCome& order) const;
    /// The carrier's return file for the orders that have come.
    std::string return_file(std::size_t orders_come) const;
};

ToteCode tote(int number);  // from 1
/// Every station has its own worker.
std::string badge_of(const DeviceId& station);

}  // namespace kenpin::sim
