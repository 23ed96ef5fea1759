#pragma once
// Figures of the printing path. All times in ms.
#include <chrono>
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

/// "{"bench":…,"what":…,"labels":…,"first_byte_p50_ms":…,"first_byte_p99_ms":…,"cpu_ms":…,"bytes":…}"
std::string to_json(const Figures& figures);

double cpu_ms_of(int pid);  // of one living process, fine-grained
double ms_since(std::chrono::steady_clock::time_point start);

/// Ours: fields -> bitmap -> barcodes read back -> ZPL -> spool row -> TCP, `labels` times, warm.
Result<Figures> measure_label_path(int labels, int dpmm);

/// The anchor: PDF -> CUPS -> Ghostscript -> rastertolabel -> TCP, through a cupsd of our own.
Result<Figures> measure_cups_path(int labels);

}  // namespace kenpin::bench
