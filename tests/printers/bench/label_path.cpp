#include <algorithm>
#include <thread>

#include <time.h>

#include "core/base/limits.hpp"
#include "printers/spool/desk.hpp"
#include "tests/printers/bench/figures.hpp"
#include "tests/printers/e2e/labels.hpp"
#include "tests/printers/e2e/tcp_sink.hpp"
#include "tests/support/process.hpp"

namespace kenpin::bench {

namespace {

const PrinterId printer{"bench"};

Result<std::string> drawn_and_read(codes::Decoder& decoder, int n, int dpmm) {
    auto fields = layout::sample_waybill();
    fields.tracking = support::tracking_of(n);
    const auto label = layout::draw_waybill(fields, dpmm);
    if (!label) return label.error();
    if (const auto read = layout::verify_codes(label.value(), decoder); !read) return read.error();
    return encode::encode_zpl(label.value().bitmap, {.width_dots = 100 * dpmm, .length_dots = 150 * dpmm},
                              {});
}

struct Path {
    support::TempDir dir;
    support::TcpSink sink;
    codes::Decoder decoder;
    spool::Spool spool;
    transport::LabelPrinter device;
    int dpmm;
    std::size_t sent_bytes = 0;

    explicit Path(int dots)
        : spool(std::move(spool::Spool::open("sqlite:" + (dir / "spool.db").string(), from_ms(0))).value()),
          device({}, {"127.0.0.1", sink.port()}),
          dpmm(dots) {}

    double cpu_ms() { return own_cpu_ms() + cpu_ms_of(decoder.child_pid()) - sink.cpu_ms(); }
    Outcome print(int first, int labels);

private:
    Result<std::vector<spool::Ready>> drawn(const std::vector<spool::Job>& jobs, std::size_t from);
    Outcome send(const std::vector<spool::Ready>& together);
};

// As a desk does: queued at once, then as many drawn and sent together as may be unproven.
Outcome Path::print(int first, int labels) {
    std::vector<spool::NewJob> wanted;
    for (int n = first; n < first + labels; ++n)
        wanted.push_back({.printer = printer, .document = {std::to_string(n)}, .sealed = "x"});
    const auto jobs = spool.enqueue(wanted, from_ms(0));
    if (!jobs) return jobs.error();
    for (std::size_t at = 0; at < jobs.value().size(); at += limits::labels_in_flight) {
        const auto together = drawn(jobs.value(), at);
        if (!together) return together.error();
        if (const auto sent = send(together.value()); !sent) return sent.error();
    }
    return Done{};
}

Result<std::vector<spool::Ready>> Path::drawn(const std::vector<spool::Job>& jobs, std::size_t from) {
    std::vector<spool::Ready> out;
    for (auto at = from; at < std::min(jobs.size(), from + limits::labels_in_flight); ++at) {
        auto zpl = drawn_and_read(decoder, std::stoi(jobs[at].document.value), dpmm);
        if (!zpl) return zpl.error();
        out.push_back({jobs[at], std::move(zpl).value()});
    }
    return out;
}

Outcome Path::send(const std::vector<spool::Ready>& together) {
    const auto sent = spool::print_jobs(
        spool, together,
        [&](const spool::Job& job, std::string_view bytes) {
            sent_bytes += bytes.size();
            return device.send(bytes, spool::mark_of(job));
        },
        from_ms(0));
    if (!sent) return sent.error();
    for (const auto& job : sent.value())
        if (job.state != spool::JobState::sent) return Error{Error::Kind::unreachable, "not sent"};
    return Done{};
}

}  // namespace

double ms_between(std::chrono::steady_clock::time_point from, std::chrono::steady_clock::time_point to) {
    return std::chrono::duration<double, std::milli>(to - from).count();
}

double own_cpu_ms() {
    timespec used{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return static_cast<double>(used.tv_sec) * 1e3 + static_cast<double>(used.tv_nsec) / 1e6;
}

double cpu_ms_of(int pid) {
    clockid_t clock{};
    timespec used{};
    if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &used) != 0) return 0;
    return static_cast<double>(used.tv_sec) * 1e3 + static_cast<double>(used.tv_nsec) / 1e6;
}

double ms_since(std::chrono::steady_clock::time_point start) {
    return ms_between(start, std::chrono::steady_clock::now());
}

namespace {

class OurWay : public Way {
public:
    explicit OurWay(int dpmm) : path_(dpmm) {}
    Result<Run> run(int labels) override;

private:
    void wait_for_bytes() const {
        while (path_.sink.received() < path_.sent_bytes) std::this_thread::yield();
    }

    Path path_;
    int next_ = 1;
};

Result<Run> OurWay::run(int labels) {
    Run out{.labels = labels};
    path_.sink.forget();
    const auto bytes = path_.sent_bytes;
    const double cpu = path_.cpu_ms();
    const auto start = std::chrono::steady_clock::now();
    if (const auto printed = path_.print(next_, labels); !printed) return printed.error();
    next_ += labels;
    out.cpu_ms = path_.cpu_ms() - cpu;
    wait_for_bytes();
    out.first_byte_ms = ms_between(start, path_.sink.first_byte());
    out.last_byte_ms = ms_between(start, path_.sink.last_byte());
    out.bytes = static_cast<double>(path_.sent_bytes - bytes);
    return out;
}

}  // namespace

Result<std::unique_ptr<Way>> our_way(int dpmm) {
    auto way = std::make_unique<OurWay>(dpmm);
    if (const auto warm = way->run(3); !warm) return warm.error();  // fonts and decoder are, on a working day
    return std::unique_ptr<Way>(std::move(way));
}

Result<Figures> measure_label_path(int labels, int dpmm) {
    const auto way = our_way(dpmm);
    if (!way) return way.error();
    Figures out{"label: draw, read back, ZPL, spool, TCP, " + std::to_string(dpmm) + " dots/mm", {}, 0, 0};
    for (int n = 0; n < labels; ++n) {
        const auto run = way.value()->run(1);
        if (!run) return run.error();
        out.first_byte_ms.push_back(run.value().first_byte_ms);
        out.cpu_ms_per_label += run.value().cpu_ms / labels;
        out.bytes_per_label += run.value().bytes / labels;
    }
    return out;
}

}  // namespace kenpin::bench
