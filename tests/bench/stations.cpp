#include "tests/bench/stations.hpp"

namespace kenpin::bench {

sync::StationSync::Options station_options(const std::string& database, const DeviceId& device,
                                           std::uint16_t broker_port, const std::string& password) {
    sync::StationSync::Options options{
        .outbox = {.path = database, .device = device},
        .identity = {site, device, "picker", "bench"},
        .broker = {},
        .clock = [] { return std::chrono::floor<Millis>(std::chrono::system_clock::now()); },
    };
    options.broker.port = broker_port;
    options.broker.user = device.value;
    options.broker.password = Private<std::string>(password);
    return options;
}

}  // namespace kenpin::bench
