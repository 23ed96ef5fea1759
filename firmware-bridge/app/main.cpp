// kenpin-bridge: the devices of one station, by their identity, with their exact bytes
// (docs/protocol/bridge.md).
#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <signal.h>
#include <sys/random.h>
#include <sys/signalfd.h>

#include "firmware-bridge/app/daemon.hpp"
#include "firmware-bridge/app/decode_files.hpp"
#include "firmware-bridge/app/settings.hpp"
#include "firmware-bridge/device/serial_lines.hpp"

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

std::vector<DeviceSettings> named_on_command_line(const std::vector<std::string>& words) {
    std::vector<DeviceSettings> all;
    for (const auto& word : words) {
        auto device = parse_serial_option(word);
        if (!device) give_up(device.error());
        all.push_back(std::move(device).value());
    }
    if (const auto distinct = check_distinct(all); !distinct) give_up(distinct.error());
    return all;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc > 2 && std::string_view(argv[1]) == "decode") return decode_files({argv + 2, argv + argc});
    CLI::App program("The devices beside a station, handed to it scan by scan", "kenpin-bridge");
    std::string socket;
    std::vector<std::string> serial;
    program.add_option("--socket", socket, "where the station finds the bridge")->required();
    program.add_option("--serial", serial, "ID=PATH[,line|cr|lf|stx_etx], once per serial scanner");
    CLI11_PARSE(program, argc, argv);

    const int stop = stop_signals();
    Settings settings;
    settings.devices = named_on_command_line(serial);
    Sources sources;
    sources.push_back(std::make_unique<device::SerialLines>(serial_lines(settings.devices)));
    auto listener = StationListener::listen(socket);
    if (!listener) give_up(listener.error());
    std::fprintf(stderr, "kenpin-bridge: ready on %s\n", socket.c_str());
    Daemon(std::move(listener).value(), std::move(sources), Switchboard(std::move(settings)), new_run())
        .run(stop);
    return 0;
}
