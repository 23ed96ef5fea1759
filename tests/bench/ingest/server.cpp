#include "tests/bench/ingest/server.hpp"

#include <fstream>

#include <unistd.h>

#include "places.hpp"

namespace kenpin::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds patience{60};
const std::string word = "bench-secret";  // of made-up accounts on loopback

double cpu_of(pid_t pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string field;
    double user = 0, system = 0;
    constexpr int before_user_time = 13;
    for (int i = 0; i < before_user_time; ++i) file >> field;
    file >> user >> system;
    return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

/// Nobody but its owner may read it; kenpin-server insists.
void write_private(const std::filesystem::path& path, const std::string& text) {
    std::ofstream(path) << text;
    std::filesystem::permissions(path,
                                 std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

}  // namespace

Result<std::unique_ptr<IngestServer>> IngestServer::start(const std::filesystem::path& database, int devices,
                                                          const ServerWish& wish) {
    std::unique_ptr<IngestServer> made(new IngestServer);
    made->with_tls_ = wish.with_tls;
    std::filesystem::copy_file(database, made->database());
    std::vector<support::BrokerAccount> accounts{{"server", word}};
    for (int n = 1; n <= devices; ++n) accounts.push_back({ingest_device(n).value, word});
    auto mosquitto =
        support::PrivateMosquitto::start(ingest_site.value, accounts, {.with_tls = wish.with_tls});
    if (!mosquitto) return mosquitto.error();
    made->mosquitto_ = std::move(mosquitto).value();
    if (auto started = made->start_server(devices, wish); !started) return started.error();
    return made;
}

Outcome IngestServer::start_server(int devices, const ServerWish& wish) {
    std::string accounts = "server:" + word + "\n";
    for (int n = 1; n <= devices; ++n) accounts += ingest_device(n).value + ":" + word + "\n";
    write_private(folder_ / "accounts", accounts);
    const auto config = folder_ / "server.toml";
    write_private(config, "site = \"" + ingest_site.value + "\"\nlog_level = \"warn\"\ndatabase = \"sqlite:" +
                              database().string() + "\"\naccounts = \"" + (folder_ / "accounts").string() +
                              "\"\n[mqtt]\nport = " + std::to_string(mosquitto_->port()) +
                              "\n[http]\nport = 0\n");
    support::Program program{.argv = {KENPIN_BIN_DIR "/kenpin-server", "--config", config, "--data",
                                      folder_ / "data", "--now", ingest_now}};
    if (wish.fsync_ms > 0)
        program.env = {{"LD_PRELOAD", KENPIN_BIN_DIR "/libkenpin-bad-disk.so"},
                       {"KENPIN_FSYNC_MS", std::to_string(wish.fsync_ms)}};
    const auto begun = Clock::now();
    auto started = support::Process::start(program);
    if (!started) return started.error();
    server_.emplace(std::move(started).value());
    if (!server_->wait_for_line("\"ready\":true", patience))
        return Error{Error::Kind::refused, "kenpin-server: " + server_->output()};
    started_in_ms_ = std::chrono::duration<double, std::milli>(Clock::now() - begun).count();
    return Done{};
}

Broker IngestServer::broker() const {
    if (!with_tls_) return {mosquitto_->port(), word};
    return {mosquitto_->tls_port(), word, mosquitto_->ca_file()};
}

double IngestServer::cpu_s() const {
    return cpu_of(server_->pid());
}

double IngestServer::broker_cpu_s() const {
    return cpu_of(mosquitto_->pid());
}

}  // namespace kenpin::bench
