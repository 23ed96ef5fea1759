#include "tests/station/app/floor_server.hpp"

#include <doctest/doctest.h>

namespace kenpin::test {

FloorServer::FloorServer(SiteId site, std::uint16_t port, std::string password, protocol::Snapshot documents)
    : site_(std::move(site)), documents_(std::move(documents)) {
    broker_.port = port;
    broker_.client_id = "server";
    broker_.user = "server";
    broker_.password = Private<std::string>(std::move(password));
    thread_ = std::jthread([this](const std::stop_token& end) { run(end); });
}

FloorServer::~FloorServer() {
    thread_.request_stop();
    thread_.join();
    line_.disconnect();
}

std::vector<protocol::Event> FloorServer::events() const {
    return told_.get().value;
}

void FloorServer::run(const std::stop_token& end) {
    (void)line_.connect(broker_);  // Connected or Failed follows
    while (!end.stop_requested())
        for (const auto& event : inbox_.wait_and_take(Millis{50})) {
            if (std::holds_alternative<mqtt::Connected>(event))
                (void)line_.subscribe(protocol::server_subscriptions(site_));
            if (const auto* message = std::get_if<mqtt::Message>(&event)) take(*message);
        }
}

void FloorServer::take(const mqtt::Message& message) {
    const auto topic = protocol::parse_topic(message.topic);
    if (!topic) return;
    if (topic.value().kind == protocol::Topic::hello) answer_hello(topic.value().device, message.payload);
    if (topic.value().kind == protocol::Topic::ev) take_events(topic.value().device, message.payload);
}

void FloorServer::answer_hello(const DeviceId& device, const std::string& payload) {
    const auto hello = protocol::hello_from_json(payload);
    if (!hello) return;
    protocol::Snapshot snapshot = documents_;
    snapshot.epoch = hello.value().lives.back().epoch;
    snapshot.hello = hello.value().number;
    for (const auto& life : hello.value().lives) snapshot.stored.push_back({life.epoch, upto_[life.epoch]});
    (void)line_.publish(protocol::topic(site_, device, protocol::Topic::snapshot), to_json(snapshot));
}

void FloorServer::take_events(const DeviceId& device, const std::string& payload) {
    const auto batch = protocol::batch_from_json(payload, device);
    if (!batch) return;
    auto& upto = upto_[batch.value().epoch];
    for (const auto& event : batch.value().events) {
        if (event.seq.value != upto.value + 1) continue;
        stored_.push_back(event);
        upto = event.seq;
    }
    told_.set(stored_);
    const protocol::Ack ack{
        .epoch = batch.value().epoch, .server = documents_.server, .upto = upto, .expect = Seq{0}};
    (void)line_.publish(protocol::topic(site_, device, protocol::Topic::ack), to_json(ack));
}

}  // namespace kenpin::test
