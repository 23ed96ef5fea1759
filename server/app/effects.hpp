#pragma once
// What the floor wants done in the world once its change is durable. All of it can be made again from the
// database: acknowledgements are asked for by resending, documents by the next hello, reports by their rows
// that are still due.
#include <string>
#include <vector>

#include "core/base/ids.hpp"
#include "core/protocol/messages.hpp"

namespace kenpin::app {

struct Publish {
    DeviceId device;
    protocol::Topic topic;
    std::string payload;
};

/// One attempt to tell a shop what left.
struct ReportToSend {
    ShipmentId shipment;
    ShopId shop;
    std::string url;
    std::string body;
    std::string key;   // idempotency
    int attempts = 1;  // this one included
};

struct Effects {
    std::vector<Publish> publish;
    std::vector<ReportToSend> reports;
    bool board_changed = false;
};

}  // namespace kenpin::app
