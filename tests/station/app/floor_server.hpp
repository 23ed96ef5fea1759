#pragma once
// The server's end of the line for tests of a station: answers hello with documents, keeps every event once,
// and acknowledges. Over a real broker.
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "adaptors/mqtt/mqtt.hpp"
#include "core/base/inbox.hpp"
#include "core/base/latest.hpp"
#include "core/protocol/messages.hpp"

namespace kenpin::test {

class FloorServer {
public:
    FloorServer(SiteId site, std::uint16_t port, std::string password, protocol::Snapshot documents);
    ~FloorServer();

    /// Everything received so far, as it came, each once.
    std::vector<protocol::Event> events() const;

private:
    void run(const std::stop_token& end);
    void take(const mqtt::Message& message);
    void answer_hello(const DeviceId& device, const std::string& payload);
    void take_events(const DeviceId& device, const std::string& payload);

    SiteId site_;
    protocol::Snapshot documents_;
    mqtt::ConnectOptions broker_;
    std::vector<protocol::Event> stored_;
    std::map<Epoch, Seq> upto_;
    Latest<std::vector<protocol::Event>> told_;
    Inbox<mqtt::Event> inbox_{1'024};
    mqtt::Mqtt line_{[this](mqtt::Event event) { return inbox_.post(std::move(event)); }};
    std::jthread thread_;
};

}  // namespace kenpin::test
