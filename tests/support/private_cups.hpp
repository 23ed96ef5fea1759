#pragma once
// A CUPS for tests and the demo: a real cupsd on a port of 127.0.0.1, whose printers are folders. What a
// queue prints arrives as TRAY/<job title>.pdf (a second one of the same title as <job title>-again.pdf, so
// that nothing hides).
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "tests/support/process.hpp"

namespace kenpin::support {

class PrivateCups {
public:
    /// Keeps its files under `directory`, which must exist; as root cupsd's own user must be able to reach
    /// it, so the folders above it are made passable. Errors: refused when cupsd is not installed or does not
    /// start.
    static Result<std::unique_ptr<PrivateCups>> start(const std::filesystem::path& directory);
    PrivateCups(const PrivateCups&) = delete;
    PrivateCups& operator=(const PrivateCups&) = delete;
    ~PrivateCups() = default;

    int port() const { return port_; }
    /// "localhost:port", as transport::CupsQueue wants it.
    std::string server() const { return "localhost:" + std::to_string(port_); }
    /// Makes the queue `name`, raw, into the tray. Errors: refused.
    Outcome queue(const std::string& name);
    /// Makes a queue with a device of its own, e.g. "socket://127.0.0.1:9100", and lpadmin's words for its
    /// driver.
    Outcome queue(const std::string& name, const std::string& device, const std::vector<std::string>& driver);
    /// Process id of cupsd.
    int pid() const { return daemon_ ? static_cast<int>(daemon_->pid()) : -1; }
    /// Where papers arrive.
    std::filesystem::path tray() const { return directory_ / "tray"; }
    /// The papers there now, sorted.
    std::vector<std::filesystem::path> papers() const;
    /// cupsd's error log, for a test that failed.
    std::string log() const;

private:
    explicit PrivateCups(std::filesystem::path directory) : directory_(std::move(directory)) {}
    void prepare();
    Outcome run();

    std::filesystem::path directory_;
    int port_ = 0;
    std::optional<Process> daemon_;
};

}  // namespace kenpin::support
