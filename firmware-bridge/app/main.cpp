// kenpin-bridge: the devices of one station, by their identity, with their exact bytes
// (docs/protocol/bridge.md).
#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <signal.h>
#include <sys/random.h>
#include <sys/signalfd.h>

#include "firmware-bridge/app/daemon.hpp"
#include "firmware-bridge/app/options.hpp"

namespace {

using namespace kenpin;
using namespace kenpin::app;

[[noreturn]] void give_up(const Error& why) {
    std::fprintf(stderr, "kenpin-bridge: %s\n", why.detail.c_str());
    std::exit(2);
}

protocol::BridgeRun new_run() {
    std::array<unsigned char, 8> bytes{};
    KENPIN_CHECK(getrandom(bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()));
    std::string hex;
    for (const auto byte : bytes) {
        std::array<char, 3> two{};
        std::snprintf(two.data(), two.size(), "%02x", static_cast<unsigned>(byte));
        hex += two.data();
    }
    return {hex};
}

int stop_signals() {
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTERM);
    sigaddset(&stop, SIGINT);
    sigprocmask(SIG_BLOCK, &stop, nullptr);
    return signalfd(-1, &stop, SFD_CLOEXEC);
}

std::vector<SerialScannerOptions> all_scanners(const std::vector<std::string>& words,
                                               const std::string& configuration) {
    std::vector<SerialScannerOptions> all;
    if (!configuration.empty()) {
        auto read = read_configuration(configuration);
        if (!read) give_up(read.error());
        all = std::move(read).value();
    }
    for (const auto& word : words) {
        auto scanner = parse_serial_option(word);
        if (!scanner) give_up(scanner.error());
        all.push_back(std::move(scanner).value());
    }
    if (const auto distinct = check_distinct(all); !distinct) give_up(distinct.error());
    return all;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App program("The devices beside a station: serial scanners, handed to it scan by scan",
                     "kenpin-bridge");
    std::string socket, configuration;
    std::vector<std::string> serial;
    program.add_option("--socket", socket, "where the station finds the bridge")->required();
    program.add_option("--serial", serial, "ID=PATH[,line|cr|lf|stx_etx], once per scanner");
    program.add_option("--config", configuration, "JSON file with scanners, their speed and their beeps");
    CLI11_PARSE(program, argc, argv);

    const int stop = stop_signals();
    std::vector<SerialScanner> scanners;
    for (auto& scanner : all_scanners(serial, configuration)) scanners.emplace_back(std::move(scanner));
    auto listener = StationListener::listen(socket);
    if (!listener) give_up(listener.error());
    std::fprintf(stderr, "kenpin-bridge: ready on %s\n", socket.c_str());
    Daemon(std::move(listener).value(), std::move(scanners), new_run()).run(stop);
    return 0;
}
