#include <fstream>
#include <sstream>
#include <thread>

#include <unistd.h>

#include "adaptors/text/canvas.hpp"
#include "printers/layout/bars.hpp"
#include "printers/transport/cups.hpp"
#include "tests/printers/bench/figures.hpp"
#include "tests/printers/e2e/labels.hpp"
#include "tests/printers/e2e/tcp_sink.hpp"
#include "tests/support/private_cups.hpp"

namespace kenpin::bench {

namespace {

constexpr double mm = 72 / 25.4;
constexpr double patience_ms = 30'000;

// The same words and bars as our label, as the vector PDF that other systems hand to CUPS.
std::string label_pdf(int n) {
    text::PdfPaper paper(100 * mm, 150 * mm, "label");
    const auto fields = layout::sample_waybill();
    double y = 4;
    const auto write = [&](const std::string& words, double size_mm) {
        paper.draw(words, {4 * mm, y * mm, 92 * mm, 3 * size_mm * mm}, {.size = size_mm * mm});
        y += size_mm * 1.6;
    };
    write(fields.carrier_name + " " + fields.service_name, 5);
    write("〒" + fields.recipient.postcode.reveal(), 5);
    for (const auto& line : fields.recipient.lines.reveal()) write(line, 4.8);
    write(fields.recipient.name.reveal() + " 様", 8);
    for (const auto& line : fields.sender.lines.reveal()) write(line, 3);
    write(fields.sender.name.reveal(), 4);
    write(fields.contents, 4);
    write(layout::grouped(support::tracking_of(n)), 7);
    double x = 20 * mm;
    bool is_bar = true;
    for (const int run : layout::nw7_runs("A" + support::tracking_of(n).value + "A", {2, 5}).value()) {
        if (is_bar) paper.fill({x, 120 * mm, run * mm / 8, 15 * mm});
        x += run * mm / 8;
        is_bar = !is_bar;
    }
    return paper.finish().value();
}

// cupsd and all children it has waited for, in clock ticks of 10 ms.
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

Result<double> print(const transport::CupsQueue& queue, support::TcpSink& sink, int n) {
    sink.forget();
    const auto start = std::chrono::steady_clock::now();
    const auto job = transport::submit_pdf(queue, "label-" + std::to_string(n), label_pdf(n), {.media = {}});
    if (!job) return job.error();
    while (sink.first_byte().time_since_epoch().count() == 0) {
        if (ms_since(start) > patience_ms) return Error{Error::Kind::busy, "CUPS sent nothing"};
        std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
    const double took = std::chrono::duration<double, std::milli>(sink.first_byte() - start).count();
    auto state = transport::job_state(queue, job.value());
    while (state && state.value() != transport::CupsJobState::completed && ms_since(start) < patience_ms) {
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
        state = transport::job_state(queue, job.value());
    }
    return took;
}

}  // namespace

Result<Figures> measure_cups_path(int labels) {
    const support::TempDir dir;
    support::TcpSink sink;
    auto started = support::PrivateCups::start(dir.path());
    if (!started) return started.error();
    const auto cups = std::move(started).value();
    const auto made = cups->queue(
        "zebra", "socket://127.0.0.1:" + std::to_string(sink.port()),
        {"-m", "drv:///sample.drv/zebra.ppd", "-o", "Resolution=203dpi", "-o", "PageSize=Custom.100x150mm"});
    if (!made) return made.error();
    const transport::CupsQueue queue{cups->server(), "zebra"};
    if (const auto warm = print(queue, sink, 1); !warm) return warm.error();
    Figures out{"anchor: PDF, CUPS, Ghostscript, rastertolabel, TCP, 203 dpi", {}, 0, 0};
    const double cpu = cpu_ms_with_children(cups->pid());
    const auto bytes = sink.received();
    for (int n = 2; n < 2 + labels; ++n) {
        const auto took = print(queue, sink, n);
        if (!took) return took.error();
        out.first_byte_ms.push_back(took.value());
    }
    out.cpu_ms_per_label = (cpu_ms_with_children(cups->pid()) - cpu) / labels;
    out.bytes_per_label = static_cast<double>(sink.received() - bytes) / labels;
    return out;
}

}  // namespace kenpin::bench
