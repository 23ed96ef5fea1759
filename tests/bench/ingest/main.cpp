// kenpin-bench-ingest: how fast scans of many devices become the server's, as JSON lines. Devices are
// libmosquitto in one thread; broker, server and devices share this machine. `load`: how busy it was beside.
#include <cstdio>
#include <cstdlib>
#include <string>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "tests/bench/ingest/devices.hpp"
#include "tests/bench/ingest/server.hpp"
#include "tests/bench/line.hpp"

namespace {

using namespace kenpin;
using namespace kenpin::bench;

constexpr int most_devices = 500, alone_devices = 4, old_events = 1'000'000;
constexpr int slow_ms = 15;

struct Row {
    std::string name;
    int devices = 0;
    LoadPlan load;
    ServerWish server{};
    std::string aimed{};  // "p99_ms", "per_s", "s"; empty: none
    double aim = 0;
};

std::vector<Row> rows(int seconds) {
    const LoadPlan paced{.pace = std::chrono::seconds{1},
                         .most = std::chrono::seconds{seconds + 30},
                         .most_events = static_cast<std::size_t>(seconds)};
    const LoadPlan closed{.most = std::chrono::seconds{seconds}};
    const LoadPlan shift{.events_a_message = 50, .most_events = 1'800};
    return {{"paced_50", 50, paced, {}, "p99_ms", 25},
            {"paced_200", 200, paced, {}, "p99_ms", 25},
            {"paced_500", 500, paced, {}, "p99_ms", 100},
            {"paced_200_tls", 200, paced, {.with_tls = true}, "p99_ms", 25},
            {"paced_500_tls", 500, paced, {.with_tls = true}, "p99_ms", 100},
            {"paced_200_slow_disk", 200, paced, {.fsync_ms = slow_ms}},
            {"paced_500_slow_disk", 500, paced, {.fsync_ms = slow_ms}},
            {"closed_50", 50, closed, {}, "per_s", 5'000},
            {"closed_200", 200, closed, {}, "per_s", 5'000},
            {"closed_500", 500, closed, {}, "per_s", 5'000},
            {"closed_50_tls", 50, closed, {.with_tls = true}},
            {"closed_50_slow_disk", 50, closed, {.fsync_ms = slow_ms}},
            {"half_an_hour_offline_50", 50, shift, {}, "s", 10}};
}

double load_of_machine() {
    double load = 0;
    return getloadavg(&load, 1) == 1 ? load : 0;
}

double rounded(double value) {
    return static_cast<double>(static_cast<std::int64_t>(value * 100 + 0.5)) / 100;
}

Outcome measure(const Row& row, const std::filesystem::path& database,
                const std::vector<DeviceScript>& scripts) {
    auto started = IngestServer::start(database, most_devices, row.server);
    if (!started) return started.error();
    auto& server = *started.value();
    const double before = server.cpu_s(), broker_before = server.broker_cpu_s();
    const auto done = run_load(server.broker(), {scripts.begin(), scripts.begin() + row.devices}, row.load);
    if (!done) return done.error();
    const auto& load = done.value();
    if (load.events == 0) return Error{Error::Kind::refused, row.name + ": nothing was acknowledged"};
    const auto events = static_cast<double>(load.events);
    auto line = nlohmann::ordered_json::parse(latency_line(row.name, load.ack_ms, "p99_ms", 1));
    line.erase("aim");
    line.erase("ratio");
    line["events"] = load.events;
    line["s"] = rounded(load.took_s);
    line["per_s"] = rounded(events / load.took_s);
    line["server_cpu_us_per_event"] = rounded((server.cpu_s() - before) * 1e6 / events);
    line["broker_cpu_us_per_event"] = rounded((server.broker_cpu_s() - broker_before) * 1e6 / events);
    line["sent_again"] = load.sent_again;
    line["load"] = rounded(load_of_machine());
    if (!row.aimed.empty()) {
        line["aim"] = {{row.aimed, row.aim}};
        const auto better = row.aimed == "per_s" ? Better::more : Better::less;
        if (const auto found = ratio(row.aim, line[row.aimed].get<double>(), better)) line["ratio"] = *found;
    }
    print(line.dump());
    return Done{};
}

Outcome measure_alone() {
    const support::TempDir folder;
    const auto scripts = make_floor(folder / "floor.db", alone_devices);
    if (!scripts) return scripts.error();
    const auto cpu = hear_all(folder / "floor.db", scripts.value());
    if (!cpu) return cpu.error();
    print(value_line("ingest_cpu_per_event_in_batches_of_50", cpu.value(), "us"));
    return Done{};
}

/// From starting the server to its port, and to its first acknowledgement, with so many events in its
/// database.
Outcome measure_restart() {
    const support::TempDir folder;
    const auto scripts = make_floor(folder / "floor.db", alone_devices);
    if (!scripts) return scripts.error();
    if (auto added = add_history(folder / "floor.db", old_events); !added) return added;
    auto started = IngestServer::start(folder / "floor.db", alone_devices);
    if (!started) return started.error();
    print(value_line("restart_with_1000000_events", started.value()->started_in_ms(), "ms", 1'000));
    print(value_line("restart_cpu", started.value()->cpu_s() * 1'000, "ms"));
    const auto done =
        run_load(started.value()->broker(), {scripts.value().front()}, {.window = 1, .most_events = 1});
    if (!done) return done.error();
    if (!done.value().is_complete) return Error{Error::Kind::refused, "no acknowledgement after the restart"};
    print(value_line("first_ack_after_restart", done.value().ack_ms.front(), "ms"));
    print(value_line("load", load_of_machine(), "processes"));
    return Done{};
}

Outcome run(const std::string& only, int seconds) {
    if (std::string("restart").find(only) != std::string::npos)
        if (auto measured = measure_restart(); !measured) return measured;
    if (only == "restart") return Done{};
    if (std::string("alone").find(only) != std::string::npos)
        if (auto measured = measure_alone(); !measured) return measured;
    if (only == "alone") return Done{};
    const support::TempDir folder;
    const auto database = folder / "floor.db";
    const auto scripts = make_floor(database, most_devices);
    if (!scripts) return scripts.error();
    for (const auto& row : rows(seconds)) {
        if (row.name.find(only) == std::string::npos) continue;
        if (auto measured = measure(row, database, scripts.value()); !measured) return measured;
    }
    return Done{};
}

}  // namespace

int main(int argc, char** argv) {
    std::string only;
    int seconds = 10;
    CLI::App app("Scans of many devices into a real server");
    app.add_option("--only", only, "rows whose name holds this");
    app.add_option("--seconds", seconds, "of each row")->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    const auto done = run(only, seconds);
    if (done) return 0;
    std::fprintf(stderr, "kenpin-bench-ingest: %s\n", done.error().detail.c_str());
    return 1;
}
