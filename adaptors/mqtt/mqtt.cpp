#include "adaptors/mqtt/mqtt.hpp"

#include <atomic>
#include <utility>

#include <mqtt/async_client.h>

#include "adaptors/mqtt/nodelay.hpp"

namespace kenpin::mqtt {
namespace {

namespace paho = ::mqtt;
constexpr std::chrono::milliseconds farewell{1'000};

Error unreachable(const std::string& what) {
    return Error{Error::Kind::unreachable, "mqtt: " + what};
}

paho::create_options create_options_of_ours() {
    return paho::create_options_builder()
        .mqtt_version(MQTTVERSION_5)
        .send_while_disconnected(false)
        .restore_messages(false)
        .persist_qos0(false)
        .finalize();
}

paho::connect_options connect_options_from(const ConnectOptions& options) {
    paho::connect_options out;
    out.set_mqtt_version(MQTTVERSION_5);
    out.set_clean_start(true);
    out.set_automatic_reconnect(false);
    out.set_keep_alive_interval(options.keep_alive);
    out.set_connect_timeout(options.give_up);
    if (!options.user.empty()) {
        out.set_user_name(options.user);
        out.set_password(options.password.reveal());
    }
    if (options.will)
        out.set_will(paho::will_options(options.will->topic, options.will->payload.data(),
                                        options.will->payload.size(), 0, true));
    return out;
}

std::string why_failed(const paho::token& token) {
    return "code " + std::to_string(token.get_return_code()) + ", reason " +
           std::to_string(token.get_reason_code());
}

}  // namespace

// One Paho client and its callbacks. Dies as a whole; nothing of it is used again after a failure.
class Mqtt::Link : paho::callback {
public:
    Link(const ConnectOptions& options, const Post& post)
        : post_(post),
          client_("tcp://" + options.host + ":" + std::to_string(options.port), options.client_id,
                  create_options_of_ours()) {
        client_.set_callback(*this);
        client_.connect(connect_options_from(options), nullptr, on_connect_);
    }
    Link(const Link&) = delete;
    Link& operator=(const Link&) = delete;

    ~Link() override {
        is_mute_ = true;
        try {
            if (client_.is_connected()) client_.disconnect(0)->wait_for(farewell);
        } catch (const std::exception&) {
            return;  // it was lost meanwhile: nothing is left to end
        }
    }

    paho::async_client& client() { return client_; }

    void subscribe(const std::vector<std::string>& topics) {
        const auto list = paho::string_collection::create(topics);
        client_.subscribe(list, paho::iasync_client::qos_collection(topics.size(), 0), nullptr,
                          on_subscribe_);
    }

private:
    struct OnConnect : paho::iaction_listener {
        explicit OnConnect(Link& owner) : link(owner) {}
        void on_failure(const paho::token& token) override {
            link.tell(Failed{"connect: " + why_failed(token)});
        }
        void on_success(const paho::token&) override { link.tell(Connected{}); }
        Link& link;
    };
    struct OnSubscribe : paho::iaction_listener {
        explicit OnSubscribe(Link& owner) : link(owner) {}
        void on_failure(const paho::token& token) override {
            link.tell(Failed{"subscribe: " + why_failed(token)});
        }
        void on_success(const paho::token&) override {}
        Link& link;
    };

    void connection_lost(const std::string& cause) override { tell(Lost{cause}); }
    void message_arrived(paho::const_message_ptr message) override {
        tell(Message{message->get_topic(), message->get_payload_str()});
    }
    void tell(Event event) {
        if (!is_mute_) (void)post_(std::move(event));  // no room: the owner's timers recover
    }

    const Post& post_;
    std::atomic<bool> is_mute_ = false;
    OnConnect on_connect_{*this};
    OnSubscribe on_subscribe_{*this};
    paho::async_client client_;  // last: its callbacks use all above
};

Mqtt::Mqtt(Post post) : post_(std::move(post)) {}

Mqtt::~Mqtt() = default;

Outcome Mqtt::connect(const ConnectOptions& options) {
    link_.reset();  // first the old one: two clients in one process wait for each other
    try {
        link_ = std::make_unique<Link>(options, post_);
    } catch (const std::exception& thrown) {
        return unreachable(thrown.what());
    }
    return Done{};
}

Outcome Mqtt::subscribe(const std::vector<std::string>& topics) {
    if (!link_) return unreachable("not connected");
    try {
        link_->subscribe(topics);
    } catch (const std::exception& thrown) {
        return unreachable(thrown.what());
    }
    return Done{};
}

Outcome Mqtt::publish(const std::string& topic, const std::string& payload, Keep keep) {
    if (!link_) return unreachable("not connected");
    try {
        link_->client().publish(topic, payload.data(), payload.size(), 0, keep == Keep::retained);
    } catch (const std::exception& thrown) {
        return unreachable(thrown.what());
    }
    return Done{};
}

void Mqtt::disconnect() {
    link_.reset();
}

bool Mqtt::sends_without_delay() {
    return connect_is_ours();
}

}  // namespace kenpin::mqtt
