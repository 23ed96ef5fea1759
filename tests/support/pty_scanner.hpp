#pragma once
// A serial scanner made of a pseudo terminal: `path` is its tty, as /dev/serial/by-id would name it.
#include <filesystem>
#include <string_view>

namespace kenpin::support {

class PtyScanner {
public:
    /// Plugged in at once.
    explicit PtyScanner(std::filesystem::path path);
    PtyScanner(const PtyScanner&) = delete;
    PtyScanner& operator=(const PtyScanner&) = delete;
    ~PtyScanner();

    const std::filesystem::path& path() const { return path_; }
    /// Blocks while the other end reads nothing and the line is full.
    void send(std::string_view bytes);
    void unplug();
    void plug_in();

private:
    std::filesystem::path path_;
    int master_ = -1;
};

}  // namespace kenpin::support
