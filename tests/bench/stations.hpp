#pragma once
// Stations' databases and lines for the benches.
#include <cstdint>
#include <string>

#include "station/sync/station_sync.hpp"

namespace kenpin::bench {

/// A port of loopback where nobody listens: a station without a server.
inline constexpr std::uint16_t nowhere = 1;
inline const SiteId site{"BENCH"};
inline const DeviceId bench_device{"H1"};

sync::StationSync::Options station_options(const std::string& database, const DeviceId& device,
                                           std::uint16_t broker_port, const std::string& password = {});

}  // namespace kenpin::bench
