#include "server/store/projection.hpp"

#include <algorithm>

#include "server/store/projectors.hpp"
#include "server/store/work_view.hpp"

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
    if constexpr (requires { e.order.value; }) add(subjects, e.order);
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

// The server and kenpinctl decide; a station only tells what it saw.
bool is_authors_own(const Fold& f) {
    return f.tx
        .value<Epoch>("SELECT epoch FROM opening WHERE site = ? AND device = ? AND epoch = ?", f.site,
                      f.device(), f.stored.event.epoch)
        .has_value();
}

Effect judge(const Fold& f, const plan::SiteRules& rules) {
    const auto& body = f.stored.event.body;
    auto verdict = plan::judge_device_event(body, work_view(f.tx, f.site, body), rules);
    if (const auto* evidence = std::get_if<plan::KeptAsEvidence>(&verdict))
        return no_effect(evidence->reason);
    return {"", std::move(std::get<plan::Effective>(verdict).followed_by)};
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

Effect project(sqlite::Tx& tx, const SiteId& site, const StoredEvent& stored, const plan::SiteRules& rules) {
    const Fold f{tx, site, stored};
    note_subjects(f);
    Effect judged;
    if (!is_authors_own(f)) judged = judge(f, rules);
    if (!judged.no_effect_because.empty()) return judged;
    auto effect = std::visit([&](const auto& body) { return fold(f, body); }, stored.event.body);
    if (effect.no_effect_because.empty()) effect.followed_by = std::move(judged.followed_by);
    return effect;
}

}  // namespace kenpin::store
