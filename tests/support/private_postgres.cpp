#include "tests/support/private_postgres.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <vector>

#include <pwd.h>
#include <unistd.h>

namespace kenpin::support {
namespace {

namespace fs = std::filesystem;
using std::chrono::seconds;

constexpr const char* cluster_owner = "kenpin";

// Debian keeps the programs out of PATH, one folder per version; the newest is taken.
Result<fs::path> program_folder() {
    const fs::path versions("/usr/lib/postgresql");
    std::vector<fs::path> found;
    if (fs::exists(versions))
        for (const auto& entry : fs::directory_iterator(versions))
            if (fs::exists(entry.path() / "bin" / "initdb")) found.push_back(entry.path() / "bin");
    if (found.empty()) return Error{Error::Kind::not_found, "PostgreSQL is not installed"};
    return *std::max_element(found.begin(), found.end());
}

// As user postgres when we are root; the kernel ends it with the test either way.
std::vector<std::string> unprivileged(std::vector<std::string> argv) {
    if (::geteuid() != 0) return argv;
    std::vector<std::string> all{"setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups",
                                 "--pdeathsig=KILL"};
    all.insert(all.end(), argv.begin(), argv.end());
    return all;
}

Outcome hand_over(const fs::path& directory) {
    if (::geteuid() != 0) return Done{};
    const auto* user = ::getpwnam("postgres");
    if (user == nullptr || ::chown(directory.c_str(), user->pw_uid, user->pw_gid) != 0)
        return Error{Error::Kind::refused, "the directory cannot be given to user postgres"};
    return Done{};
}

Outcome run_to_end(std::vector<std::string> argv) {
    Program program;
    program.argv = unprivileged(std::move(argv));
    program.directory = "/";
    auto process = Process::start(program);
    if (!process) return process.error();
    auto running = std::move(process).value();
    const auto exit = running.wait(seconds{60});
    if (!exit || exit->code != 0) return Error{Error::Kind::refused, running.output()};
    return Done{};
}

}  // namespace

Result<std::unique_ptr<PrivatePostgres>> PrivatePostgres::start() {
    std::unique_ptr<PrivatePostgres> postgres(new PrivatePostgres);
    if (auto given = hand_over(postgres->directory_.path()); !given) return given.error();
    if (auto made = postgres->make_cluster(); !made) return made.error();
    if (auto started = postgres->start_server(); !started) return started.error();
    return postgres;
}

PrivatePostgres::~PrivatePostgres() {
    if (!server_) return;
    server_->kill(SIGINT);             // "fast": ends connections instead of waiting for them
    (void)server_->wait(seconds{10});  // what still runs is ended by ~Process
}

Outcome PrivatePostgres::make_cluster() {
    const auto folder = program_folder();
    if (!folder) return folder.error();
    return run_to_end({folder.value() / "initdb", "-D", directory_ / "cluster", "-U", cluster_owner, "-A",
                       "trust", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions"});
}

Outcome PrivatePostgres::start_server() {
    const auto folder = program_folder();
    if (!folder) return folder.error();
    Program program;
    program.argv = unprivileged({folder.value() / "postgres", "-D", directory_ / "cluster", "-k",
                                 directory_.path(), "-c", "listen_addresses=", "-c", "fsync=off", "-c",
                                 "shared_buffers=16MB", "-c", "max_connections=20"});
    program.directory = "/";
    auto process = Process::start(program);
    if (!process) return process.error();
    server_.emplace(std::move(process).value());
    if (!server_->wait_for_line("ready to accept connections", seconds{60}))
        return Error{Error::Kind::unreachable, server_->output()};
    return Done{};
}

Result<std::string> PrivatePostgres::fresh_database() {
    const auto folder = program_folder();
    if (!folder) return folder.error();
    const auto name = "fresh" + std::to_string(++databases_);
    auto made = run_to_end({folder.value() / "createdb", "-h", directory_.path(), "-U", cluster_owner, name});
    if (!made) return made.error();
    return url_of(name);
}

std::string PrivatePostgres::url_of(const std::string& database) const {
    return std::string("postgresql://") + cluster_owner + "@/" + database +
           "?host=" + directory_.path().string();
}

}  // namespace kenpin::support
