#include "server/app/writer.hpp"

#include <iterator>
#include <utility>

#include "adaptors/log/log.hpp"
#include "core/base/overloaded.hpp"
#include "core/protocol/messages.hpp"
#include "server/sync/ingest.hpp"

namespace kenpin::app {
namespace {

constexpr std::chrono::milliseconds tick_every{250};
constexpr std::chrono::milliseconds connect_again{
    500};  // Paho's thread may still be on its way out of the old client

std::int64_t steady_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

}  // namespace

Writer::Writer(Floor& floor, mqtt::ConnectOptions broker)
    : floor_(floor),
      broker_(std::move(broker)),
      inbox_(limits::inbox_large),
      mqtt_([this](mqtt::Event event) { return inbox_.post(std::move(event)); }),
      reports_([this](const ReportToSend& report, int http_status) {
          // Refused when full: the row is still due and comes again after a restart or the time-out of its
          // attempt.
          (void)inbox_.post(Job([report, http_status](Floor& f) { f.report_answered(report, http_status); }));
      }),
      alive_ms_(steady_ms()),
      thread_([this] { run(); }) {}

Writer::~Writer() {
    is_stopping_ = true;
    thread_.join();
    take(inbox_.take_all());
    act(floor_.take_effects());
    mqtt_.disconnect();
}

std::chrono::milliseconds Writer::quiet_for() const {
    return std::chrono::milliseconds{steady_ms() - alive_ms_};
}

void Writer::run() {
    while (!is_stopping_) round();
}

void Writer::round() {
    keep_connected();
    take(inbox_.wait_and_take(tick_every));
    if (std::chrono::steady_clock::now() >= tick_at_) {
        tick_at_ = std::chrono::steady_clock::now() + tick_every;
        floor_.tick();
    }
    act(floor_.take_effects());
    alive_ms_ = steady_ms();
}

// What has arrived shares one transaction, up to a size: after a long silence of the network the first
// devices must not wait for the last ones' events, or they send theirs again.
void Writer::hear(std::vector<sync::Inbound> heard) {
    for (auto from = heard.begin(); from != heard.end();) {
        std::size_t events = 0;
        auto upto = from;
        while (upto != heard.end() && events < sync::transaction_events) events += sync::events_in(*upto++);
        floor_.hear({std::make_move_iterator(from), std::make_move_iterator(upto)});
        act(floor_.take_effects());
        from = upto;
    }
    act(floor_.take_effects());  // of a tick
}

void Writer::take(std::vector<Input> inputs) {
    std::vector<sync::Inbound> heard;
    for (const auto& input : inputs)
        if (const auto* event = std::get_if<mqtt::Event>(&input)) take(*event, heard);
    hear(std::move(heard));
    for (const auto& input : inputs)
        if (const auto* job = std::get_if<Job>(&input)) {
            (*job)(floor_);
            act(floor_.take_effects());
        }
}

void Writer::take(const mqtt::Event& event, std::vector<sync::Inbound>& heard) {
    std::visit(
        Overloaded{[&](const mqtt::Connected&) {
                       is_connecting_ = false;
                       is_connected_ = true;
                       log::info("broker: connected");
                   },
                   [&](const mqtt::Failed& failed) {
                       is_connecting_ = is_connected_ = false;
                       log::warn("broker: ", failed.why);
                   },
                   [&](const mqtt::Lost& lost) {
                       is_connecting_ = is_connected_ = false;
                       log::warn("broker: lost: ", lost.why);
                   },
                   [&](const mqtt::Message& message) {
                       heard.push_back(sync::read_inbound(floor_.site(), message.topic, message.payload));
                   }},
        event);
    if (!is_connected_ && !is_connecting_) connect_at_ = std::chrono::steady_clock::now() + connect_again;
    if (std::holds_alternative<mqtt::Connected>(event)) {
        const auto subscribed = mqtt_.subscribe(protocol::server_subscriptions(floor_.site()));
        if (!subscribed) log::warn("broker: ", subscribed.error().detail);
    }
}

// Once for each reason, not twice a second while the broker is away.
void Writer::complain(const std::string& why) {
    if (why != complained_) log::warn("broker: ", why);
    complained_ = why;
}

void Writer::keep_connected() {
    if (is_connected_ || is_connecting_ || std::chrono::steady_clock::now() < connect_at_) return;
    is_connecting_ = true;
    const auto begun = mqtt_.connect(broker_);
    if (begun) return;
    is_connecting_ = false;
    connect_at_ = std::chrono::steady_clock::now() + connect_again;
    complain(begun.error().detail);
}

void Writer::act(Effects effects) {
    for (const auto& message : effects.publish) {
        const auto sent =
            mqtt_.publish(protocol::topic(floor_.site(), message.device, message.topic), message.payload);
        // Nothing is lost: the device asks again, or says hello when the broker is back.
        if (!sent && is_connected_) log::warn("broker: ", sent.error().detail);
    }
    for (auto& report : effects.reports)
        if (!reports_.send(report)) floor_.report_not_sent(report.shipment);
    if (!effects.board_changed) return;
    presences_.set(floor_.presences());
    ++board_changes_;
}

}  // namespace kenpin::app
