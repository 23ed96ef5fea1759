#pragma once
// How kinds and states of devices are called in packets (docs/protocol/bridge.md).
#include <string_view>

#include "core/protocol/bridge.hpp"
#include "firmware-bridge/decode/weight.hpp"
#include "firmware-bridge/device/news.hpp"

namespace kenpin::app {

std::string_view name(device::Kind kind);
std::string_view name(decode::ScaleStatus status);
std::string_view name(protocol::PrintEnd end);

}  // namespace kenpin::app
