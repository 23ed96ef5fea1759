// kenpin-spool-victim SPOOL.db PORT LABELS: queues labels 1..LABELS and prints them until none waits. The
// test kills it at any moment and starts it again.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "printers/spool/desk.hpp"
#include "tests/printers/e2e/labels.hpp"

using namespace kenpin;
using namespace kenpin::spool;

namespace {

Instant now() {
    return std::chrono::floor<Millis>(std::chrono::system_clock::now());
}

bool is_anything_waiting(Spool& spool, const PrinterId& printer) {
    return !spool.in_state(printer, JobState::queued).value().empty() ||
           !spool.in_state(printer, JobState::sent).value().empty();
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) return 2;
    const PrinterId printer{"zebra"};
    auto opened = Spool::open(std::string("sqlite:") + argv[1], now());
    if (!opened) return 3;
    auto spool = std::move(opened).value();
    for (int n = 1; n <= std::atoi(argv[3]); ++n) {
        const auto name = std::to_string(n);
        if (!spool.enqueue({.printer = printer, .document = {"S" + name + "/waybill/1"}, .sealed = name},
                           now()))
            return 4;
    }
    std::puts("queued");
    std::fflush(stdout);
    LabelDesk desk(spool, printer, transport::LabelPrinter({}, {"127.0.0.1", std::atoi(argv[2])}),
                   [](const Job& job, const std::string& sealed) {
                       return support::zpl_of(std::stoi(sealed), job.copy_no);
                   });
    while (is_anything_waiting(spool, printer)) {
        (void)desk.step(now());  // the states in the spool say what became of it
        std::this_thread::sleep_for(std::chrono::milliseconds{5});
    }
    return 0;
}
