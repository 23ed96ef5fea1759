#include "tests/support/private_mosquitto.hpp"

#include <fstream>

#include <signal.h>
#include <unistd.h>

#include "places.hpp"

namespace kenpin::support {
namespace {

constexpr std::chrono::seconds patience{20};
constexpr int port_tries = 5;

Outcome run(const Program& program) {
    auto process = Process::start(program);
    if (!process) return process.error();
    auto running = std::move(process).value();
    const auto end = running.wait(patience);
    if (end == Exit{0, 0}) return Done{};
    return Error{Error::Kind::refused, program.argv.front() + ": " + running.output()};
}

std::string executable(const std::string& name) {
    const std::string system = "/usr/sbin/" + name;  // not in everybody's PATH
    return access(system.c_str(), X_OK) == 0 ? system : name;
}

}  // namespace

Result<std::unique_ptr<PrivateMosquitto>> PrivateMosquitto::start(const std::string& site,
                                                                  const std::vector<BrokerAccount>& accounts,
                                                                  const BrokerWish& wish) {
    std::unique_ptr<PrivateMosquitto> broker(new PrivateMosquitto);
    broker->wish_ = wish;
    Outcome outcome = Error{Error::Kind::refused, "mosquitto: no free port"};
    for (int i = 0; i < port_tries && !outcome; ++i) {
        broker->port_ = free_port();
        outcome = broker->prepare(site, accounts);
        if (outcome && wish.with_tls) outcome = broker->add_tls();
        if (!outcome) return outcome.error();
        outcome = broker->start_again();
    }
    if (!outcome) return outcome.error();
    return broker;
}

Outcome PrivateMosquitto::prepare(const std::string& site, const std::vector<BrokerAccount>& accounts) {
    const auto list = directory_ / "accounts";
    std::ofstream file(list);
    for (const auto& account : accounts) file << account.name << ':' << account.password << '\n';
    file.close();
    return run({.argv = {KENPIN_SOURCE_ROOT "/deploy/mosquitto/prepare-broker", directory_ / "broker", site,
                         wish_.address, std::to_string(port_), list},
                .env = {{"BROKER_USER", "root"}}});  // the test's folder is for its own user only
}

Outcome PrivateMosquitto::add_tls() {
    const auto key = directory_ / "broker/tls.key";
    if (auto made =
            run({.argv = {"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                          "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-addext",
                          "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", ca_file()}});
        !made)
        return made;
    tls_port_ = free_port();
    std::ofstream(directory_ / "broker/mosquitto.conf", std::ios::app)
        << "listener " << tls_port_ << ' ' << wish_.address << "\ncertfile " << ca_file().string()
        << "\nkeyfile " << key.string() << '\n';
    return Done{};
}

Outcome PrivateMosquitto::start_again() {
    auto started =
        Process::start({.argv = {executable("mosquitto"), "-c", directory_ / "broker/mosquitto.conf"}});
    if (!started) return started.error();
    broker_.emplace(std::move(started).value());
    if (broker_->wait_for_line(" running", patience)) return Done{};
    return Error{Error::Kind::refused, "mosquitto did not start: " + broker_->output()};
}

void PrivateMosquitto::kill() {
    broker_->kill(SIGKILL);
    (void)broker_->wait(patience);  // SIGKILL ends it; how is known
}

}  // namespace kenpin::support
