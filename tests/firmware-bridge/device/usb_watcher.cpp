// A small program around UsbBus for the tests beside it: each piece of news is a line on stdout, each line
// read from the pipe given is a command. `kenpin-usb-watcher PIPE [printers] [keyboards]`: all of them are
// ours then.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "core/base/overloaded.hpp"
#include "firmware-bridge/device/usb_bus.hpp"

using namespace kenpin;
using namespace kenpin::device;

namespace {

const char* name(Kind kind) {
    constexpr const char* names[] = {"scanner", "keyboard", "scale", "printer", "camera", "unsupported"};
    return names[static_cast<int>(kind)];
}

std::string visible(const std::string& bytes) {
    std::string text;
    for (const char c : bytes)
        text += c < ' ' ? std::string("^") + static_cast<char>(c + '@') : std::string(1, c);
    return text;
}

void print_line(const Came& came) {
    const auto& d = came.device;
    std::printf("came %lu %s %04x:%04x serial=%s port=%s product=%s%s%s%s%s remedy=%s\n", d.handle.value,
                name(d.kind), unsigned{d.vid}, unsigned{d.pid}, d.serial.c_str(), d.port.c_str(),
                d.product.c_str(), d.caps.beep ? " beep" : "", d.caps.trigger ? " trigger" : "",
                d.caps.zero ? " zero" : "", d.caps.print ? " print" : "", d.remedy.c_str());
}

void print_line(const News& news) {
    std::visit(Overloaded{[](const Came& came) { print_line(came); },
                          [](const Went& went) { std::printf("went %lu\n", went.handle.value); },
                          [](const Faulty& fault) {
                              std::printf("faulty %lu %s\n", fault.handle.value, fault.reason.c_str());
                          },
                          [](const Scanned& scan) {
                              std::printf("scan %lu %s %s\n", scan.handle.value, scan.scan.aim.c_str(),
                                          visible(scan.scan.bytes).c_str());
                          },
                          [](const Weighed& weighed) {
                              std::printf("weight %lu %ld mg status %d\n", weighed.handle.value,
                                          weighed.weight.mg, static_cast<int>(weighed.weight.status));
                          },
                          [](const PrinterSaid& said) {
                              std::printf("printer %lu 0x%02x %s\n", said.handle.value,
                                          unsigned{said.port_status}, visible(said.bytes).c_str());
                          },
                          [](const Printed& printed) {
                              constexpr const char* ends[] = {"sent", "failed", "unknown"};
                              std::printf("printed %lu %s %s %zu\n", printed.handle.value,
                                          printed.job.c_str(), ends[static_cast<int>(printed.end)],
                                          printed.bytes_sent);
                          },
                          [](const Note& note) { std::printf("note %s\n", note.line.c_str()); }},
               news);
}

struct Watcher {
    std::unique_ptr<UsbBus> bus;
    std::size_t room = 256;

    void obey(const std::string& line) {
        std::istringstream words(line);
        std::string verb, first, second;
        Handle device;
        words >> verb;
        if (verb == "room") {
            words >> room;
            std::printf("room %zu\n", room);
            return;
        }
        words >> device.value >> first >> second;
        if (verb == "beep") bus->beep(device, first == "good" ? protocol::Beep::good : protocol::Beep::bad);
        if (verb == "trigger") bus->set_trigger(device, first == "on");
        if (verb == "block") bus->set_blocked(device, first == "on");
        if (verb == "zero") bus->zero(device);
        if (verb == "reset") bus->soft_reset(device);
        if (verb == "print") {
            std::ifstream file(second, std::ios::binary);
            bus->print(device, first, {std::istreambuf_iterator<char>(file), {}});
        }
    }
};

int wait_ms(Mono wake) {
    if (wake == Mono::max()) return -1;
    if (wake <= std::chrono::steady_clock::now()) return 0;
    return static_cast<int>(std::chrono::ceil<Millis>(wake - std::chrono::steady_clock::now()).count());
}

std::vector<pollfd> all_fds(const Watcher& watcher, int stop, int commands) {
    std::vector<pollfd> fds{{stop, POLLIN, 0}, {commands, POLLIN, 0}};
    for (const auto& each : watcher.bus->watched(watcher.room))
        fds.push_back(
            {each.fd, static_cast<short>((each.readable ? POLLIN : 0) | (each.writable ? POLLOUT : 0)), 0});
    return fds;
}

}  // namespace

int main(int argc, char** argv) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigprocmask(SIG_BLOCK, &signals, nullptr);
    const int stop = signalfd(-1, &signals, SFD_CLOEXEC);
    const int commands = open(argv[1], O_RDWR | O_NONBLOCK | O_CLOEXEC);
    UsbOptions options;
    for (int i = 2; i < argc; ++i) {
        if (std::string(argv[i]) == "printers") options.printers.emplace_back();
        if (std::string(argv[i]) == "keyboards") options.keyboards.emplace_back();
    }
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    Watcher watcher{UsbBus::open(options).value()};
    std::string begun;
    while (true) {
        for (const auto& news : watcher.bus->turn(std::chrono::steady_clock::now(), watcher.room))
            print_line(news);
        auto fds = all_fds(watcher, stop, commands);
        poll(fds.data(), fds.size(), wait_ms(watcher.bus->next_wake()));
        if (fds[0].revents != 0) return 0;
        char some[512];
        const auto got = fds[1].revents != 0 ? read(commands, some, sizeof some) : 0;
        if (got > 0) begun.append(some, static_cast<std::size_t>(got));
        for (auto end = begun.find('\n'); end != std::string::npos; end = begun.find('\n')) {
            watcher.obey(begun.substr(0, end));
            begun.erase(0, end + 1);
        }
    }
}
