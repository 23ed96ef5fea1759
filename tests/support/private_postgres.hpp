#pragma once
// A PostgreSQL cluster for tests: made in a fresh directory, reached through a socket in it and by nothing
// else, ended with the test. Started as root it runs as user postgres, for PostgreSQL refuses root.
#include <memory>
#include <optional>
#include <string>

#include "core/base/result.hpp"
#include "tests/support/process.hpp"

namespace kenpin::support {

class PrivatePostgres {
public:
    /// Makes and starts the cluster (about 2 s). Fails when PostgreSQL is not installed or does not start.
    static Result<std::unique_ptr<PrivatePostgres>> start();
    PrivatePostgres(const PrivatePostgres&) = delete;
    PrivatePostgres& operator=(const PrivatePostgres&) = delete;
    ~PrivatePostgres();

    /// A new empty database; its URL is for Database::open().
    Result<std::string> fresh_database();
    /// URL of the cluster's first database.
    std::string url() const { return url_of("postgres"); }

private:
    PrivatePostgres() = default;
    Outcome make_cluster();
    Outcome start_server();
    std::string url_of(const std::string& database) const;

    TempDir directory_;
    std::optional<Process> server_;
    int databases_ = 0;
};

}  // namespace kenpin::support
