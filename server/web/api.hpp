#pragma once
// The routes of Kenpin's HTTP API (docs/api/openapi.yaml, a test keeps both equal).
#include "server/web/desk.hpp"
#include "server/web/router.hpp"

namespace kenpin::web {

/// `desk` outlives the router.
Router make_api(Desk& desk, Router::Now now = &RateClock::now);

/// The stream of the board; served by HttpServer itself, because it does not end.
inline constexpr const char* board_stream_path = "/api/v1/board/stream";

}  // namespace kenpin::web
