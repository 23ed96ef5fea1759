#pragma once
// The live board: what hangs on the wall. Counts and states, no person's rates and no personal data.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/time.hpp"

namespace kenpin::web {

/// Shipments by where they stand. Each shipment is counted in exactly one of them (held ones in `held`).
struct BoardFlow {
    int waiting = 0;   // 出荷待ち, stock is there
    int short_of = 0;  // 引当待ち: stock is not, or not all, there
    int held = 0;      // 保留
    int in_work = 0;   // ピック中
    int picked = 0;    // 梱包待ち
    int verified = 0;  // 検品済, not yet shipped
    int shipped = 0;   // 出荷済
    int cancelled = 0;
};
struct BoardHour {
    Instant start{};   // of the hour
    int picked = 0;    // pieces of goods put into slots
    int verified = 0;  // pieces of goods verified at the bench
    int closed = 0;    // 個口 closed
};
struct BoardCaught {
    std::string refusal{};  // "wrong_item", ...
    std::string place{};    // "pick" | "pack" | "sign_in"
    int count = 0;
};
struct BoardPrinter {
    PrinterId printer{};
    DeviceId device{};
    std::string state{};
    Instant since{};
};
struct BoardStation {
    DeviceId device{};
    std::string name{}, role{};
    bool is_online = false;
    std::optional<Instant> last_event{};
    std::optional<Millis> clock_ahead{};  // of the server's; nothing: not known yet
    bool clock_is_off = false;            // by more than limits::clock_off
    bool are_two = false;                 // two devices speak under this id
};
struct Board {
    Instant at{};       // business clock
    Instant real_at{};  // this machine's clock: the page says how old its figures are by it
    std::string site{};
    Day day{};
    BoardFlow flow{};
    int due = 0;          // shipments whose ship date has come, shipped ones included
    int due_shipped = 0;  // of these
    int lists_waiting = 0, lists_open = 0, lists_finished = 0;
    int reports_waiting = 0, reports_accepted = 0;
    std::vector<BoardHour> hours{};     // of the day, without gaps, oldest first
    std::vector<BoardCaught> caught{};  // today, most frequent first
    std::vector<BoardPrinter> printers{};
    std::vector<BoardStation> stations{};
};

/// As GET /api/v1/board answers it and as each server-sent event carries it.
std::string to_json(const Board& board);
/// One server-sent event: "event: board", an id, and the JSON on one line.
std::string as_event(const Board& board, std::uint64_t version);
/// What keeps a stream open when nothing changes; browsers ignore it, proxies do not.
inline constexpr std::string_view keep_alive = ": still here\n\n";

}  // namespace kenpin::web
