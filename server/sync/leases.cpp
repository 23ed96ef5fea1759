#include "server/sync/leases.hpp"

#include <algorithm>
#include <iterator>

#include "core/base/limits.hpp"

namespace kenpin::sync {
namespace {

using Docs = std::vector<protocol::HeldDoc>;

bool has(const Docs& docs, const protocol::HeldDoc& wanted, Epoch server) {
    return std::any_of(docs.begin(), docs.end(), [&](const auto& doc) {
        return doc.id == wanted.id && doc.version == wanted.version && doc.server == server;
    });
}

bool has_id(const Docs& docs, const std::string& id) {
    return std::any_of(docs.begin(), docs.end(), [&](const auto& doc) { return doc.id == id; });
}

template <class Id>
void compare(const Docs& held, const Docs& wanted, Epoch server, std::vector<Id>& lacking,
             std::vector<std::string>& gone) {
    for (const auto& doc : wanted)
        if (!has(held, doc, server)) lacking.push_back(Id{doc.id});
    for (const auto& doc : held)
        if (!has_id(wanted, doc.id)) gone.push_back(doc.id);
}

}  // namespace

bool is_over(const Lease& lease, Instant now) {
    return now >= lease.until + limits::lease_grace;
}

bool may_lease(const std::optional<Lease>& standing, const DeviceId& device, Instant now) {
    return !standing || standing->device == device || is_over(*standing, now);
}

Lease new_lease(const ListId& list, const DeviceId& device, Instant now, Millis length) {
    return {list, device, now + length};
}

std::vector<Lease> over(const std::vector<Lease>& leases, Instant now) {
    std::vector<Lease> found;
    std::copy_if(leases.begin(), leases.end(), std::back_inserter(found),
                 [&](const Lease& lease) { return is_over(lease, now); });
    return found;
}

Missing missing_of(const protocol::Hello& hello, const Wanted& wanted, Epoch server) {
    Missing missing;
    compare(hello.lists, wanted.lists, server, missing.lists, missing.gone);
    compare(hello.packs, wanted.packs, server, missing.packs, missing.gone);
    return missing;
}

bool note(Presences& presences, const DeviceId& device, const protocol::Presence& said, Instant now) {
    auto& present = presences[device];
    const bool is_same = present.is_online == said.online && present.role == said.role;
    if (is_same) return false;
    present.is_online = said.online;
    present.role = said.role;
    present.since = now;
    return true;
}

}  // namespace kenpin::sync
