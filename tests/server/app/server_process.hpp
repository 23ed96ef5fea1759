#pragma once
// kenpin-server as a process of a test: its own folder, its own broker, a free port.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "adaptors/http/client.hpp"
#include "places.hpp"
#include "tests/support/private_mosquitto.hpp"
#include "tests/support/process.hpp"

namespace kenpin::support {

class ServerProcess {
public:
    /// `more_config`: TOML behind the rest.
    explicit ServerProcess(const std::string& more_config = {}) {
        auto started =
            PrivateMosquitto::start("TOKYO1", {{"server", "server-pw"}, {"H1", "h1-pw"}, {"B1", "b1-pw"}});
        if (!started) FAIL(started.error().detail);
        broker_ = std::move(started).value();
        write_config(more_config);
        start();
    }

    void start() {
        auto started =
            Process::start({.argv = {std::string(KENPIN_BIN_DIR) + "/kenpin-server", "--config",
                                     (folder_ / "server.toml").string(), "--now", "2026-11-24T08:00+09:00"}});
        if (!started) FAIL(started.error().detail);
        process_.emplace(std::move(started).value());
        const auto line = process_->wait_for_line("\"ready\":true", std::chrono::seconds{20});
        if (!line) FAIL("kenpin-server is not ready: " << process_->output());
        port_ = nlohmann::json::parse(line->substr(line->find('{'))).at("http").get<int>();
    }
    void kill() {
        output_ += process_->output();
        process_->kill(SIGKILL);
        (void)process_->wait(std::chrono::seconds{5});
    }
    Exit stop() { return process_->stop(); }
    /// `kenpin-server restore`, with this server's settings: what it said, and how it ended.
    std::pair<Exit, std::string> restore(const std::filesystem::path& backup) {
        auto restoring =
            Process::start({.argv = {std::string(KENPIN_BIN_DIR) + "/kenpin-server", "--config",
                                     (folder_ / "server.toml").string(), "restore", backup.string()}});
        if (!restoring) FAIL(restoring.error().detail);
        auto process = std::move(restoring).value();
        const auto ended = process.wait(std::chrono::seconds{60});
        REQUIRE(ended);
        return {*ended, process.output()};
    }
    std::filesystem::path data() const { return folder_ / "data"; }

    std::string url(const std::string& path) const {
        return "http://127.0.0.1:" + std::to_string(port_) + path;
    }
    http::Answer get(const std::string& path, const std::string& key = "") {
        const auto credentials = key.empty() ? admin() : http::Bearer{Private<std::string>(key)};
        return answered(http::get({.url = url(path), .credentials = credentials}));
    }
    http::Answer post(const std::string& path, const std::string& body, const std::string& key = "") {
        const auto credentials = key.empty() ? admin() : http::Bearer{Private<std::string>(key)};
        return answered(http::post({.url = url(path),
                                    .credentials = credentials,
                                    .content_type = "application/octet-stream",
                                    .body = body}));
    }
    void import_demo() {
        for (const auto* table : {"items", "barcodes", "locations", "workers", "totes", "stations",
                                  "printers", "carriers", "shops", "stock"})
            CHECK(post(std::string("/api/v1/import/") + table, demo(std::string(table) + ".csv")).status ==
                  200);
    }
    static std::string demo(const std::string& name) {
        std::ifstream file(std::string(KENPIN_SOURCE_ROOT) + "/assets/demo/" + name, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    PrivateMosquitto& broker() { return *broker_; }
    /// All that it wrote since the test began.
    std::string output() const { return output_ + process_->output(); }

private:
    http::Bearer admin() const {
        std::ifstream file(folder_ / "data/admin.key");
        std::string key;
        std::getline(file, key);
        return {Private<std::string>(key)};
    }
    static http::Answer answered(const Result<http::Answer>& answer) {
        if (!answer) FAIL(answer.error().detail);
        return answer.value();
    }
    void write_config(const std::string& more_config) {
        const auto accounts = folder_ / "accounts";
        std::ofstream(accounts) << "server:server-pw\nH1:h1-pw\nB1:b1-pw\n";
        std::filesystem::permissions(
            accounts, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        std::ofstream(folder_ / "server.toml")
            << "site = \"TOKYO1\"\nsite_name = \"試験倉庫\"\nowner = \"OWN1\"\ndata = \""
            << (folder_ / "data").string() << "\"\naccounts = \"" << accounts.string()
            << "\"\n[http]\nport = 0\nassets = \"" << KENPIN_SOURCE_ROOT
            << "/assets\"\n[mqtt]\nport = " << broker_->port() << "\n[backup]\nfolder = \""
            << (folder_ / "backups").string() << "\"\n"
            << more_config;
    }

    TempDir folder_;
    std::unique_ptr<PrivateMosquitto> broker_;
    std::optional<Process> process_;
    std::string output_;
    int port_ = 0;
};

}  // namespace kenpin::support
