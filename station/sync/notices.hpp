#pragma once
// What the storage and sync threads tell the station. Each notice is true on disk before it is told.
#include <cstdint>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "core/protocol/documents.hpp"
#include "core/protocol/events.hpp"
#include "core/protocol/messages.hpp"
#include "station/sync/exchange.hpp"

namespace kenpin::sync {

struct EventsStored {  // answers Commit; the events are exactly its bodies, in order, with their identity
    std::uint64_t ticket = 0;
    std::vector<protocol::Event> events;
};
struct CommitRefused {  // answers Commit; nothing of it was stored
    std::uint64_t ticket = 0;
    Error error;
};
struct DocumentsStored {
    StoreDocuments documents;
    Instant received;
};
struct SettingsStored {  // only when they changed
    protocol::Settings settings;
};
struct ServerTime {  // with each snapshot: for the estimate of how the clocks differ
    Instant server;
    Instant device;
};
struct CommandCame {
    protocol::Command command;
    bool is_late = false;
    Instant at{};  // the device's business clock
};
struct AnswersCame {
    Epoch epoch;
    std::vector<protocol::AckNote> notes;
};
struct LinkChanged {
    Shown shown;
};
struct SomethingOdd {  // for the log
    std::string what;
};
using Notice = std::variant<EventsStored, CommitRefused, DocumentsStored, SettingsStored, ServerTime,
                            CommandCame, AnswersCame, LinkChanged, SomethingOdd>;
using Notify = std::function<void(Notice)>;

}  // namespace kenpin::sync
