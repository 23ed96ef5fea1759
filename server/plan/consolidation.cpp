#include "server/plan/consolidation.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace kenpin::plan {
namespace {

using Group = std::vector<const WaitingOrder*>;

// Whose order it is, as far as orders may go together at all.
using Person = std::tuple<std::string, std::string, std::string, std::string>;
Person person_of(const WaitingOrder& order, AcrossShops across) {
    return {order.owner.value, across == AcrossShops::no ? order.shop.value : std::string{},
            order.addressee.name, order.addressee.address};
}

// A number that is missing fits the only one there is; with several it would be a guess.
std::vector<Group> by_phone(const Group& same_name_and_address) {
    std::map<std::string, Group> groups;
    for (const auto* order : same_name_and_address) groups[order->addressee.phone].push_back(order);
    if (groups.size() == 2 && groups.begin()->first.empty()) return {same_name_and_address};
    std::vector<Group> found;
    for (auto& [phone, group] : groups) found.push_back(std::move(group));
    return found;
}

std::vector<OrderId> ids(const Group& group) {
    std::vector<OrderId> orders;
    for (const auto* order : group) orders.push_back(order->order);
    return orders;
}

bool is_several(const Group& group) {
    return std::any_of(group.begin(), group.end(),
                       [&](const WaitingOrder* order) { return order->order != group.front()->order; });
}

template <class Value>
bool differs(const Group& group, Value value) {
    return std::any_of(group.begin(), group.end(),
                       [&](const WaitingOrder* order) { return value(*order) != value(*group.front()); });
}

std::set<std::string> differences(const Group& group) {
    std::set<std::string> found;
    if (differs(group, [](const WaitingOrder& order) { return order.is_cod; })) found.insert("cod");
    if (differs(group, [](const WaitingOrder& order) { return order.wished_day; })) found.insert("day");
    if (differs(group, [](const WaitingOrder& order) { return order.temperature; }))
        found.insert("temperature");
    if (differs(group, [](const WaitingOrder& order) { return order.is_gift; })) found.insert("gift");
    return found;
}

std::vector<std::vector<OrderId>> offers_of(const Group& group) {
    std::map<std::tuple<bool, bool, std::optional<Day>, std::string>, Group> alike;
    for (const auto* order : group)
        alike[{order->is_cod, order->is_gift, order->wished_day, order->temperature}].push_back(order);
    std::vector<std::vector<OrderId>> offers;
    for (const auto& [how, orders] : alike)
        if (is_several(orders)) offers.push_back(ids(orders));
    return offers;
}

}  // namespace

std::vector<SameAddressee> consolidations(const std::vector<WaitingOrder>& waiting, AcrossShops across) {
    std::map<Person, Group> persons;
    for (const auto& order : waiting) persons[person_of(order, across)].push_back(&order);
    std::vector<Group> groups;
    for (const auto& [person, orders] : persons)
        for (auto& group : by_phone(orders))
            if (is_several(group)) groups.push_back(std::move(group));
    std::sort(groups.begin(), groups.end(),
              [](const Group& l, const Group& r) { return l.front() < r.front(); });
    std::vector<SameAddressee> found;
    for (const auto& group : groups) found.push_back({ids(group), differences(group), offers_of(group)});
    return found;
}

}  // namespace kenpin::plan
