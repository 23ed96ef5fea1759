#pragma once
// The whole server, put together: floor, writer, reader, web. Starting it brings the floor up where it stood,
// whatever ended it before.
#include <memory>

#include "core/base/result.hpp"
#include "server/app/settings.hpp"

namespace kenpin::app {

class Server {
public:
    /// Errors name what is in the way: a file, a port, a database.
    static Result<std::unique_ptr<Server>> start(const Settings& settings);
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    ~Server();  // a clean stop: no new calls, what was accepted is committed and published

    int http_port() const;
    /// Shows the board what changed and sweeps the database; call it several times a second, from the thread
    /// that started it.
    void refresh();

private:
    struct Parts;
    explicit Server(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace kenpin::app
