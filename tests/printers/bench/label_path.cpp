#include <thread>

#include <time.h>

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

    // One label all the way; how long until its first byte arrived.
    Result<double> print(int n) {
        sink.forget();
        const auto start = std::chrono::steady_clock::now();
        const auto job =
            spool.enqueue({.printer = printer, .document = {std::to_string(n)}, .sealed = "x"}, from_ms(0));
        if (!job) return job.error();
        const auto zpl = drawn_and_read(decoder, n, dpmm);
        if (!zpl) return zpl.error();
        const auto sent = spool::print_job(
            spool, job.value(), zpl.value(),
            [&](std::string_view bytes) { return device.send(bytes, spool::mark_of(job.value())); },
            from_ms(0));
        if (!sent) return sent.error();
        if (sent.value().state != spool::JobState::sent) return Error{Error::Kind::unreachable, "not sent"};
        sent_bytes += zpl.value().size();
        return ms_between(start, sink.first_byte());
    }
    double cpu_ms() const { return own_cpu_ms() + cpu_ms_of(decoder.child_pid()); }
};

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

Result<Figures> measure_label_path(int labels, int dpmm) {
    Path path(dpmm);
    for (int n = 1; n <= 3; ++n)  // fonts and decoder are warm on a working day
        if (const auto warm = path.print(n); !warm) return warm.error();
    Figures out{"label: draw, read back, ZPL, spool, TCP, " + std::to_string(dpmm) + " dots/mm", {}, 0, 0};
    const double cpu = path.cpu_ms();
    const auto bytes = path.sink.received();
    for (int n = 4; n < 4 + labels; ++n) {
        const auto took = path.print(n);
        if (!took) return took.error();
        out.first_byte_ms.push_back(took.value());
    }
    out.cpu_ms_per_label = (path.cpu_ms() - cpu) / labels;
    out.bytes_per_label = static_cast<double>(path.sink.received() - bytes) / labels;
    return out;
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
    const auto bytes = path_.sent_bytes;
    const double cpu = path_.cpu_ms();
    const auto start = std::chrono::steady_clock::now();
    for (int n = 0; n < labels; ++n) {
        const auto took = path_.print(next_++);
        if (!took) return took.error();
        if (n == 0) out.first_byte_ms = took.value();
    }
    wait_for_bytes();
    out.last_byte_ms = ms_between(start, path_.sink.last_byte());
    out.cpu_ms = path_.cpu_ms() - cpu;
    out.bytes = static_cast<double>(path_.sent_bytes - bytes);
    return out;
}

}  // namespace

Result<std::unique_ptr<Way>> our_way(int dpmm) {
    auto way = std::make_unique<OurWay>(dpmm);
    if (const auto warm = way->run(3); !warm) return warm.error();  // fonts and decoder are, on a working day
    return std::unique_ptr<Way>(std::move(way));
}

}  // namespace kenpin::bench
