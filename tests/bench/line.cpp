#include "tests/bench/line.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include <nlohmann/json.hpp>

#include "core/base/check.hpp"

namespace kenpin::bench {
namespace {

constexpr double half = 0.5, almost_all = 0.99;

double rounded(double value) {
    return static_cast<double>(static_cast<long long>(value * 100 + 0.5)) / 100;
}

double at_share(const std::vector<double>& sorted, double share) {
    KENPIN_CHECK(!sorted.empty());
    return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1) + 0.5)];
}

void add_ratio(double aim, double value, nlohmann::ordered_json& line) {
    if (const auto found = ratio(aim, value)) line["ratio"] = *found;
}

}  // namespace

std::optional<double> ratio(double anchor, double ours, Better better) {
    if (anchor <= 0 || ours <= 0) return std::nullopt;
    return rounded(better == Better::less ? anchor / ours : ours / anchor);
}

std::string latency_line(const std::string& name, std::vector<double> values, const std::string& aimed,
                         double aim_ms) {
    std::sort(values.begin(), values.end());
    nlohmann::ordered_json line{{"name", name},
                                {"p50_ms", rounded(at_share(values, half))},
                                {"p99_ms", rounded(at_share(values, almost_all))},
                                {"n", values.size()},
                                {"aim", {{aimed, aim_ms}}}};
    add_ratio(aim_ms, line[aimed].get<double>(), line);
    return line.dump();
}

std::string value_line(const std::string& name, double value, const std::string& unit, double aim) {
    nlohmann::ordered_json line{{"name", name}, {"value", rounded(value)}, {"unit", unit}};
    if (aim > 0) line["aim"] = aim;
    add_ratio(aim, value, line);
    return line.dump();
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return at_share(values, half);
}

void print(const std::string& line) {
    std::printf("%s\n", line.c_str());
    std::fflush(stdout);
}

double load_of_machine() {
    double load = 0;
    return getloadavg(&load, 1) == 1 ? load : 0;
}

}  // namespace kenpin::bench
