#include "firmware-bridge/app/verbs/describe.hpp"

#include <doctest/doctest.h>

using namespace kenpin;
using namespace kenpin::app;
using protocol::BridgeDevice;
using protocol::DeviceChange;

TEST_CASE("a device is told with its name, its place and what to do about it") {
    const BridgeDevice scanner{.dev = {"0c2e:0b61#A17"},
                               .kind = "scanner",
                               .vid = 0x0c2e,
                               .pid = 0x0b61,
                               .serial = "A17",
                               .port = "0000:00:14.0/1",
                               .product = "1950g",
                               .reason = "unassigned"};
    const auto lines = describe(scanner, Language::en);
    REQUIRE(lines.size() == 3);
    CHECK(lines[0] ==
          "0c2e:0b61#A17  scanner  1950g  belongs to no station: what it reads counts for nothing");
    CHECK(lines[1] == "    0c2e:0b61  A17  port 0000:00:14.0/1");
    CHECK(lines[2] == "    remedy: scan the station's code (KD…) with it");
    CHECK(describe({.dev = {"/dev/ttyS0"}, .kind = "scale", .port = "/dev/ttyS0", .paired = true},
                   Language::ja) == std::vector<std::string>{"/dev/ttyS0  はかり  使えます"});
}

TEST_CASE("a device in its maker's mode is told with the barcode that switches it") {
    const auto lines = describe(
        {.dev = {"x"}, .kind = "unsupported", .reason = "unsupported", .remedy = "scan_hid_pos_zebra"},
        Language::en);
    CHECK(lines.back() == "    remedy: scan the barcode \"USB HID POS\" of Zebra's manual");
}

TEST_CASE(
    "a scan is told by its kind and length; its code only when it was asked for, without control "
    "characters") {
    SeenPacket seen{.dev = {"S1"}, .bars = "gs1_128", .what = "other", .length = 20, .is_counted = true};
    CHECK(news_line(seen, Language::en) == "S1  read  other  gs1_128  20 characters");
    seen.code = "\x1b[2J10AB";
    seen.is_counted = false;
    CHECK(news_line(seen, Language::en) ==
          "S1  read  other  gs1_128  20 characters  .[2J10AB  not handed to the station");
}

TEST_CASE("weights, printers and jobs are told in words") {
    using protocol::BridgeUp;
    CHECK(news_line(BridgeUp(protocol::BridgeWeight{{"W1"}, 0, -1'500, "under_zero", false}), Language::en) ==
          "W1  weight  -1.5 g  under zero");
    CHECK(news_line(BridgeUp(protocol::BridgeWeight{{"W1"}, 0, 20'000, "stable", true}), Language::en) ==
          "W1  weight  20 g  stable");
    CHECK(news_line(BridgeUp(protocol::BridgeWeight{{"W1"}, 0, 0, "over_limit", false}), Language::ja) ==
          "W1  重さ  重すぎて量れません");
    CHECK(news_line(BridgeUp(protocol::BridgePrinter{{"P1"}, 0x38, ""}), Language::en) ==
          "P1  printer status  out of paper");
    CHECK(news_line(BridgeUp(protocol::BridgePrinted{{"P1"}, "j", protocol::PrintEnd::unknown, 9}),
                    Language::ja) == "P1  j  印字が途中で切れました。紙を見てください");
    CHECK(news_line(BridgeUp(protocol::BridgeHello{2, {"x"}}), Language::en).empty());
}

TEST_CASE("what the bridge tells its watchers is read again") {
    const SeenPacket seen{.dev = {"S1"}, .bars = "qr", .what = "other", .length = 3, .code = "a\x1d\xff"};
    const auto read = watch_packet(to_packet(seen));
    REQUIRE(read);
    CHECK(std::get<SeenPacket>(read.value()) == seen);
    CHECK(std::holds_alternative<Listed>(watch_packet(listed_packet).value()));
    for (const auto* text : {"", "[]", "{}", R"({"t":"seen"})", R"({"t":1})"})
        CHECK_FALSE(watch_packet(text));
}

TEST_CASE("a scanner that was just paired is told as ready, and the station code as taken by the bridge") {
    CHECK(
        news_line(protocol::BridgeUp(BridgeDevice{.dev = {"/dev/ttyS0"}, .kind = "scanner", .paired = true}),
                  Language::en) == "/dev/ttyS0  scanner  is there  ready");
    CHECK(news_line(SeenPacket{.dev = {"/dev/ttyS0"}, .bars = "unknown", .what = "own_station", .length = 5},
                    Language::en) ==
          "/dev/ttyS0  read  station code  5 characters  taken by the bridge itself");
}
