#include "server/web/board.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace kenpin;
using namespace kenpin::web;

TEST_CASE("the board tells counts, hours, errors caught, printers and stations") {
    Board board{.at = from_ms(1'795'474'800'000), .site = "TOKYO1"};
    board.flow.in_work = 12;
    board.due = 61;
    board.hours = {{.start = board.at, .picked = 40, .verified = 31, .closed = 9}};
    board.caught = {{"wrong_item", "pick", 3}};
    board.printers = {{PrinterId{"LP1"}, DeviceId{"B1"}, "media_out", board.at}};
    board.stations = {{.device = DeviceId{"H1"}, .name = "ハンディ1", .role = "picker", .is_online = true}};
    const auto json = nlohmann::json::parse(to_json(board));
    CHECK(json["flow"]["in_work"] == 12);
    CHECK(json["due"]["all"] == 61);
    CHECK(json["hours"][0]["closed"] == 9);
    CHECK(json["caught"][0]["count"] == 3);
    CHECK(json["printers"][0]["state"] == "media_out");
    CHECK(json["stations"][0]["online"] == true);
    CHECK(json["stations"][0]["last_event"].is_null());
}

TEST_CASE("an event of the stream is one line of data with its number") {
    const auto event = as_event({}, 7);
    CHECK(event.starts_with("id: 7\nevent: board\ndata: {"));
    CHECK(event.ends_with("}\n\n"));
    CHECK(event.find('\n', event.find("data:")) == event.size() - 2);
}
