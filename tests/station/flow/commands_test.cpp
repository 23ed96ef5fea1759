// What supervisors say to stations: messages that stay until somebody saw them, papers that are wanted now.
// Each once, however often the network brings it, and never when its time is over.
#include "station/flow/commands.hpp"

#include <doctest/doctest.h>

#include "station/flow/update.hpp"
#include "tests/support/floor.hpp"

using namespace kenpin;
using namespace kenpin::flow;
using domain::OwnKind;
using test::Desk;
using test::own;

namespace {

Desk at(Role role, Ask ask) {
    Desk desk(role);
    desk.sign_in();
    if (role == Role::packer && ask != Ask::box) desk.scan(own(OwnKind::tote, "T-101"));
    desk.follow_prompts_until(ask);
    desk.effects.clear();
    return desk;
}

CommandCame message(const std::string& name, bool is_late = false) {
    return {{name, "message", "", "15時から棚卸です", {}}, is_late, {}};
}
CommandCame print_now(const std::string& name, const std::string& shipment, bool is_late = false) {
    return {{name, "print_now", shipment, "", {}}, is_late, {}};
}

std::vector<std::string> answers(const Desk& desk) {
    std::vector<std::string> out;
    for (const auto& event : desk.stored)
        if (const auto* answered = std::get_if<protocol::CommandAnswered>(&event.body))
            out.push_back(answered->answer);
    return out;
}

using Answers = std::vector<std::string>;

}  // namespace

TEST_CASE("a message stays in front of the worker until he says that he saw it, and both are on record") {
    Desk desk = at(Role::picker, Ask::item);
    desk.take(message("7-1"));
    REQUIRE(desk.state.messages.size() == 1);
    CHECK(desk.state.messages[0].text == "15時から棚卸です");
    CHECK(desk.ask() == Ask::item);   // work goes on
    CHECK(desk.all<Tone>().empty());  // and nobody is startled
    desk.scan(test::black);
    CHECK(desk.state.messages.size() == 1);
    CHECK(desk.state.band->kind == Band::Kind::ok);  // the verdict is the scan's
    desk.take(MessageSeen{"7-1", {}});
    CHECK(desk.state.messages.empty());
    CHECK(answers(desk) == Answers{"shown", "seen"});
    CHECK(desk.stored.back().worker == WorkerId{"W07"});
}

TEST_CASE("the code that confirms says that a message was seen, where nothing else waits for it") {
    Desk desk = at(Role::packer, Ask::goods);
    desk.take(message("7-1"));
    desk.scan(test::white);  // an NG first
    REQUIRE(desk.state.alarm);
    desk.scan(own(OwnKind::command, "OK"));
    CHECK_FALSE(desk.state.alarm);
    CHECK(desk.state.messages.size() == 1);
    desk.scan(own(OwnKind::command, "OK"));
    CHECK(desk.state.messages.empty());
    CHECK_FALSE(desk.state.alarm);
}

TEST_CASE("a message that comes again is shown once, also after the power went, and after it was seen") {
    Desk desk = at(Role::picker, Ask::item);
    desk.take(message("7-1"));
    desk.take(message("7-1"));
    CHECK(desk.state.messages.size() == 1);
    desk.lose_power();
    REQUIRE(desk.state.messages.size() == 1);
    desk.take(message("7-1"));
    CHECK(desk.state.messages.size() == 1);
    desk.take(MessageSeen{"7-1", {}});
    desk.take(MessageSeen{"7-1", {}});
    desk.lose_power();
    desk.take(message("7-1"));
    CHECK(desk.state.messages.empty());
    CHECK(answers(desk) == Answers{"shown", "seen"});
}

TEST_CASE("two that come while a record is being stored are both shown, the same one once") {
    Desk desk = at(Role::picker, Ask::item);
    desk.stores_at_once = false;
    desk.scan(test::black);
    desk.take(message("7-1"));
    desk.take(message("7-2"));
    desk.take(message("7-1"));
    CHECK(desk.state.messages.empty());
    for (int i = 0; i < 3; ++i) desk.answer(desk.all<Commit>().back());
    CHECK(desk.state.messages.size() == 2);
    CHECK_FALSE(desk.state.pending);
}

