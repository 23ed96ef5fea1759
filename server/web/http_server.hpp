#pragma once
// HttpServer: cpp-httplib around a Router, the board's stream and the pages. The server half of cpp-httplib
// lives in the .cpp. Measured (facts/sync.md): the default 8 threads starve as soon as 8 boards are open, so
// it has 128 of its own and board streams are capped at limits::board_streams.
#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include "core/base/latest.hpp"
#include "core/base/result.hpp"
#include "server/web/board.hpp"
#include "server/web/router.hpp"

namespace kenpin::web {

struct HttpOptions {
    std::string host = "127.0.0.1";
    int port = 0;                    // 0: any free one
    std::filesystem::path assets{};  // holds web/; empty: no pages
    std::filesystem::path chart_js =
        "/usr/share/javascript/chart.js/chart.min.js";  // Debian's libjs-chart.js
    std::chrono::milliseconds longest_body{60'000};     // a body that takes longer is given up
};

class HttpServer {
public:
    /// Listens and serves in threads of its own. `router` and `board` outlive it.
    /// Errors: unreachable (the address cannot be had).
    static Result<std::unique_ptr<HttpServer>> start(const HttpOptions& options, const Router& router,
                                                     const Latest<Board>& board);
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;
    ~HttpServer();  // ends every stream and waits for every answer under way

    int port() const;
    int open_streams() const;

private:
    struct Running;
    explicit HttpServer(std::unique_ptr<Running> running);
    std::unique_ptr<Running> running_{};
};

}  // namespace kenpin::web
