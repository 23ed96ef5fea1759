#include "server/store/projection.hpp"

#include <algorithm>

#include "server/store/projectors.hpp"

namespace kenpin::store {
namespace {

using Subjects = std::vector<std::pair<std::string, std::string>>;

void add(Subjects& subjects, const char* kind, const std::string& id) {
    const std::pair<std::string, std::string> subject{kind, id};
    if (std::find(subjects.begin(), subjects.end(), subject) == subjects.end()) subjects.push_back(subject);
}
void add(Subjects& subjects, const ShipmentId& id) {
    add(subjects, "shipment", id.value);
}
void add(Subjects& subjects, const ListId& id) {
    add(subjects, "list", id.value);
}
void add(Subjects& subjects, const OrderId& id) {
    add(subjects, "order", id.value);
}
template <class Id>
void add(Subjects& subjects, const std::optional<Id>& id) {
    if (id) add(subjects, *id);
}

// By the fields that kinds of events share, so that a new kind is found by its shipment without a line here.
template <class E>
Subjects subjects_in(const E& e) {
    Subjects subjects;
    if constexpr (requires { e.shipment; }) add(subjects, e.shipment);
    if constexpr (requires { e.list; }) add(subjects, e.list);
    if constexpr (requires { e.order.id; }) add(subjects, e.order.id);
    if constexpr (requires { e.orders; })
        for (const auto& order : e.orders) add(subjects, order);
    if constexpr (requires { e.slots; })
        for (const auto& slot : e.slots) add(subjects, slot.shipment);
    return subjects;
}

void note_subjects(const Fold& f) {
    for (const auto& [kind, id] : subjects_of(f.stored.event.body))
        f.tx.run("INSERT INTO event_subject (site, kind, id, position) VALUES (?, ?, ?, ?)", f.site, kind, id,
                 f.stored.position);
}

}  // namespace

Subjects subjects_of(const protocol::Body& body) {
    return std::visit([](const auto& e) { return subjects_in(e); }, body);
}

bool is_about_another(const protocol::Body& body, const ShipmentId& shipment) {
    const auto subjects = subjects_of(body);
    const auto is_shipment = [](const auto& subject) { return subject.first == "shipment"; };
    const auto is_this = [&](const auto& subject) {
        return is_shipment(subject) && subject.second == shipment.value;
    };
    return std::any_of(subjects.begin(), subjects.end(), is_shipment) &&
           std::none_of(subjects.begin(), subjects.end(), is_this);
}

Effect project(sqlite::Tx& tx, const SiteId& site, const StoredEvent& stored) {
    const Fold f{tx, site, stored};
    note_subjects(f);
    return std::visit([&](const auto& body) { return fold(f, body); }, stored.event.body);
}

}  // namespace kenpin::store
