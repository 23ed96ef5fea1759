#pragma once
// A child process of a test: started, watched, and ended by its id. It never outlives the test: the
// destructor ends it and all it started (its process group), and the kernel kills it when the thread that
// started it dies (so start it from a thread that lives as long as the child shall).
#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <signal.h>
#include <sys/types.h>

#include "core/base/result.hpp"

namespace kenpin::support {

struct Exit {
    int code = -1;   // what it returned; -1 when a signal ended it
    int signal = 0;  // 0: it ended by itself
    bool operator==(const Exit&) const = default;
};

struct Program {
    std::vector<std::string> argv;             // argv[0]: a path, or a name searched in PATH
    std::map<std::string, std::string> env{};  // on top of the test's own environment
    std::filesystem::path directory{};         // empty: the test's own
    std::filesystem::path output{};            // stdout and stderr are appended here; empty: kept in memory
};

class Process {
public:
    /// Fails (not_found, refused) when it cannot be started; how it ends is seen by wait().
    static Result<Process> start(const Program& program);

    Process(Process&& other) noexcept;
    Process& operator=(Process&& other) noexcept;
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    ~Process();  // as stop()

    pid_t pid() const { return pid_; }
    bool is_running();
    /// Sends `signal` to this process alone. Nothing happens once it has ended.
    void kill(int signal);
    /// How it ended; nothing if it still runs after `limit`.
    std::optional<Exit> wait(std::chrono::milliseconds limit);
    /// SIGTERM; after `patience` SIGKILL to it and all it started.
    Exit stop(std::chrono::milliseconds patience = std::chrono::seconds{5});

    /// All it wrote so far to stdout and stderr.
    std::string output() const;
    /// The `nth` finished line (from 1, since the start) that holds `text`; nothing if there is none after
    /// `limit` or when the process ends without it.
    std::optional<std::string> wait_for_line(std::string_view text, std::chrono::milliseconds limit,
                                             int nth = 1);

private:
    Process(pid_t pid, int pid_fd, int output_fd, off_t output_start);
    void reap();
    void close_all();

    pid_t pid_ = -1;
    int pid_fd_ = -1;
    int output_fd_ = -1;
    off_t output_start_ = 0;
    std::optional<Exit> exit_;
};

/// A TCP port of 127.0.0.1 that nobody listens on now. Another program may take it before you do: retry on
/// failure.
int free_port();

/// A fresh directory, removed with all in it at the end.
class TempDir {
public:
    TempDir();
    TempDir(const TempDir&) = delete;
    TempDir& operator=(const TempDir&) = delete;
    ~TempDir();
    const std::filesystem::path& path() const { return path_; }
    std::filesystem::path operator/(std::string_view name) const { return path_ / name; }

private:
    std::filesystem::path path_;
};

}  // namespace kenpin::support
