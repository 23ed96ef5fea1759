#pragma once
// A station reduced to its socket: sees every packet of the bridge and acknowledges only what a test tells it
// to.
#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "core/protocol/bridge.hpp"

namespace kenpin::support {

class RawStation {
public:
    explicit RawStation(const std::filesystem::path& socket);
    RawStation(const RawStation&) = delete;
    RawStation& operator=(const RawStation&) = delete;
    ~RawStation();

    /// The next packet; nothing when the bridge hung up or said nothing for `limit`.
    std::optional<protocol::BridgeUp> next(std::chrono::milliseconds limit = std::chrono::seconds{20});
    /// The next scan, passing over everything else.
    std::optional<protocol::BridgeScan> next_scan(std::chrono::milliseconds limit = std::chrono::seconds{20});
    /// Waits for this news of a device, passing over everything else.
    bool sees(protocol::DeviceChange change, std::string_view reason = {});
    void acknowledge(protocol::ScanSeq seq);
    void send(std::string_view packet);
    /// Asks for a print, its bytes in a sealed memfd beside the packet.
    void print(const protocol::PeripheralId& printer, const std::string& job, std::string_view bytes);

private:
    int fd_ = -1;
};

}  // namespace kenpin::support
