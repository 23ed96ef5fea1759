// What is said to stations reaches them while it is wanted, once, and who has it shown can be asked. What
// hellos tell of clocks and of two devices under one id reaches people.
#include "server/app/commands.hpp"

#include <doctest/doctest.h>

#include "core/base/limits.hpp"
#include "server/app/exceptions.hpp"
#include "tests/server/app/one_shipment.hpp"

using namespace kenpin;
using namespace kenpin::app;
using namespace std::chrono_literals;

namespace {

struct Saying : OneShipment {
    web::CommandWish message(const DeviceId& to, std::chrono::minutes lasts = 5min) {
        return {.what = "message", .to = {to}, .text = "休憩です", .lasts = lasts, .by = "K0001"};
    }
    web::CommandView give(const web::CommandWish& wish) {
        auto given = floor->give_command(wish);
        if (!given) FAIL(given.error().detail);
        collect();
        return std::move(given).value();
    }
    std::vector<protocol::Command> came(const DeviceId& device) {
        std::vector<protocol::Command> commands;
        for (const auto& letter : mail[device])
            if (letter.topic == protocol::Topic::cmd)
                commands.push_back(protocol::command_from_json(letter.payload).value());
        mail[device].clear();
        return commands;
    }
    std::string state(const web::CommandView& given, const DeviceId& device) {
        const auto view = floor->command(given.command).value();
        for (const auto& answer : view.answers)
            if (answer.device == device) return answer.state;
        return "nobody's";
    }
    std::vector<web::ExceptionView> exceptions() {
        return read<std::vector<web::ExceptionView>>(
            [](sqlite::Tx& tx) { return exception_views(tx, site, {}); });
    }
    web::BoardStation station(const DeviceId& device) {
        const auto board = floor->board().value();
        for (const auto& each : board.stations)
            if (each.device == device) return each;
        return {};
    }
    void hello_of(const DeviceId& device, const std::vector<std::int64_t>& lives, Millis ahead = 0ms) {
        protocol::Hello hello;
        hello.device_time = now + ahead;
        hello.role = "picker";
        for (const auto epoch : lives) hello.lives.push_back({Epoch{epoch}, Seq{1}, Seq{0}, Seq{0}});
        hear(sync::HelloCame{device, hello});
    }
    protocol::Snapshot hello_acked(std::int64_t acked) {
        protocol::Hello hello;
        hello.device_time = now;
        hello.role = "picker";
        hello.lives = {{Epoch{7}, Seq{1}, seqs[picker], Seq{acked}}};
        hear(sync::HelloCame{picker, hello});
        return protocol::snapshot_from_json(last(picker, protocol::Topic::snapshot)).value();
    }
    protocol::CommandAnswered answer(const web::CommandView& given, const std::string& what) {
        return {given.command, given.what, what, {}, {}};
    }
};

}  // namespace

TEST_CASE("a message goes to its station at once, and again with each hello until it is answered") {
    Saying demo;
    demo.hello(picker, "picker");
    demo.mail.clear();
    const auto given = demo.give(demo.message(picker));
    const auto first = demo.came(picker);
    REQUIRE(first.size() == 1);
    CHECK(first[0].command == given.command);
    CHECK(first[0].text == "休憩です");
    CHECK(first[0].expires == demo.now + 5min);
    CHECK(demo.came(other_picker).empty());
    CHECK(demo.state(given, picker) == "waiting");

    demo.hello(picker, "picker");  // it was lost on its way
    REQUIRE(demo.came(picker).size() == 1);
    demo.tell(picker, demo.answer(given, "shown"));
    CHECK(demo.state(given, picker) == "shown");
    demo.hello(picker, "picker");
    CHECK(demo.came(picker).empty());
    demo.tell(picker, demo.answer(given, "seen"));
    const auto view = demo.floor->command(given.command).value();
    CHECK(view.answers.at(0).state == "seen");
    CHECK(view.answers.at(0).worker == WorkerId{"1001"});
}

TEST_CASE("a station that comes back in time is told, one that comes later is not") {
    Saying demo;
    const auto given = demo.give(demo.message(picker, 30min));
    demo.mail.clear();  // it was out of contact
    demo.now += 29min;
    demo.hello(picker, "picker");
    CHECK(demo.came(picker).size() == 1);
    demo.now += 1min;
    demo.hello(picker, "picker");
    CHECK(demo.came(picker).empty());
    CHECK(demo.state(given, picker) == "not_reached");
}

TEST_CASE("a message to all goes to every station, also to one that is not in the master") {
    Saying demo;
    const DeviceId guest{"GUEST"};
    demo.hello(guest, "picker");
    const auto given = demo.give(demo.message(DeviceId{"all"}));
    std::set<DeviceId> told;
    for (const auto& answer : given.answers) told.insert(answer.device);
    CHECK(told.contains(picker));
    CHECK(told.contains(other_picker));
    CHECK(told.contains(bench));
    CHECK(told.contains(guest));
    CHECK(demo.came(guest).size() == 1);
}

