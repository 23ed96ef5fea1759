#pragma once
// The other end of watchers.hpp: what a verb hears of the running bridge. Blocks.
#include <chrono>
#include <filesystem>
#include <optional>

#include "firmware-bridge/app/fd.hpp"
#include "firmware-bridge/app/watchers.hpp"

namespace kenpin::app {

class WatchLink {
public:
    /// `socket`: the station's. unreachable: nobody listens there, or not to us.
    static Result<WatchLink> connect(const std::filesystem::path& socket);

    void show_codes();
    /// The next packet; nothing when the bridge hung up, or after `limit` (none: for ever).
    std::optional<WatchPacket> next(std::optional<std::chrono::milliseconds> limit);

private:
    explicit WatchLink(StationLink link) : link_(std::move(link)) {}
    StationLink link_;
};

}  // namespace kenpin::app
