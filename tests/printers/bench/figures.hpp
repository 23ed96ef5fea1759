#pragma once
// Figures of the printing path. All times in ms.
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.hpp"

namespace kenpin::bench {

struct Figures {
    std::string what;
    std::vector<double> first_byte_ms;  // data -> first byte at the printer's socket, one per label
    double cpu_ms_per_label = 0;        // all processes that took part
    double bytes_per_label = 0;
};

double cpu_ms_of(int pid);  // of one living process, fine-grained
double own_cpu_ms();        // of all threads of this one
double ms_between(std::chrono::steady_clock::time_point from, std::chrono::steady_clock::time_point to);
double ms_since(std::chrono::steady_clock::time_point start);

/// Ours: fields -> bitmap -> barcodes read back -> ZPL -> spool row -> TCP, `labels` times, warm.
Result<Figures> measure_label_path(int labels, int dpmm);

/// So many labels at once, to the last byte at the printer's socket.
struct Run {
    int labels = 1;
    double first_byte_ms = 0;
    double last_byte_ms = 0;
    double cpu_ms = 0;  // of all processes that took part but the printer, for all labels
    double bytes = 0;
};

/// One way from labels to the bytes at a printer's socket, warm.
class Way {
public:
    Way() = default;
    Way(const Way&) = delete;
    Way& operator=(const Way&) = delete;
    virtual ~Way() = default;
    virtual Result<Run> run(int labels) = 0;
};

/// Ours, from the labels' fields on: spool row, bitmap, read back, ZPL, TCP.
Result<std::unique_ptr<Way>> our_way(int dpmm);

/// The anchor, from a ready PDF of the same labels on: a cupsd of our own, Ghostscript, rastertolabel, TCP.
/// Several labels are one job of as many pages: its fastest way. CPU in ticks of 10 ms.
Result<std::unique_ptr<Way>> cups_way(int dpmm);

}  // namespace kenpin::bench
