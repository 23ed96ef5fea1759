#pragma once
// What the broker hands the server, read: the device is taken from the topic, which the broker's ACL guards;
// whatever cannot be read is Garbage to be logged and counted, never a reason to stop or to acknowledge.
#include <string>
#include <string_view>
#include <variant>

#include "core/base/ids.hpp"
#include "core/protocol/messages.hpp"

namespace kenpin::sync {

struct HelloCame {
    DeviceId device;
    protocol::Hello hello;
};
struct BatchCame {
    DeviceId device;
    protocol::EventBatch batch;
};
struct PresenceCame {
    DeviceId device;
    protocol::Presence presence;
};
struct Garbage {
    DeviceId device;  // empty: the topic itself could not be read
    std::string why;  // names a field, never its content
};
using Inbound = std::variant<HelloCame, BatchCame, PresenceCame, Garbage>;

/// How many events it brings; 0 for what is no batch.
std::size_t events_in(const Inbound& came);

Inbound read_inbound(const SiteId& site, std::string_view topic, std::string_view payload);

}  // namespace kenpin::sync
