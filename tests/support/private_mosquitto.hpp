#pragma once
// A broker for tests: a real mosquitto on a port of 127.0.0.1 (or of another address of this machine), with
// the accounts given and the very configuration and ACL that deploy/mosquitto makes. Ended with the test.
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "tests/support/process.hpp"

namespace kenpin::support {

struct BrokerAccount {
    std::string name;  // a device id, or "server"
    std::string password;
};

struct BrokerWish {
    std::string address{"127.0.0.1"};  // of this machine
    bool with_tls = false;  // a second port that talks TLS, with a certificate of its own for 127.0.0.1
};

class PrivateMosquitto {
public:
    /// Errors: refused when mosquitto is not installed or does not start.
    static Result<std::unique_ptr<PrivateMosquitto>> start(const std::string& site,
                                                           const std::vector<BrokerAccount>& accounts,
                                                           const BrokerWish& wish = {});
    PrivateMosquitto(const PrivateMosquitto&) = delete;
    PrivateMosquitto& operator=(const PrivateMosquitto&) = delete;
    ~PrivateMosquitto() = default;

    std::uint16_t port() const { return static_cast<std::uint16_t>(port_); }
    std::uint16_t tls_port() const { return static_cast<std::uint16_t>(tls_port_); }
    /// What proves the TLS port's certificate.
    std::filesystem::path ca_file() const { return directory_ / "broker/tls.crt"; }
    pid_t pid() const { return broker_->pid(); }
    /// kill -9: all connections break, all that it held is gone.
    void kill();
    /// Begins again on the same port; empty.
    Outcome start_again();
    std::string log() const { return broker_ ? broker_->output() : std::string{}; }

private:
    PrivateMosquitto() = default;
    Outcome prepare(const std::string& site, const std::vector<BrokerAccount>& accounts);
    Outcome add_tls();

    TempDir directory_;
    BrokerWish wish_;
    int port_ = 0, tls_port_ = 0;
    std::optional<Process> broker_;
};

}  // namespace kenpin::support
