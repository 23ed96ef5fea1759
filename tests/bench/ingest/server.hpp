#pragma once
// A real broker and a real kenpin-server over a copy of a prepared database, for one row of the bench.
#include <memory>
#include <optional>

#include "tests/bench/ingest/devices.hpp"
#include "tests/support/private_mosquitto.hpp"
#include "tests/support/process.hpp"

namespace kenpin::bench {

struct ServerWish {
    bool with_tls = false;
    int fsync_ms = 0;  // each sync of its disk takes so much longer
};

class IngestServer {
public:
    static Result<std::unique_ptr<IngestServer>> start(const std::filesystem::path& database, int devices,
                                                       const ServerWish& wish = {});
    Broker broker() const;
    double cpu_s() const;         // of the server so far
    double broker_cpu_s() const;  // of the broker
    double started_in_ms() const { return started_in_ms_; }
    pid_t pid() const { return server_->pid(); }
    std::filesystem::path database() const { return folder_ / "server.db"; }
    /// Ends it, so that its database can be read.
    void stop() { server_.reset(); }

private:
    IngestServer() = default;
    Outcome start_server(int devices, const ServerWish& wish);

    support::TempDir folder_;
    bool with_tls_ = false;
    std::unique_ptr<support::PrivateMosquitto> mosquitto_;
    std::optional<support::Process> server_;
    double started_in_ms_ = 0;
};

}  // namespace kenpin::bench
