// kenpin-bench-bridge: the bridge as it is delivered, with four devices on a software USB bus, as JSON lines.
// Scan to socket: from the report on the (emulated) wire to the packet at the station's end, which holds
// umockdev's own share; at rest: what the daemon costs while nothing happens.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <unistd.h>

#include "core/domain/barcode.hpp"
#include "places.hpp"
#include "tests/bench/line.hpp"
#include "tests/firmware-bridge/raw_station.hpp"
#include "tests/support/mock_usb.hpp"
#include "tests/support/process.hpp"
#include "tests/support/usb_devices.hpp"

namespace {

using namespace kenpin;
using namespace kenpin::support;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr int scans = 1'000;
constexpr auto between_scans = 5ms;
constexpr auto rest = 10s;
constexpr int stable = 4, grams = 2;

struct Bench {  // three scanners and a scale
    PosScanner scanners[3] = {PosScanner("SCN0001"), PosScanner("SCN0002"), PosScanner("SCN0003")};
    Scale scale;
    MockUsb usb;
    TempDir folder;
};

Result<Process> start_bridge(Bench& bench, const std::filesystem::path& socket) {
    auto started = Process::start({.argv = {KENPIN_BIN_DIR "/kenpin-bridge", "--socket", socket, "--usb"},
                                   .env = bench.usb.environment()});
    if (started && !std::move(started).value().wait_for_line("ready on", 20s))
        return Error{Error::Kind::refused, "kenpin-bridge did not start"};
    return started;
}

void pair(Bench& bench, RawStation& station) {
    for (auto& scanner : bench.scanners) {
        bench.usb.with(scanner, [&] {
            scanner.scan("]C0", domain::make_own_code(domain::OwnKind::station, "BENCH1").value());
        });
        station.sees(protocol::DeviceChange::add);
    }
}

/// Milliseconds of each; empty when a scan did not arrive.
std::vector<double> scan_to_socket(Bench& bench, RawStation& station) {
    std::vector<double> took;
    for (int n = 0; n < scans; ++n) {
        auto& scanner = bench.scanners[n % 3];
        if (n % 20 == 0) bench.usb.with(bench.scale, [&] { bench.scale.weigh(stable, grams, 0, n); });
        const auto start = Clock::now();
        bench.usb.with(scanner, [&] { scanner.scan("]C0", "CODE-" + std::to_string(n)); });
        const auto scan = station.next_scan();
        if (!scan) return {};
        took.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
        station.acknowledge(scan->seq);
        std::this_thread::sleep_for(between_scans);
    }
    return took;
}

/// Of all its threads, user and system (proc(5), fields 14 and 15 of stat).
double cpu_s(pid_t pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string text;
    std::getline(file, text);
    std::istringstream fields(text.substr(text.rfind(')') + 2));
    std::string skipped;
    for (int i = 0; i < 11; ++i) fields >> skipped;
    double user = 0, system = 0;
    fields >> user >> system;
    return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

double rss_mb(pid_t pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/status");
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("VmRSS:")) return std::stod(line.substr(6)) / 1024;
    return 0;
}

int failed(const std::string& why) {
    std::fprintf(stderr, "kenpin-bench-bridge: %s\n", why.c_str());
    return 1;
}

}  // namespace

int main() {
    Bench bench;
    const char* port[] = {"1", "2", "3"};
    for (int i = 0; i < 3; ++i) bench.usb.plug(bench.scanners[i], port[i]);
    bench.usb.plug(bench.scale, "4");
    const auto socket = bench.folder / "bridge.sock";
    auto bridge = start_bridge(bench, socket);
    if (!bridge) return failed(bridge.error().detail);
    const auto pid = bridge.value().pid();

    RawStation station(socket);
    for (int i = 0; i < 3; ++i) station.sees(protocol::DeviceChange::add, "unassigned");
    pair(bench, station);
    bench::print(bench::value_line("load", bench::load_of_machine(), "processes"));
    const auto took = scan_to_socket(bench, station);
    if (took.empty()) return failed("a scan did not arrive");
    bench::print(bench::latency_line("scan_to_socket_4_devices", took, "p99_ms", 10));

    const double before = cpu_s(pid);
    std::this_thread::sleep_for(rest);
    const double share = (cpu_s(pid) - before) / std::chrono::duration<double>(rest).count();
    bench::print(bench::value_line("bridge_cpu_at_rest_4_devices", share * 100, "%", 1));
    bench::print(bench::value_line("bridge_memory_4_devices", rss_mb(pid), "MB", 10));
    return 0;
}
