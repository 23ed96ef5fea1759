#pragma once
// The printing thread: drives the print room with real time, and is the Papers port of a bench.
#include <string>
#include <thread>
#include <variant>

#include "adaptors/http/client.hpp"
#include "core/base/inbox.hpp"
#include "station/app/print_room.hpp"

namespace kenpin::app {

/// GET <server>/api/v1/print-documents/<shipment> with the device's account.
FetchDocument fetch_over_http(const std::string& server, const http::Basic& account);

class PrintThread : public Papers {
public:
    struct Options {
        PrintRoomSetup room;
        FetchDocument fetch;
        Report report;  // called from the printing thread; must only post
        Clock clock;
    };
    explicit PrintThread(Options options);
    PrintThread(const PrintThread&) = delete;
    PrintThread& operator=(const PrintThread&) = delete;
    ~PrintThread() override;

    void use_key(const std::string& base64);
    void prepare(const ShipmentId& shipment, const std::vector<TrackingNo>& numbers) override;
    void print(const flow::PrintPapers& wanted) override;
    void erase(const ShipmentId& shipment, PapersEnd why) override;

private:
    struct UseKey {
        Private<std::string> base64;
    };
    struct Prepare {
        ShipmentId shipment;
        std::vector<TrackingNo> numbers;
    };
    struct Erase {
        ShipmentId shipment;
        PapersEnd why;
    };
    struct StopPrinting {};
    using Task = std::variant<UseKey, Prepare, flow::PrintPapers, Erase, StopPrinting>;

    void post(Task task);
    void run();
    bool take(PrintRoom& room, const Task& task);  // false: stop

    Options options_;
    Inbox<Task> inbox_;
    std::jthread thread_;  // last: it uses all above
};

}  // namespace kenpin::app