TEST_CASE("nothing is said to a station, or about a shipment, that nobody knows") {
    Saying demo;
    const auto station = demo.floor->give_command(demo.message(DeviceId{"NOBODY"}));
    REQUIRE_FALSE(station);
    CHECK(station.error().kind == Error::Kind::not_found);
    web::CommandWish print{.what = "print_now", .to = {bench}, .shipment = ShipmentId{"S999"}};
    CHECK_FALSE(demo.floor->give_command(print));
    CHECK_FALSE(demo.floor->command("7-99"));
}

TEST_CASE("papers that are wanted now go to the bench with their shipment, and its answer is on record") {
    Saying demo;
    demo.hello(bench, "packer");
    demo.mail.clear();
    const auto id = demo.shipment().shipment;
    const auto given = demo.give({.what = "print_now", .to = {bench}, .shipment = id});
    const auto came = demo.came(bench);
    REQUIRE(came.size() == 1);
    CHECK(came[0].what == "print_now");
    CHECK(came[0].id == id.value);
    auto answer = demo.answer(given, "printing");
    answer.shipment = id;
    demo.tell(bench, answer);
    CHECK(demo.state(given, bench) == "printing");
}

TEST_CASE("each command has a name of its own, revocations too, also after the server was started anew") {
    Saying demo;
    demo.hello(picker, "picker");
    demo.tell(picker, protocol::ListOpened{demo.list});
    demo.mail.clear();
    const auto one = demo.give(demo.message(picker));
    const auto two = demo.give(demo.message(picker));
    REQUIRE(demo.floor->revoke_list(demo.list, "K0001"));
    demo.collect();
    std::set<std::string> names;
    for (const auto& command : demo.came(picker)) names.insert(command.command);
    CHECK(names.size() == 3);  // what is said again keeps its name
    CHECK(one.command != two.command);
}

TEST_CASE("what was said and answered is what a replay of the events gives") {
    Saying demo;
    demo.hello(picker, "picker");
    const auto given = demo.give(demo.message(DeviceId{"all"}));
    demo.tell(picker, demo.answer(given, "shown"));
    demo.tell(picker, demo.answer({.command = "of another database", .what = "message"}, "expired"));
    CHECK(demo.exceptions().empty());
    demo.check_rebuilt();
}

TEST_CASE("the list of stations says how far each clock is off, and warns beyond two seconds") {
    Saying demo;
    CHECK_FALSE(demo.station(picker).clock_ahead);  // one hello says nothing
    demo.now += 30s;
    demo.hello_of(picker, {7}, 310ms);
    CHECK(demo.station(picker).clock_ahead == 310ms);
    CHECK_FALSE(demo.station(picker).clock_is_off);
    for (int i = 0; i < 4; ++i) demo.hello_of(picker, {7}, -1h);
    CHECK(demo.station(picker).clock_ahead == -1h);
    CHECK(demo.station(picker).clock_is_off);
    CHECK_FALSE(demo.station(other_picker).clock_ahead);
}

TEST_CASE("two devices under one id are one exception for each pair, not one for each hello") {
    Saying demo;
    const auto both_speak = [&](std::int64_t one, std::int64_t other) {
        for (int i = 0; i < 10; ++i) {
            demo.now += 15s;
            demo.hello_of(picker, {one});
            demo.hello_of(picker, {other});
        }
    };
    both_speak(71, 72);
    REQUIRE(demo.exceptions().size() == 1);
    CHECK(demo.exceptions()[0].reason == "two_devices");
    CHECK(demo.exceptions()[0].device == picker);
    CHECK(demo.station(picker).are_two);
    both_speak(71, 73);  // one of them was started again: somebody has it before him already
    CHECK(demo.exceptions().size() == 1);
    const auto number = demo.exceptions()[0].number;
    REQUIRE(demo.floor->settle_exception(number, {"one has a new id", "K0001"}));
    demo.now += 10min;
    demo.hello_of(picker, {71});
    CHECK_FALSE(demo.station(picker).are_two);
    CHECK(demo.exceptions().empty());
    both_speak(71, 74);  // it was not mended
    CHECK(demo.exceptions().size() == 1);
    demo.check_rebuilt();
}

TEST_CASE("what did not count is in the snapshot while the device does not know its event to be stored") {
    Saying demo;
    const auto line = demo.list_doc(picker).task.lines.front();
    demo.tell(picker, protocol::ListOpened{demo.list});
    REQUIRE(demo.floor->revoke_list(demo.list, "K0001"));
    demo.collect();
    demo.tell(picker, protocol::LocationConfirmed{demo.list, line.no, line.location});  // its ack is lost
    const auto told = demo.hello_acked(1).stored.at(0);
    CHECK(told.upto == Seq{2});
    REQUIRE(told.notes);
    REQUIRE(told.notes->size() == 1);
    CHECK(told.notes->at(0).seq == Seq{2});
    CHECK(told.notes->at(0).reason == "list_revoked");
    CHECK_FALSE(demo.hello_acked(2).stored.at(0).notes);
}
