#pragma once
// The writer: the one thread that changes the floor. Everybody else puts something into its inbox.
//
//   broker ──messages──┐
//   HTTP handler ──job + one-shot answer──┤──> inbox ──> Floor: batches that have arrived in one
//   transaction, report sender ──what came of it───────┘              each job in its own ──> COMMIT ──>
//   publish, report
//
// When the inbox is full, a message is dropped (the device sends again) and a job is refused (HTTP answers
// 503).
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "adaptors/mqtt/mqtt.hpp"
#include "core/base/inbox.hpp"
#include "core/base/latest.hpp"
#include "core/base/limits.hpp"
#include "server/app/floor.hpp"
#include "server/app/one_shot.hpp"
#include "server/app/report_sender.hpp"

namespace kenpin::app {

class Writer {
public:
    using Job = std::function<void(Floor&)>;

    /// Begins at once. `floor` is this thread's own from now on and outlives the writer.
    Writer(Floor& floor, mqtt::ConnectOptions broker);
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;
    ~Writer();  // finishes what it holds, publishes it, leaves the broker

    /// Runs `work` on the writer's thread and waits for its answer, at most limits::write_answer. Any thread.
    template <class T>
    Result<T> ask(std::function<Result<T>(Floor&)> work) {
        return app::ask<T, Floor>([this](Job job) { return inbox_.post(std::move(job)); }, std::move(work),
                                  limits::write_answer);
    }

    /// Runs `work` on the writer's thread and waits until it has run: for one who prepares what the work
    /// refers to. Error{full}: not taken, nothing will happen. Any thread that ends before the writer.
    Outcome run_and_wait(std::function<Outcome(Floor&)> work) {
        return app::ask<Done, Floor>([this](Job job) { return inbox_.post(std::move(job)); }, std::move(work),
                                     std::chrono::hours{24 * 365});
    }

    /// Grows with each change that the board shows. Any thread.
    std::uint64_t board_changes() const { return board_changes_; }
    /// Who is present. Any thread.
    Latest<sync::Presences>::Seen presences() const { return presences_.get(); }
    bool is_connected() const { return is_connected_; }
    /// Milliseconds since the loop was last seen alive.
    std::chrono::milliseconds quiet_for() const;

private:
    using Input = std::variant<mqtt::Event, Job>;

    void run();
    void round();
    void take(std::vector<Input> inputs);
    void take(const mqtt::Event& event, std::vector<sync::Inbound>& heard);
    void hear(std::vector<sync::Inbound> heard);
    void act(Effects effects);
    void keep_connected();
    void complain(const std::string& why);

    Floor& floor_;
    const mqtt::ConnectOptions broker_;
    Inbox<Input> inbox_;
    mqtt::Mqtt mqtt_;
    ReportSender reports_;
    Latest<sync::Presences> presences_;
    std::atomic<std::uint64_t> board_changes_{0};
    std::atomic<bool> is_connected_{false};
    std::atomic<bool> is_stopping_{false};
    std::atomic<std::int64_t> alive_ms_{0};  // of the steady clock
    std::string complained_;
    bool is_connecting_ = false;
    std::chrono::steady_clock::time_point connect_at_{};
    std::chrono::steady_clock::time_point tick_at_{};
    std::thread thread_;
};

}  // namespace kenpin::app
