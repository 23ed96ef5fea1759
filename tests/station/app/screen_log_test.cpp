#include "station/app/screen_log.hpp"

#include <doctest/doctest.h>

using namespace kenpin;

namespace {

protocol::Event event(std::int64_t seq, protocol::Body body) {
    protocol::Event out;
    out.epoch = Epoch{42};
    out.seq = Seq{seq};
    out.body = std::move(body);
    return out;
}

std::string line(const flow::LogShown& shown) {
    return app::screen_log_line(shown, "pick", from_ms(1'000), DeviceId{"H1"}, 7);
}

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a prompt says what the screen asks for, so that a simulated worker needs nothing else") {
    flow::LogShown shown;
    shown.prompt.ask = flow::Ask::item;
    shown.prompt.sku = Sku{"MUG-1"};
    shown.prompt.location = LocationCode{"A-01-03"};
    shown.prompt.remaining = Qty{2};
    shown.prompt.wanted = "4901234567894";
    CHECK(line(shown) ==
          R"({"t":1000,"n":7,"kind":"prompt","screen":"pick","step":"item","wants":"4901234567894",)"
          R"("location":"A-01-03","sku":"MUG-1","remaining":2,"read":"","shown":"","device":"H1"})");
}

TEST_CASE("a green line names the events that made it green, a red one the code that was read") {
    flow::LogShown green{
        .what = flow::LogShown::What::green, .text = "ok.item", .events = {}, .read = "49", .prompt = {}};
    green.events = {event(4, protocol::ItemPicked{}), event(5, protocol::SlotConfirmed{})};
    CHECK(holds(line(green), R"("kind":"ok")"));
    CHECK(holds(line(green), R"("epoch":42,"seq":5,"seqs":[4,5])"));
    green.events.push_back(event(6, protocol::ListFinished{}));
    CHECK(holds(line(green), R"("kind":"done")"));
    green.what = flow::LogShown::What::red;
    CHECK(holds(line(green), R"("kind":"ng")"));
    CHECK(holds(line(green), R"("read":"49")"));
}
