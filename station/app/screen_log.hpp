#pragma once
// The screen log: one JSON line per thing that a worker saw, written when it was really on the glass. It is a
// witness of its own beside the outbox and the server's events, and the only thing that simulated workers
// read. Its fields: docs/protocol/screen-log.md. Thread: the one that draws.
#include <fstream>
#include <string>

#include "core/base/ids.hpp"
#include "core/base/result.hpp"
#include "station/app/ports.hpp"

namespace kenpin::app {

/// One line, without its end. `n` counts the lines of this log from 1.
std::string screen_log_line(const flow::LogShown& shown, const std::string& screen, Instant at,
                            const DeviceId& device, std::int64_t n);

class ScreenLog : public Witness {
public:
    /// Appends to the file at `path`; an empty path writes nothing. Errors: unreachable.
    static Result<ScreenLog> open(const std::string& path, DeviceId device);
    void saw(const flow::LogShown& shown, const std::string& screen, Instant at) override;

private:
    explicit ScreenLog(DeviceId device) : device_(std::move(device)) {}
    DeviceId device_;
    std::ofstream file_;
    std::int64_t lines_ = 0;
};

}  // namespace kenpin::app
