#include <nlohmann/json.hpp>

#include "tests/e2e/floor/floor.hpp"

namespace kenpin::floor {
namespace {

using std::chrono::seconds;
using support::Process;
using support::Program;

// Starts `program` and waits for a line that holds `ready`.
Result<std::unique_ptr<Process>> started(const Program& program, std::string_view ready) {
    auto process = Process::start(program);
    if (!process) return process.error();
    auto running = std::make_unique<Process>(std::move(process).value());
    if (!ready.empty() && !running->wait_for_line(ready, seconds{30}))
        return Error{Error::Kind::refused, program.argv.front() + " did not start: " + running->output()};
    return running;
}

}  // namespace

std::vector<StationPlan> demo_stations() {
    return {{.device = "H1", .role = "picker", .profile = "handheld-4", .badge = "1001", .x = 0, .y = 0},
            {.device = "H2", .role = "picker", .profile = "handheld-4", .badge = "1002", .x = 490, .y = 0},
            {.device = "B1", .role = "packer", .profile = "bench-10", .badge = "1003", .x = 980, .y = 0},
            {.device = "B2", .role = "packer", .profile = "bench-10", .badge = "1004", .x = 980, .y = 810}};
}

Station::Station(const FloorPlan& floor, StationPlan station_plan) : plan(std::move(station_plan)) {
    const auto folder = floor.folder / plan.device;
    std::filesystem::create_directories(folder);
    screen_log = folder / "screen.jsonl";
    tray = folder / "labels";
    scanner = std::make_unique<support::PtyScanner>(folder / "scanner");
}

Outcome Station::start_bridge(const FloorPlan& floor) {
    const auto folder = floor.folder / plan.device;
    auto bridge = started({.argv = {floor.programs / "kenpin-bridge", "--socket", folder / "bridge.sock",
                                    "--serial", "S1=" + scanner->path().string()},
                           .output = folder / "bridge.log"},
                          "");
    if (!bridge) return bridge.error();
    bridge_ = std::move(bridge).value();
    return Done{};
}

Outcome Station::start_printer(const FloorPlan& floor) {
    if (plan.role != "packer") return Done{};
    const auto log = floor.folder / plan.device / "label-printer.log";
    auto printer = started({.argv = {floor.programs / "kenpin-virtual-printer", "--out", tray, "--port", "0",
                                     "--http-port", "0"},
                            .output = log},
                           "http_port");
    if (!printer) return printer.error();
    label_printer = std::move(printer).value();
    const auto ports = nlohmann::json::parse(*label_printer->wait_for_line("http_port", seconds{1}));
    label_port = ports["port"];
    return Done{};
}

Outcome Station::start(const FloorPlan& floor, const std::vector<std::string>& lines) {
    if (!has_bridge())
        if (auto bridge = start_bridge(floor); !bridge) return bridge;
    if (is_running()) return Done{};
    const auto folder = floor.folder / plan.device;
    Program program{.argv = plan.launcher, .env = plan.env, .output = folder / "station.log"};
    program.env["SDL_AUDIODRIVER"] = "dummy";
    const std::vector<std::string> own{floor.programs / "kenpin-station",
                                       "--device",
                                       plan.device,
                                       "--role",
                                       plan.role,
                                       "--profile",
                                       plan.profile,
                                       "--lang",
                                       plan.language,
                                       "--bridge",
                                       folder / "bridge.sock",
                                       "--data",
                                       folder / "data",
                                       "--screen-log",
                                       screen_log,
                                       "--position",
                                       std::to_string(plan.x) + "," + std::to_string(plan.y)};
    program.argv.insert(program.argv.end(), own.begin(), own.end());
    program.argv.insert(program.argv.end(), lines.begin(), lines.end());
    if (label_port > 0) {
        program.argv.push_back("--printer");
        program.argv.push_back("127.0.0.1:" + std::to_string(label_port));
    }
    if (floor.display.empty())
        program.argv.push_back("--headless");
    else
        program.env["DISPLAY"] = floor.display;
    auto station = started(program, "");
    if (!station) return station.error();
    program_ = std::move(station).value();
    return Done{};
}

}  // namespace kenpin::floor
