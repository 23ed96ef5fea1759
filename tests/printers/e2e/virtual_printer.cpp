#include "tests/printers/e2e/virtual_printer.hpp"

#include <chrono>
#include <thread>

#include <httplib.h>
#include <nlohmann/json.hpp>

#include "places.hpp"

namespace kenpin::support {

namespace {

using Json = nlohmann::json;
constexpr std::chrono::seconds patience{10};

httplib::Client panel(int port) {
    return httplib::Client("127.0.0.1", port);
}

Json labels(int http_port) {
    const auto answer = panel(http_port).Get("/labels");
    return answer ? Json::parse(answer->body, nullptr, false) : Json::array();
}

}  // namespace

VirtualPrinter::VirtualPrinter(const std::filesystem::path& folder, int port,
                               const std::vector<std::string>& options) {
    std::vector<std::string> argv{KENPIN_BIN_DIR "/kenpin-virtual-printer", "--out", folder.string(),
                                  "--port", std::to_string(port)};
    argv.insert(argv.end(), options.begin(), options.end());
    auto started = Process::start({.argv = argv});
    KENPIN_CHECK(started);
    process_.emplace(std::move(started).value());
    const auto ready = process_->wait_for_line("http_port", patience);
    KENPIN_CHECK(ready);
    const auto ports = Json::parse(*ready);
    port_ = ports.at("port");
    http_port_ = ports.at("http_port");
}

bool VirtualPrinter::set_faults(const std::string& json) const {
    const auto answer = panel(http_port_).Post("/faults", json, "application/json");
    return answer && answer->status == 200;
}

std::vector<std::string> VirtualPrinter::tracking_numbers() const {
    std::vector<std::string> out;
    for (const auto& label : labels(http_port_)) out.push_back(label.at("tracking"));
    return out;
}

bool VirtualPrinter::wait_for_labels(std::size_t count) const {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (labels(http_port_).size() < count) {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
    return true;
}

std::string VirtualPrinter::png(int n) const {
    return get("/labels/" + std::to_string(n) + ".png");
}

std::string VirtualPrinter::get(const std::string& path) const {
    const auto answer = panel(http_port_).Get(path);
    return answer && answer->status == 200 ? answer->body : std::string{};
}

}  // namespace kenpin::support
