// kenpin-station: the screen of a picker or a packer.
#include <atomic>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include <signal.h>

#include "adaptors/log/log.hpp"
#include "station/app/options.hpp"
#include "station/app/station_program.hpp"

namespace {

using namespace kenpin;

sigset_t stop_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    return signals;
}

int fail(const Error& why) {
    std::fprintf(stderr, "kenpin-station: %s\n", why.detail.c_str());
    return 2;
}

/// Waits for SIGTERM or SIGINT in a thread of its own, until told to end.
void watch_signals(const std::stop_token& end, app::StationProgram& program) {
    const sigset_t signals = stop_signals();
    const timespec patience{0, 200'000'000};
    while (!end.stop_requested())
        if (sigtimedwait(&signals, nullptr, &patience) > 0) program.stop();
}

}  // namespace

int main(int argc, char** argv) {
    const sigset_t signals = stop_signals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // before the first thread: all inherit it
    signal(SIGPIPE, SIG_IGN);
    auto options = app::parse_options({argv + 1, argv + argc});
    if (!options) return fail(options.error());
    (void)log::start(
        {.program = "kenpin-station", .least = log::Level::info, .file = {}});  // stderr always works
    auto program = app::StationProgram::start(std::move(options).value());
    if (!program) return fail(program.error());
    std::jthread watcher([&](const std::stop_token& end) { watch_signals(end, *program.value()); });
    program.value()->run();
    return 0;
}
