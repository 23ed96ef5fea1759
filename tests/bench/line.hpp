#pragma once
// What a bench prints: one JSON object a line, so that runs can be kept and compared.
#include <optional>
#include <string>
#include <vector>

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

}  // namespace kenpin::bench
