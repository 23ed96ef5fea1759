#include "station/app/print_thread.hpp"

#include <algorithm>
#include <utility>

#include "adaptors/log/log.hpp"
#include "adaptors/text/canvas.hpp"
#include "core/base/limits.hpp"
#include "core/base/overloaded.hpp"
#include "station/app/device_clock.hpp"

namespace kenpin::app {

FetchDocument fetch_over_http(const std::string& server, const http::Basic& account) {
    return [server, account](const ShipmentId& shipment) -> Result<std::string> {
        http::Call call{.url = server + "/api/v1/print-documents/" + http::percent_encoded(shipment.value),
                        .credentials = account};
        call.connect_within = std::chrono::milliseconds{1'000};
        call.answer_within = std::chrono::milliseconds{5'000};
        auto answer = http::get(call);
        if (!answer) return answer.error();
        if (http::is_success(answer.value())) return answer.value().body;
        return Error{Error::Kind::not_found, "the server answers " + std::to_string(answer.value().status)};
    };
}

PrintThread::PrintThread(Options options)
    : options_(std::move(options)), inbox_(limits::inbox_small), thread_([this] { run(); }) {}

PrintThread::~PrintThread() {
    while (!inbox_.post(StopPrinting{})) std::this_thread::yield();
}

void PrintThread::use_key(const std::string& base64) {
    post(UseKey{Private<std::string>(base64)});
}
void PrintThread::prepare(const ShipmentId& shipment, const std::vector<TrackingNo>& numbers) {
    post(Prepare{shipment, numbers});
}
void PrintThread::print(const flow::PrintPapers& wanted) {
    post(wanted);
}
void PrintThread::erase(const ShipmentId& shipment, PapersEnd why) {
    post(Erase{shipment, why});
}

void PrintThread::post(Task task) {
    // A printer that blocks for seconds cannot gather so much work: the bench asks for a few papers a minute.
    if (!inbox_.post(std::move(task))) log::error("the printing thread takes nothing more");
}

void PrintThread::run() {
    auto room = PrintRoom::open(options_.room, options_.fetch, options_.report, options_.clock());
    if (!room) {
        log::error("no papers: ", room.error().detail);
        options_.report(flow::PrinterReported{options_.room.label_printer, "error", options_.clock()});
        return;
    }
    text::warm_up();
    Millis pause{0};
    for (;;) {
        for (const auto& task : inbox_.wait_and_take(pause))
            if (!take(*room.value(), task)) return;
        pause = room.value()->step(options_.clock(), mono_now());
    }
}

bool PrintThread::take(PrintRoom& room, const Task& task) {
    return std::visit(
        Overloaded{
            [&](const UseKey& key) { return room.use_key(key.base64.reveal()), true; },
            [&](const Prepare& wanted) { return room.prepare(wanted.shipment, wanted.numbers), true; },
            [&](const flow::PrintPapers& wanted) { return room.print(wanted, options_.clock()), true; },
            [&](const Erase& what) { return room.erase(what.shipment, what.why, options_.clock()), true; },
            [](const StopPrinting&) { return false; },
        },
        task);
}

}  // namespace kenpin::app
