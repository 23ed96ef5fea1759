#include "tests/e2e/floor/screen.hpp"

#include <thread>

#include <nlohmann/json.hpp>

namespace kenpin::floor {
namespace {

using Json = nlohmann::json;

std::optional<Seen> parse(const std::string& line) {
    const Json json = Json::parse(line, nullptr, false);
    if (!json.is_object()) return std::nullopt;
    Seen seen;
    seen.n = json.value("n", std::int64_t{0});
    seen.kind = json.value("kind", "");
    seen.step = json.value("step", "");
    seen.wants = json.value("wants", "");
    seen.list = json.value("list", "");
    seen.shipment = json.value("shipment", "");
    seen.location = json.value("location", "");
    seen.sku = json.value("sku", "");
    seen.read = json.value("read", "");
    seen.slot = json.value("slot", 0);
    seen.remaining = json.value("remaining", 0);
    seen.device = json.value("device", "");
    seen.epoch = json.value("epoch", std::int64_t{0});
    seen.seqs = json.value("seqs", std::vector<std::int64_t>{});
    return seen;
}

}  // namespace

std::vector<Seen> read_screen_log(const std::filesystem::path& file) {
    std::vector<Seen> lines;
    std::ifstream log(file);
    std::string line;
    while (std::getline(log, line))
        if (auto seen = parse(line)) lines.push_back(std::move(*seen));
    return lines;
}

void Screen::read_more() {
    if (!file_.is_open()) file_.open(log_);
    if (!file_.is_open()) return;
    file_.clear();
    char chunk[4096];
    while (file_.read(chunk, sizeof chunk), file_.gcount() > 0)
        half_line_.append(chunk, static_cast<std::size_t>(file_.gcount()));
    for (auto end = half_line_.find('\n'); end != std::string::npos; end = half_line_.find('\n')) {
        // A station that was started again counts its lines anew: the place in the file is what orders them.
        if (auto seen = parse(half_line_.substr(0, end))) {
            seen->n = static_cast<std::int64_t>(lines_.size()) + 1;
            lines_.push_back(std::move(*seen));
        }
        half_line_.erase(0, end + 1);
    }
}

std::optional<Seen> Screen::newer_than(std::int64_t after, std::chrono::milliseconds limit) {
    const auto until = std::chrono::steady_clock::now() + limit;
    for (;;) {
        read_more();
        if (!lines_.empty() && lines_.back().n > after) return lines_.back();
        if (std::chrono::steady_clock::now() >= until) return std::nullopt;
        std::this_thread::sleep_for(std::chrono::milliseconds{2});
    }
}

std::optional<Seen> Screen::verdict_after(std::int64_t after, std::chrono::milliseconds limit) {
    const auto until = std::chrono::steady_clock::now() + limit;
    for (;;) {
        read_more();
        for (auto i = static_cast<std::size_t>(after); i < lines_.size(); ++i)
            if (lines_[i].is_verdict()) return lines_[i];
        if (std::chrono::steady_clock::now() >= until) return std::nullopt;
        std::this_thread::sleep_for(std::chrono::milliseconds{2});
    }
}

}  // namespace kenpin::floor
