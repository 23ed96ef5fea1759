#pragma once
// A station's screen as a worker reads it: the newest line of its screen log.
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

namespace kenpin::floor {

struct Seen {
    std::int64_t n = 0;  // line of the log
    std::string kind;    // "prompt" | "ok" | "done" | "ng"
    std::string step;    // what is asked now: "badge", "list", ... (flow::Ask)
    std::string wants;   // the code that would be right, where there is one
    std::string list, shipment, location, sku, read;
    int slot = 0;
    int remaining = 0;
    std::string device;
    std::int64_t epoch = 0;
    std::vector<std::int64_t> seqs;  // the events that made a green line green
    bool is_green() const { return kind == "ok" || kind == "done"; }
    bool is_verdict() const { return is_green() || kind == "ng"; }
};

/// Every line of a finished log.
std::vector<Seen> read_screen_log(const std::filesystem::path& file);

class Screen {
public:
    explicit Screen(std::filesystem::path log) : log_(std::move(log)) {}
    /// The newest line, once there is one newer than line `after`; nothing after `limit`.
    std::optional<Seen> newer_than(std::int64_t after, std::chrono::milliseconds limit);
    /// The first verdict newer than line `after`; nothing after `limit`.
    std::optional<Seen> verdict_after(std::int64_t after, std::chrono::milliseconds limit);

private:
    void read_more();
    std::filesystem::path log_;
    std::ifstream file_;
    std::string half_line_;
    std::vector<Seen> lines_;
};

}  // namespace kenpin::floor
