#include "server/sync/inbound.hpp"

#include <utility>

namespace kenpin::sync {
namespace {

template <class Came, class T>
Inbound came(const DeviceId& device, Result<T> message) {
    if (!message) return Garbage{device, message.error().detail};
    return Came{device, std::move(message).value()};
}

}  // namespace

std::size_t events_in(const Inbound& came) {
    const auto* batch = std::get_if<BatchCame>(&came);
    return batch == nullptr ? 0 : batch->batch.events.size();
}

Inbound read_inbound(const SiteId& site, std::string_view topic, std::string_view payload) {
    const auto parsed = protocol::parse_topic(topic);
    if (!parsed) return Garbage{{}, parsed.error().detail};
    const auto& [of_site, device, kind] = parsed.value();
    if (of_site != site) return Garbage{device, "of another site"};
    switch (kind) {
        case protocol::Topic::hello:
            return came<HelloCame>(device, protocol::hello_from_json(payload));
        case protocol::Topic::ev:
            return came<BatchCame>(device, protocol::batch_from_json(payload, device));
        case protocol::Topic::presence:
            return came<PresenceCame>(device, protocol::presence_from_json(payload));
        case protocol::Topic::ack:
        case protocol::Topic::snapshot:
        case protocol::Topic::doc:
        case protocol::Topic::cmd:
            break;
    }
    return Garbage{device, "a topic that only the server writes"};
}

}  // namespace kenpin::sync
