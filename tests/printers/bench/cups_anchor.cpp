#include <fstream>
#include <sstream>
#include <thread>
#include <utility>

#include <unistd.h>

#include "printers/layout/waybill.hpp"
#include "printers/transport/cups.hpp"
#include "tests/printers/bench/figures.hpp"
#include "tests/printers/e2e/labels.hpp"
#include "tests/printers/e2e/tcp_sink.hpp"
#include "tests/support/private_cups.hpp"

namespace kenpin::bench {

namespace {

constexpr double patience_ms = 30'000;

Result<std::string> labels_pdf(int first, int labels) {
    std::vector<layout::WaybillFields> all(static_cast<std::size_t>(labels), layout::sample_waybill());
    for (auto& fields : all) fields.tracking = support::tracking_of(first++);
    return layout::draw_waybills_pdf(all);
}

// cupsd and all children it has waited for, with theirs, in clock ticks of 10 ms.
double cpu_ms_with_children(int pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string line;
    std::getline(file, line);
    std::istringstream rest(line.substr(line.rfind(')') + 2));
    std::string skipped;
    for (int field = 3; field < 14; ++field) rest >> skipped;
    double ticks = 0;
    for (int field = 14; field <= 17; ++field) {
        double one = 0;
        rest >> one;
        ticks += one;
    }
    return ticks * 1000 / static_cast<double>(sysconf(_SC_CLK_TCK));
}

class CupsWay : public Way {
public:
    Outcome start(int dpmm);
    Result<Run> run(int labels) override;

private:
    Outcome wait_for_end(int job, int labels);

    support::TempDir dir_;
    support::TcpSink sink_;
    std::unique_ptr<support::PrivateCups> cups_;
    transport::CupsQueue queue_;
    int next_ = 1;
};

Outcome CupsWay::start(int dpmm) {
    auto started = support::PrivateCups::start(dir_.path());
    if (!started) return started.error();
    cups_ = std::move(started).value();
    queue_ = {cups_->server(), "zebra"};
    return cups_->queue(
        "zebra", "socket://127.0.0.1:" + std::to_string(sink_.port()),
        {"-m", "drv:///sample.drv/zebra.ppd", "-o", dpmm == 8 ? "Resolution=203dpi" : "Resolution=300dpi",
         "-o", "PageSize=Custom.100x150mm"});
}

Outcome CupsWay::wait_for_end(int job, int labels) {
    const auto start = std::chrono::steady_clock::now();
    while (ms_since(start) < patience_ms * labels) {
        const auto state = transport::job_state(queue_, job);
        if (!state) return state.error();
        if (state.value() == transport::CupsJobState::completed) return Done{};
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    return Error{Error::Kind::busy, "CUPS does not end: " + cups_->log()};
}

Result<Run> CupsWay::run(int labels) {
    const auto pdf = labels_pdf(next_, labels);
    if (!pdf) return pdf.error();
    next_ += labels;
    sink_.forget();
    const auto before = sink_.received();
    const double cpu = cpu_ms_with_children(cups_->pid());
    const auto start = std::chrono::steady_clock::now();
    const auto job = transport::submit_pdf(queue_, "labels", pdf.value(), {.media = {}});
    if (!job) return job.error();
    if (const auto ended = wait_for_end(job.value(), labels); !ended) return ended.error();
    if (sink_.received() == before) return Error{Error::Kind::busy, "CUPS sent nothing"};
    return Run{labels, ms_between(start, sink_.first_byte()), ms_between(start, sink_.last_byte()),
               cpu_ms_with_children(cups_->pid()) - cpu, static_cast<double>(sink_.received() - before)};
}

}  // namespace

Result<std::unique_ptr<Way>> cups_way(int dpmm) {
    auto way = std::make_unique<CupsWay>();
    if (const auto started = way->start(dpmm); !started) return started.error();
    if (const auto warm = way->run(1); !warm) return warm.error();
    return std::unique_ptr<Way>(std::move(way));
}

}  // namespace kenpin::bench