TEST_CASE("a command whose time is over is neither shown nor printed, and that is on record, once") {
    Desk desk = at(Role::packer, Ask::goods);
    desk.take(message("7-1", true));
    desk.take(message("7-1", true));
    desk.take(print_now("7-2", "S001", true));
    CHECK(desk.state.messages.empty());
    CHECK(desk.all<PrintPapers>().empty());
    CHECK(answers(desk) == Answers{"expired", "expired"});
}

TEST_CASE("a message that cannot be stored is not shown: it comes again") {
    Desk desk = at(Role::picker, Ask::item);
    desk.can_store = false;
    desk.take(message("7-1"));
    CHECK(desk.state.messages.empty());
    CHECK_FALSE(desk.state.alarm);
    desk.can_store = true;
    desk.take(message("7-1"));
    CHECK(desk.state.messages.size() == 1);
}

TEST_CASE("papers wanted now are asked of the printer before the goods are complete, once") {
    Desk desk = at(Role::packer, Ask::box);
    desk.take(print_now("7-1", "S001"));
    REQUIRE(desk.all<PrintPapers>().size() == 1);
    CHECK(desk.all<PrintPapers>()[0].shipment == ShipmentId{"S001"});
    CHECK(desk.all<PrintPapers>()[0].papers.size() == 2);  // the label and the slip
    CHECK(answers(desk) == Answers{"printing"});
    desk.take(print_now("7-1", "S001"));
    CHECK(desk.all<PrintPapers>().size() == 1);
}

TEST_CASE("papers wanted now come after a power cut too: the spool knows which it has") {
    Desk desk = at(Role::packer, Ask::box);
    desk.take(print_now("7-1", "S001"));
    desk.lose_power();
    const auto after = effects_after_resume(desk.state);
    CHECK(std::count_if(after.begin(), after.end(), [](const Effect& effect) {
              return std::holds_alternative<PrintPapers>(effect);
          }) == 1);
    protocol::PaperPrinted paper{ShipmentId{"S001"}, PieceNo{1}, "waybill", 1,
                                 PrinterId{"LP1"},   "sent",     {},        ""};
    desk.take(PaperReported{paper, {}});
    paper.paper = "slip";
    desk.take(PaperReported{paper, {}});
    CHECK(papers_to_print(desk.state).empty());
    desk.take(print_now("7-2", "S001"));
    CHECK(answers(desk) == Answers{"printing", "nothing_due"});
}

TEST_CASE("papers of a shipment that is not here, or stopped, are not printed, and that is said") {
    Desk desk = at(Role::packer, Ask::box);
    desk.take(print_now("7-1", "S999"));
    auto stopped = test::own_label_pack();
    stopped.version = 2;
    stopped.task.stopped = true;
    desk.take(DocumentsArrived{.lists = {}, .packs = {stopped}, .gone = {}, .settings = {}, .mono = {}});
    desk.take(print_now("7-2", "S001"));
    CHECK(desk.all<PrintPapers>().empty());
    CHECK(answers(desk) == Answers{"unknown", "nothing_due"});
}

TEST_CASE("a list that came back to the worker is not revoked by the same word a second time") {
    Desk desk = at(Role::picker, Ask::location);
    desk.take(ListRevoked{ListId{"P0147"}, "7-r1"});
    CHECK(desk.ask() == Ask::lease_over);
    auto again = test::cart_list();
    again.version = 2;
    desk.take(DocumentsArrived{.lists = {again}, .packs = {}, .gone = {}, .settings = {}, .mono = {}});
    CHECK(desk.ask() == Ask::location);
    desk.take(ListRevoked{ListId{"P0147"}, "7-r1"});
    CHECK(desk.ask() == Ask::location);
    desk.take(ListRevoked{ListId{"P0147"}, "7-r2"});
    CHECK(desk.ask() == Ask::lease_over);
}
