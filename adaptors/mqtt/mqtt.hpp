#pragma once
// Mqtt: one connection to the broker (the only home of Paho). MQTT 5, clean start, QoS 0, nothing stored,
// buffered or reconnected by the library: what must not be lost is kept by its owner, who also decides when
// to connect again.
//
//   connect() ──> Connected ──> Message… ──> Lost
//            └──> Failed                      └── the owner waits a moment, then connect() again: a new
//            client object
//
// Thread: the owner's thread calls; events come from Paho's threads through `post`, which must only put them
// into an inbox. One Mqtt per process: Paho's clients share two threads, and a second one slows the first by
// seconds.
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/private.hpp"
#include "core/base/result.hpp"

namespace kenpin::mqtt {

struct Will {  // published by the broker, retained, when the connection dies without disconnect()
    std::string topic;
    std::string payload;
};

struct ConnectOptions {
    std::string host = "127.0.0.1";
    std::uint16_t port = 1883;
    std::string client_id;  // unique at the broker; a second one with the same id throws the first out
    std::string user{};     // the account; empty: none
    Private<std::string> password{};
    std::chrono::seconds keep_alive{15};
    std::chrono::seconds give_up{5};  // Failed after this
    std::optional<Will> will{};
};

struct Connected {};
struct Failed {  // a connect that did not succeed, or a subscription that was refused
    std::string why;
};
struct Lost {
    std::string why;
};
struct Message {
    std::string topic;
    std::string payload;
};
using Event = std::variant<Connected, Failed, Lost, Message>;

/// False: there was no room, the event is gone. The owner's own timers recover from that.
using Post = std::function<bool(Event)>;

enum class Keep { no, retained };

class Mqtt {
public:
    explicit Mqtt(Post post);
    Mqtt(const Mqtt&) = delete;
    Mqtt& operator=(const Mqtt&) = delete;
    ~Mqtt();  // as disconnect()

    /// Drops a former connection without an event and begins a new one; Connected or Failed follows. After
    /// Lost or Failed, call it some milliseconds later, not at once: Paho's thread may still be on its way
    /// out of the old client.
    Outcome connect(const ConnectOptions& options);
    /// Asks for `topics`. Needs no waiting: the broker handles what one connection sends in its order.
    Outcome subscribe(const std::vector<std::string>& topics);
    /// Hands `payload` to the library at QoS 0. Error{unreachable} without a connection. That it worked
    /// proves nothing: a publish that the broker's ACL refuses is dropped without a word.
    Outcome publish(const std::string& topic, const std::string& payload, Keep keep = Keep::no);
    /// Ends the connection in good order (the will is not published), at most a second. No event follows.
    void disconnect();

    /// True when our connect() stands before the C library's, so that every TCP socket of the process is set
    /// to TCP_NODELAY. Without it each acknowledgement waits 40 ms for the broker's delayed one.
    static bool sends_without_delay();

private:
    class Link;
    Post post_;
    std::unique_ptr<Link> link_;
};

}  // namespace kenpin::mqtt
