// kenpin-bridge: the devices of one station, by their identity, with their exact bytes
// (docs/protocol/bridge.md).
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <signal.h>
#include <sys/random.h>
#include <sys/signalfd.h>

#include "firmware-bridge/app/daemon.hpp"
#include "firmware-bridge/app/pairing_file.hpp"
#include "firmware-bridge/app/verbs/verb.hpp"

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

int signals() {
    sigset_t taken;
    sigemptyset(&taken);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&taken, signal);
    sigprocmask(SIG_BLOCK, &taken, nullptr);
    return signalfd(-1, &taken, SFD_CLOEXEC | SFD_NONBLOCK);
}

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

template <class T>
T or_give_up(Result<T> result) {
    if (!result) give_up(result.error());
    return std::move(result).value();
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

struct Options {
    std::string socket = usual_socket, group, configuration, state;
    std::vector<std::string> serial;
    bool has_usb = false;
};

/// A file of pairings that cannot be understood is put aside, not overwritten.
Pairings remembered(const std::filesystem::path& file) {
    if (file.empty()) return {};
    auto pairings = read_pairings(file);
    if (pairings) return std::move(pairings).value();
    std::fprintf(stderr, "kenpin-bridge: pairings put aside as .broken, scanners must be paired again: %s\n",
                 pairings.error().detail.c_str());
    std::error_code ignored;
    std::filesystem::rename(file, file.string() + ".broken", ignored);
    return {};
}

int serve(const Options& options) {
    const int signal_fd = signals();
    Configuration configuration{options.configuration, named_on_command_line(options.serial),
                                options.has_usb};
    auto settings = or_give_up(configuration.read());
    const auto folder = environment("STATE_DIRECTORY");
    const auto state = options.state.empty() && !folder.empty() ? folder + "/pairings.toml" : options.state;
    Switchboard switchboard(std::move(settings), remembered(state));
    Places places{or_give_up(StationListener::listen(options.socket, options.group)),
                  or_give_up(StationListener::listen(options.socket + ".watch")), state,
                  environment("NOTIFY_SOCKET")};
    std::fprintf(stderr, "kenpin-bridge: ready on %s\n", options.socket.c_str());
    Daemon(std::move(places), std::move(configuration), std::move(switchboard), new_run()).run(signal_fd);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App program("The devices beside a station, handed to it scan by scan. Without a verb: the daemon.",
                     "kenpin-bridge");
    Options options;
    program.add_option("--socket", options.socket, "where the station finds the bridge")
        ->capture_default_str();
    program.add_option("--group", options.group, "whose members may be the station, too");
    program.add_option("--config", options.configuration, "TOML file: devices and what holds for them");
    program.add_option("--state", options.state, "file that remembers pairings");
    program.add_option("--serial", options.serial, "ID=PATH[,line|cr|lf|stx_etx], once per serial scanner");
    program.add_flag("--usb", options.has_usb, "look for USB devices although there is no --config");
    program.require_subcommand(0, 1);
    Verb chosen;
    add_list(program, chosen);
    add_monitor(program, chosen);
    add_doctor(program, chosen);
    add_decode(program, chosen);
    CLI11_PARSE(program, argc, argv);
    return chosen ? chosen() : serve(options);
}
