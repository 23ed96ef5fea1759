#pragma once
// kenpin-virtual-printer as a child of a test.
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/process.hpp"

namespace kenpin::support {

class VirtualPrinter {
public:
    /// Starts it with its tray in `folder`; stops the test when it does not start. `port` 0: any.
    explicit VirtualPrinter(const std::filesystem::path& folder, int port = 0,
                            const std::vector<std::string>& options = {});
    int port() const { return port_; }
    /// Sets faults, e.g. R"({"head_open":true})"; false when it refused.
    bool set_faults(const std::string& json) const;
    /// Tracking numbers of the labels that came out, in order.
    std::vector<std::string> tracking_numbers() const;
    /// Waits until that many labels have come out; false: they did not within 10 s.
    bool wait_for_labels(std::size_t count) const;
    /// PNG of the n-th label, from 1.
    std::string png(int n) const;
    /// What the panel answers to GET `path`; empty: nothing.
    std::string get(const std::string& path) const;
    Process& process() { return *process_; }

private:
    std::optional<Process> process_;
    int port_ = 0;
    int http_port_ = 0;
};

}  // namespace kenpin::support
