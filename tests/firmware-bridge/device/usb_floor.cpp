#include "tests/firmware-bridge/device/usb_floor.hpp"

#include <thread>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "places.hpp"

namespace kenpin::support {

std::string handle_in(const std::string& line) {
    const auto from = line.find(' ') + 1;
    return line.substr(from, line.find(' ', from) - from);
}

void UsbFloor::start(const std::vector<std::string>& ours) {
    const auto pipe = folder_ / "commands";
    mkfifo(pipe.c_str(), 0600);
    std::vector<std::string> argv{KENPIN_BIN_DIR "/kenpin-usb-watcher", pipe};
    argv.insert(argv.end(), ours.begin(), ours.end());
    watcher_.emplace(Process::start({.argv = argv, .env = usb.environment()}).value());
}

void UsbFloor::command(std::string_view line) {
    const int pipe = open((folder_ / "commands").c_str(), O_WRONLY | O_CLOEXEC);
    const auto text = std::string(line) + "\n";
    (void)!write(pipe, text.data(), text.size());  // a test that is not obeyed fails by itself
    close(pipe);
}

std::string UsbFloor::next(std::string_view text) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{20};
    while (std::chrono::steady_clock::now() < end) {
        const auto all = output();
        for (auto start = seen_, stop = all.find('\n', start); stop != std::string::npos;
             start = stop + 1, stop = all.find('\n', start)) {
            const auto line = all.substr(start, stop - start);
            if (line.find(text) == std::string::npos) continue;
            seen_ = stop + 1;
            return line;
        }
        if (!watcher_->is_running()) return {};
        std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
    return {};
}

bool UsbFloor::said(std::string_view text) {
    return output().find(text, seen_) != std::string::npos;
}

Exit UsbFloor::stop() {
    return watcher_->stop();
}

}  // namespace kenpin::support
