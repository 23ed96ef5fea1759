#pragma once
// What a bench prints: one JSON object a line, so that runs can be kept and compared.
#include <cerrno>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"

namespace kenpin::bench {

enum class Better { less, more };
/// How `ours` stands to its anchor (an aim, another program in the same run): above 1 is better than that,
/// whichever way the figure counts. Both above 0; nothing else has a ratio.
std::optional<double> ratio(double anchor, double ours, Better better = Better::less);

/// p50 and p99 of `values` (milliseconds; at least one) as {"name","p50_ms","p99_ms","n","aim","ratio"}.
/// `aim_ms`: what the figure at `aimed` ("p50_ms" | "p99_ms") should not pass.
std::string latency_line(const std::string& name, std::vector<double> values, const std::string& aimed,
                         double aim_ms);
/// One figure as {"name","value","unit","aim","ratio"}; no aim: 0.
std::string value_line(const std::string& name, double value, const std::string& unit, double aim = 0);

double median(std::vector<double> values);
/// At once: a bench that is stopped keeps what it had.
void print(const std::string& line);
/// How busy the machine was beside: processes that want a processor, over the last minute.
double load_of_machine();

/// Shows what was measured, or says why it was not. Answers what the program ends with: 0, or 1.
template <class T, class Show>
int show(const Result<T>& measured, const Show& lines) {
    if (measured) return lines(measured.value()), 0;
    std::fprintf(stderr, "%s: %s\n", program_invocation_short_name, measured.error().detail.c_str());
    return 1;
}

}  // namespace kenpin::bench
