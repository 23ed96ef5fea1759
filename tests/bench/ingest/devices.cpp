#include "tests/bench/ingest/devices.hpp"

#include <algorithm>
#include <array>
#include <deque>

#include <mosquitto.h>
#include <mqtt_protocol.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "core/protocol/messages.hpp"

namespace kenpin::bench {
namespace {

using Clock = std::chrono::steady_clock;
using protocol::Topic;
using std::chrono::milliseconds;

constexpr int keep_alive_s = 60;
constexpr int packets_at_once = 100;
constexpr milliseconds resend_after{2'000};
constexpr std::chrono::seconds patience{60};

struct Message {
    Seq last;
    std::string payload;
};

std::vector<Message> messages_of(const DeviceScript& script, const LoadPlan& plan) {
    std::vector<Message> messages;
    const auto count =
        plan.most_events == 0 ? script.events.size() : std::min(plan.most_events, script.events.size());
    for (std::size_t at = 0; at < count; at += plan.events_a_message) {
        const auto from = script.events.begin() + static_cast<std::ptrdiff_t>(at);
        const auto upto =
            script.events.begin() + static_cast<std::ptrdiff_t>(std::min(at + plan.events_a_message, count));
        messages.push_back({std::prev(upto)->seq, to_json(protocol::EventBatch{script.epoch, {from, upto}})});
    }
    return messages;
}

class Device {
public:
    Device(const DeviceScript& script, const LoadPlan& plan)
        : name_(script.device.value),
          topic_(protocol::topic(ingest_site, script.device, Topic::ev)),
          ack_topic_(protocol::topic(ingest_site, script.device, Topic::ack)),
          messages_(messages_of(script, plan)),
          plan_(plan),
          events_before_(script.events.front().seq.value - 1) {}
    Device(const Device&) = delete;
    Device& operator=(const Device&) = delete;
    ~Device() {
        if (client_ != nullptr) mosquitto_destroy(client_);
    }

    Outcome connect(const Broker& broker) {
        client_ = mosquitto_new(name_.c_str(), true, this);
        mosquitto_int_option(client_, MOSQ_OPT_PROTOCOL_VERSION, MQTT_PROTOCOL_V5);
        mosquitto_int_option(client_, MOSQ_OPT_TCP_NODELAY, 1);
        mosquitto_username_pw_set(client_, name_.c_str(), broker.password.c_str());
        mosquitto_connect_callback_set(client_, [](mosquitto* m, void* self, int) {
            mosquitto_subscribe(m, nullptr, static_cast<Device*>(self)->ack_topic_.c_str(), 0);
        });
        mosquitto_subscribe_callback_set(client_, [](mosquitto*, void* self, int, int, const int*) {
            static_cast<Device*>(self)->is_ready_ = true;
        });
        mosquitto_message_callback_set(client_, [](mosquitto*, void* self, const mosquitto_message* message) {
            static_cast<Device*>(self)->hear(
                {static_cast<const char*>(message->payload), static_cast<std::size_t>(message->payloadlen)});
        });
        if (!broker.ca_file.empty())
            mosquitto_tls_set(client_, broker.ca_file.c_str(), nullptr, nullptr, nullptr, nullptr);
        const int result = mosquitto_connect(client_, "127.0.0.1", broker.port, keep_alive_s);
        if (result != MOSQ_ERR_SUCCESS)
            return Error{Error::Kind::unreachable, name_ + ": " + mosquitto_strerror(result)};
        return Done{};
    }
    int socket() const { return mosquitto_socket(client_); }
    bool read() { return mosquitto_loop_read(client_, packets_at_once) == MOSQ_ERR_SUCCESS; }
    void write() {
        if (mosquitto_want_write(client_)) mosquitto_loop_write(client_, packets_at_once);
    }
    bool is_ready() const { return is_ready_; }
    bool is_done() const { return acked_ == messages_.size(); }

    void begin(Clock::time_point at) { due_ = at; }
    /// Sends what is due.
    void step(Clock::time_point now) {
        if (acked_ < next_ && now - heard_ > resend_after && now - sent_.front() > resend_after) go_back();
        while (next_ < messages_.size() && next_ - acked_ < plan_.window && due_ <= now) send(now);
        write();
    }
    Clock::time_point due() const { return due_; }
    bool has_room() const { return next_ < messages_.size() && next_ - acked_ < plan_.window; }

    const std::vector<double>& took() const { return took_; }
    std::size_t events() const {
        return acked_ == 0 ? 0 : static_cast<std::size_t>(messages_[acked_ - 1].last.value - events_before_);
    }
    std::size_t sent_again() const { return sent_again_; }
    Clock::time_point heard() const { return heard_; }

private:
    void send(Clock::time_point now) {
        const auto& message = messages_[next_++];
        sent_.push_back(now);
        mosquitto_publish(client_, nullptr, topic_.c_str(), static_cast<int>(message.payload.size()),
                          message.payload.data(), 0, false);
        due_ += plan_.pace;
    }
    void go_back() {
        sent_again_ += next_ - acked_;
        next_ = acked_;
        sent_.clear();
        heard_ = Clock::now();
    }
    void hear(std::string_view payload) {
        const auto ack = protocol::ack_from_json(payload);
        if (!ack) return;
        heard_ = Clock::now();
        while (acked_ < next_ && messages_[acked_].last <= ack.value().upto) {
            took_.push_back(std::chrono::duration<double, std::milli>(heard_ - sent_.front()).count());
            sent_.pop_front();
            ++acked_;
        }
        if (ack.value().expect.value != 0 && acked_ < next_) go_back();
    }

    const std::string name_, topic_, ack_topic_;
    const std::vector<Message> messages_;
    const LoadPlan plan_;
    const std::int64_t events_before_;
    mosquitto* client_ = nullptr;
    bool is_ready_ = false;
    std::size_t next_ = 0, acked_ = 0, sent_again_ = 0;  // messages
    std::deque<Clock::time_point> sent_;                 // of those between the two
    Clock::time_point due_{}, heard_{};
    std::vector<double> took_;
};

class Load {
public:
    explicit Load(const LoadPlan& plan) : plan_(plan), epoll_(epoll_create1(EPOLL_CLOEXEC)) {
        mosquitto_lib_init();
    }
    Load(const Load&) = delete;
    Load& operator=(const Load&) = delete;
    ~Load() {
        devices_.clear();
        close(epoll_);
        mosquitto_lib_cleanup();
    }

    Outcome connect(const Broker& broker, const std::vector<DeviceScript>& scripts) {
        for (const auto& script : scripts) {
            devices_.push_back(std::make_unique<Device>(script, plan_));
            if (auto connected = devices_.back()->connect(broker); !connected) return connected;
            epoll_event watched{};
            watched.events = EPOLLIN;
            watched.data.ptr = devices_.back().get();
            epoll_ctl(epoll_, EPOLL_CTL_ADD, devices_.back()->socket(), &watched);
            serve(milliseconds{0});
        }
        for (const auto until = Clock::now() + patience; Clock::now() < until;) {
            if (all([](const Device& d) { return d.is_ready(); })) return Done{};
            serve(milliseconds{10});
            for (auto& device : devices_) device->write();
        }
        return Error{Error::Kind::unreachable, "the broker does not answer every device"};
    }

    LoadResult run() {
        const auto start = Clock::now();
        for (std::size_t i = 0; i < devices_.size(); ++i)  // spread over one beat
            devices_[i]->begin(start + plan_.pace * static_cast<int>(i) / static_cast<int>(devices_.size()));
        while (Clock::now() - start < plan_.most && !all([](const Device& d) { return d.is_done(); })) {
            const auto now = Clock::now();
            for (auto& device : devices_) device->step(now);
            serve(wait());
        }
        return result(start);
    }

private:
    template <class Holds>
    bool all(Holds holds) const {
        return std::all_of(devices_.begin(), devices_.end(),
                           [&](const auto& device) { return holds(*device); });
    }
    milliseconds wait() const {
        constexpr milliseconds longest{20};
        auto first = Clock::now() + longest;
        for (const auto& device : devices_)
            if (device->has_room()) first = std::min(first, device->due());
        return std::max(milliseconds{0}, std::chrono::ceil<milliseconds>(first - Clock::now()));
    }
    void serve(milliseconds limit) {
        std::array<epoll_event, 64> ready;
        const int count =
            epoll_wait(epoll_, ready.data(), static_cast<int>(ready.size()), static_cast<int>(limit.count()));
        for (int i = 0; i < count; ++i) {
            auto& device = *static_cast<Device*>(ready[static_cast<std::size_t>(i)].data.ptr);
            if (!device.read()) epoll_ctl(epoll_, EPOLL_CTL_DEL, device.socket(), nullptr);
            device.write();
        }
    }
    LoadResult result(Clock::time_point start) const {
        LoadResult out;
        auto last = start;
        for (const auto& device : devices_) {
            out.ack_ms.insert(out.ack_ms.end(), device->took().begin(), device->took().end());
            out.events += device->events();
            out.sent_again += device->sent_again();
            last = std::max(last, device->heard());
        }
        out.took_s = std::chrono::duration<double>(last - start).count();
        out.is_complete = all([](const Device& d) { return d.is_done(); });
        return out;
    }

    const LoadPlan plan_;
    const int epoll_;
    std::vector<std::unique_ptr<Device>> devices_;
};

}  // namespace

Result<LoadResult> run_load(const Broker& broker, const std::vector<DeviceScript>& scripts,
                            const LoadPlan& plan) {
    Load load(plan);
    if (auto connected = load.connect(broker, scripts); !connected) return connected.error();
    return load.run();
}

}  // namespace kenpin::bench
