#include "station/sync/station_sync.hpp"

#include <algorithm>
#include <utility>

#include "core/base/limits.hpp"
#include "core/base/overloaded.hpp"

namespace kenpin::sync {
namespace {

constexpr Millis longest_sleep{1'000};

Millis mono_now() {
    return std::chrono::duration_cast<Millis>(std::chrono::steady_clock::now().time_since_epoch());
}

Input to_input(mqtt::Event event) {
    return std::visit(Overloaded{
                          [](const mqtt::Connected&) -> Input { return Connected{}; },
                          [](const mqtt::Failed&) -> Input { return Disconnected{}; },
                          [](const mqtt::Lost&) -> Input { return Disconnected{}; },
                          [](mqtt::Message& message) -> Input {
                              return Arrived{std::move(message.topic), std::move(message.payload)};
                          },
                      },
                      event);
}

}  // namespace

Result<std::unique_ptr<StationSync>> StationSync::start(Options options, Notify notify) {
    auto outbox = Outbox::open(options.outbox);
    if (!outbox) return outbox.error();
    auto opened = std::move(outbox).value();
    auto resume = opened.resume();
    if (!resume) return resume.error();
    return std::unique_ptr<StationSync>(
        new StationSync(std::move(options), std::move(notify), std::move(opened), std::move(resume).value()));
}

StationSync::StationSync(Options options, Notify notify, Outbox outbox, Resume resume)
    : options_(std::move(options)),
      notify_(std::move(notify)),
      resume_(std::move(resume)),
      exchange_(sync::start(options_.identity, outbox.known())),
      inbox_(limits::inbox_large),
      line_([this](mqtt::Event event) { return inbox_.post(std::move(event)); }) {
    exchange_.connect_at = mono_now();
    options_.broker.client_id = options_.identity.device.value;
    const auto answer = [this](Input input) {
        // No room: the sync thread stands still. What it misses here it reads from the outbox later.
        (void)inbox_.post(std::move(input));
    };
    storage_ = std::make_unique<StorageThread>(
        std::move(outbox), StorageThread::Options{options_.clock, options_.receipt, notify_, answer});
    thread_ = std::jthread([this] { run(); });
}

StationSync::~StationSync() {
    while (!inbox_.post(StopSyncing{})) std::this_thread::yield();
    thread_.join();
    storage_.reset();  // stores and tells what was given to it before
}

void StationSync::run() {
    while (!is_stopping_) {
        tick_if_due();
        for (auto& item : inbox_.wait_and_take(until_wake())) take(std::move(item));
    }
    const auto bye = farewell(exchange_.me, exchange_.known.current().epoch);
    (void)line_.publish(bye.topic, bye.payload,
                        mqtt::Keep::retained);  // without a connection the will has said it
    line_.disconnect();
}

void StationSync::take(Item item) {
    std::visit(Overloaded{
                   [this](mqtt::Event& event) {
                       if (const auto* failed = std::get_if<mqtt::Failed>(&event))
                           notify_(SomethingOdd{failed->why});
                       feed(to_input(std::move(event)));
                   },
                   [this](Input& input) { feed(input); },
                   [this](StopSyncing&) { is_stopping_ = true; },
               },
               item);
}

void StationSync::feed(const Input& input) {
    auto step = on(std::move(exchange_), input, {mono_now(), options_.clock()});
    exchange_ = std::move(step.state);
    for (const auto& output : step.outputs) perform(output);
}

void StationSync::tick_if_due() {
    const auto due = wakes_at(exchange_);
    if (due && *due <= mono_now()) feed(Tick{});
}

Millis StationSync::until_wake() const {
    const auto due = wakes_at(exchange_);
    if (!due) return longest_sleep;
    return std::clamp(*due - mono_now(), Millis{0}, longest_sleep);
}

void StationSync::report(const Outcome& outcome) {
    if (!outcome) notify_(SomethingOdd{outcome.error().detail});
}

void StationSync::perform(const Output& output) {
    const auto to_storage = [this](auto request) {
        if (!storage_->post(std::move(request)))
            notify_(SomethingOdd{"the storage thread takes nothing more"});
    };
    std::visit(
        Overloaded{
            [this](const Connect&) {
                const auto will = farewell(exchange_.me, exchange_.known.current().epoch);
                options_.broker.will = mqtt::Will{will.topic, will.payload};
                const auto begun = line_.connect(options_.broker);
                report(begun);
                if (!begun)
                    (void)inbox_.post(mqtt::Failed{});  // else the machine's own time limit ends the attempt
            },
            [this](const Subscribe& wanted) { report(line_.subscribe(wanted.topics)); },
            [this](const Publish& message) {
                const auto keep = message.retained ? mqtt::Keep::retained : mqtt::Keep::no;
                report(line_.publish(message.topic, message.payload, keep));
            },
            [&](const ReadEvents& wanted) { to_storage(wanted); },
            [&](const MarkAcked& mark) { to_storage(mark); },
            [&](const MarkKept& mark) { to_storage(mark); },
            [&](const StoreDocuments& documents) { to_storage(documents); },
            [&](const ApplySettings& given) { to_storage(given); },
            [this](const Deliver& came) {
                notify_(CommandCame{came.command, came.is_late, options_.clock()});
            },
            [this](const Answered& answer) {
                notify_(AnswersCame{answer.epoch, answer.notes});
            },
            [this](const Complain& complaint) { notify_(SomethingOdd{complaint.what}); },
            [this](const Show& show) { notify_(LinkChanged{show.shown}); },
        },
        output);
}

}  // namespace kenpin::sync
