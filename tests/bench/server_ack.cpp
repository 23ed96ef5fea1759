#include "tests/bench/server_ack.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "core/base/inbox.hpp"
#include "core/base/limits.hpp"
#include "places.hpp"
#include "tests/bench/stations.hpp"
#include "tests/support/private_mosquitto.hpp"
#include "tests/support/process.hpp"

namespace kenpin::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds between_scans{200};
constexpr std::chrono::seconds patience{30};
const std::string word = "bench-secret";  // of made-up accounts on loopback

std::string device_name(int number) {
    return "H" + std::to_string(number);
}

/// Nobody but its owner may read it; kenpin-server insists.
std::filesystem::path write_private(const std::filesystem::path& path, const std::string& text) {
    std::ofstream(path) << text;
    std::filesystem::permissions(path,
                                 std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    return path;
}

Result<support::Process> start_server(const support::TempDir& folder, int stations,
                                      std::uint16_t broker_port) {
    std::string accounts = "server:" + word + "\n";
    for (int n = 1; n <= stations; ++n) accounts += device_name(n) + ":" + word + "\n";
    const auto accounts_file = write_private(folder / "accounts", accounts);
    const auto config = write_private(
        folder / "server.toml",
        "site = \"" + site.value + "\"\nlog_level = \"warn\"\naccounts = \"" + accounts_file.string() +
            "\"\n[mqtt]\nport = " + std::to_string(broker_port) + "\n[http]\nport = 0\n");
    auto started = support::Process::start({.argv = {KENPIN_BIN_DIR "/kenpin-server", "--config",
                                                     config.string(), "--data", (folder / "server").string()},
                                            .env = {},
                                            .directory = {},
                                            .output = {}});
    if (!started) return started;
    auto server = std::move(started).value();
    if (!server.wait_for_line("\"ready\":true", patience))
        return Error{Error::Kind::refused, "kenpin-server: " + server.output()};
    return server;
}

Result<support::Process> start_station(const support::TempDir& folder, int number, std::uint16_t broker_port,
                                       int scans) {
    const auto self = std::filesystem::read_symlink("/proc/self/exe").string();
    const auto name = device_name(number);
    return support::Process::start(
        {.argv = {self, "--ack-station", name, word, (folder / (name + ".db")).string(),
                  std::to_string(broker_port), std::to_string(scans)},
         .env = {},
         .directory = {},
         .output = {}});
}

void collect(const std::string& output, std::vector<double>& took) {
    std::istringstream lines(output);
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with("ack ")) took.push_back(std::stod(line.substr(4)));
}

/// Keeps what StationSync says: whether it is online, and how many events wait for the server.
struct Line {
    Inbox<sync::Notice> inbox{limits::inbox_large};
    bool is_online = false;
    std::int64_t waiting = 0;

    template <class Until>
    bool wait(const Until& until) {
        for (const auto end = Clock::now() + patience; !until();) {
            if (Clock::now() > end) return false;
            for (const auto& notice : inbox.wait_and_take(Millis{100}))
                if (const auto* changed = std::get_if<sync::LinkChanged>(&notice)) note(changed->shown);
        }
        return true;
    }
    void note(const sync::Shown& shown) {
        is_online = shown.link == sync::Link::online;
        if (waiting > 0 && shown.waiting == 0) ++acknowledged;
        waiting = shown.waiting;
    }
    int acknowledged = 0;
};

}  // namespace

int run_ack_station(const AckStation& station) {
    std::setvbuf(stdout, nullptr, _IOLBF, 0);  // read while this runs
    Line line;
    auto begun = sync::StationSync::start(
        station_options(station.database, DeviceId{station.device}, station.broker_port, station.password),
        [&](sync::Notice notice) { (void)line.inbox.post(std::move(notice)); });
    if (!begun || !line.wait([&] { return line.is_online; })) return 1;
    const auto device = std::move(begun).value();
    const protocol::Body caught = protocol::ScanRefused{
        "pick", domain::Refusal::wrong_item, "4901234567894", "4901234567900", {}, {}, {}};
    for (int done = 0; done < station.scans; ++done) {
        std::this_thread::sleep_for(between_scans);
        const auto start = Clock::now();
        const auto now = std::chrono::floor<Millis>(std::chrono::system_clock::now());
        if (!device->commit(
                {static_cast<std::uint64_t>(done) + 1, {{now, WorkerId{"1001"}, "bench", caught}}, {}}))
            return 1;
        if (!line.wait([&] { return line.acknowledged > done; })) return 1;
        std::printf("ack %.3f\n", std::chrono::duration<double, std::milli>(Clock::now() - start).count());
    }
    return 0;
}

Result<std::vector<double>> measure_server_ack(int stations, int scans) {
    const support::TempDir folder;
    std::vector<support::BrokerAccount> accounts{{"server", word}};
    for (int n = 1; n <= stations; ++n) accounts.push_back({device_name(n), word});
    const auto broker = support::PrivateMosquitto::start(site.value, accounts);
    if (!broker) return broker.error();
    const auto port = broker.value()->port();
    const auto server = start_server(folder, stations, port);
    if (!server) return server.error();
    std::vector<support::Process> devices;
    for (int n = 1; n <= stations; ++n) {
        auto device = start_station(folder, n, port, scans);
        if (!device) return device.error();
        devices.push_back(std::move(device).value());
    }
    std::vector<double> took;
    for (auto& device : devices) {
        const auto end = device.wait(patience + 2 * scans * between_scans);
        if (!end || end->code != 0)
            return Error{Error::Kind::refused,
                         "a station did not get its acknowledgements: " + device.output()};
        collect(device.output(), took);
    }
    return took;
}

}  // namespace kenpin::bench
