#include "station/flow/fold.hpp"

#include <doctest/doctest.h>

#include "tests/support/floor.hpp"

using namespace kenpin;
using namespace kenpin::flow;
using domain::OwnKind;
using test::Desk;
using test::own;

namespace {

std::size_t papers_in(const std::vector<Effect>& effects) {
    for (const auto& effect : effects)
        if (const auto* print = std::get_if<PrintPapers>(&effect)) return print->papers.size();
    return 0;
}

}  // namespace

TEST_CASE("a picker's station that loses its power at any scan stands at the same piece afterwards") {
    Desk desk(Role::picker);
    desk.sign_in();
    int totes = 0;
    for (int scans = 0; desk.ask() != Ask::no_list; ++scans) {
        REQUIRE(scans < 60);
        const auto before = prompt(desk.state);
        desk.lose_power();
        CHECK(prompt(desk.state) == before);
        CHECK(worker_name(desk.state) == "山田 花子");
        desk.scan(before.wanted.empty() ? own(OwnKind::tote, "T-" + std::to_string(101 + totes++))
                                        : before.wanted);
    }
    desk.lose_power();
    CHECK(desk.ask() == Ask::no_list);
}

TEST_CASE("a bench that loses its power at any scan asks for the same thing afterwards") {
    Desk desk(Role::packer);
    desk.sign_in();
    for (int scans = 0; desk.count<protocol::PieceClosed>() < 2; ++scans) {
        REQUIRE(scans < 20);
        const auto before = prompt(desk.state);
        desk.lose_power();
        CHECK(prompt(desk.state) == before);
        desk.scan(before.wanted);
    }
    CHECK(desk.count<protocol::ScanRefused>() == 0);
}

TEST_CASE("papers that were due when the power went are asked for again; papers that came are not") {
    Desk desk(Role::packer);
    desk.sign_in();
    desk.follow_prompts_until(Ask::waybill);
    desk.lose_power();
    CHECK(papers_in(effects_after_resume(desk.state)) == 2);
    protocol::PaperPrinted paper;
    paper.shipment = ShipmentId{"S001"};
    paper.piece = PieceNo{1};
    paper.paper = "waybill";
    paper.state = "unknown";
    desk.take(PaperReported{paper, {}});
    desk.lose_power();
    CHECK(papers_in(effects_after_resume(desk.state)) == 1);
}

TEST_CASE(
    "a new version of a document keeps what this device did after the server's count, and nothing twice") {
    Desk desk(Role::picker);
    desk.sign_in();
    desk.follow_prompts_until(Ask::item);
    desk.scan(test::black);
    desk.scan(test::black);
    auto doc = test::cart_list();
    doc.version = 2;
    doc.task = open_list(desk.state)->task;
    doc.task.lines[0].in_hand = Qty{1};  // the server has counted one of the two
    doc.folded_upto = {{Desk::epoch, Seq{static_cast<std::int64_t>(desk.stored.size()) - 1}}};
    desk.take(DocumentsArrived{.lists = {doc}, .packs = {}, .gone = {}, .settings = {}, .mono = desk.now});
    CHECK(prompt(desk.state).remaining == Qty{6});
}

TEST_CASE("what the server counted in another epoch covers no event of this one") {
    auto doc = test::cart_list();
    doc.folded_upto = {{Epoch{7}, Seq{1'000}}};
    protocol::Event event;
    event.epoch = Desk::epoch;
    event.seq = Seq{1};
    event.body = protocol::LocationConfirmed{ListId{"P0147"}, LineNo{1}, LocationCode{"A-03-02-1"}};
    const auto state = resume(Role::picker, {test::settings(), {doc}, {}}, {event}, Millis{0});
    CHECK(state.lists[0].task.lines[0].location_confirmed);
}

TEST_CASE("a document takes the place of the one before; one that is gone is not worked on") {
    Desk desk(Role::picker);
    desk.sign_in();
    auto newer = test::cart_list();
    newer.version = 3;
    newer.title = "2便";
    const auto arrives = [&](std::vector<protocol::PickListDoc> lists, std::vector<std::string> gone) {
        desk.take(DocumentsArrived{.lists = std::move(lists),
                                   .packs = {},
                                   .gone = std::move(gone),
                                   .settings = {},
                                   .mono = desk.now});
    };
    arrives({newer}, {});
    CHECK(desk.state.lists[0].doc.title == "2便");
    desk.follow_prompts_until(Ask::item);
    arrives({}, {"P0147"});
    CHECK(desk.ask() == Ask::no_list);
}

TEST_CASE("a list that was finished and is brought again by a late message is not walked twice") {
    Desk desk(Role::picker);
    desk.sign_in();
    desk.follow_prompts_until(Ask::no_list);
    const auto arrives = [&](std::vector<protocol::PickListDoc> lists, std::vector<std::string> gone) {
        desk.take(DocumentsArrived{.lists = std::move(lists),
                                   .packs = {},
                                   .gone = std::move(gone),
                                   .settings = {},
                                   .mono = desk.now});
    };
    arrives({}, {"P0147"});
    arrives({test::cart_list()}, {});
    CHECK(desk.ask() == Ask::no_list);
}

TEST_CASE(
    "a list whose finish the server knows and does not count, for it was taken back, is offered again") {
    Desk desk(Role::picker);
    desk.sign_in();
    desk.follow_prompts_until(Ask::no_list);
    auto doc = test::cart_list();
    doc.version = 2;
    doc.folded_upto = {{Desk::epoch, Seq{static_cast<std::int64_t>(desk.stored.size())}}};
    desk.take(DocumentsArrived{.lists = {doc}, .packs = {}, .gone = {}, .settings = {}, .mono = desk.now});
    CHECK(desk.ask() == Ask::list);
    const auto again = resume(Role::picker, {test::settings(), {doc}, {}}, desk.stored, desk.now);
    CHECK(prompt(again).ask == Ask::list);
}

TEST_CASE(
    "what earlier lives of the device did is counted once: by the server up to where it says, else here") {
    Desk desk(Role::picker);
    desk.sign_in();
    desk.follow_prompts_until(Ask::item);
    desk.scan(test::black);  // in the earlier life; the server has it
    desk.scan(test::black);  // and this one not yet
    const auto before = domain::current_line(open_list(desk.state)->task)->in_hand;
    auto doc = test::cart_list();
    doc.version = 2;
    doc.task = open_list(desk.state)->task;
    for (auto& line : doc.task.lines)
        if (line.in_hand == before) line.in_hand = Qty{1};
    doc.folded_upto = {{Desk::epoch, Seq{static_cast<std::int64_t>(desk.stored.size()) - 1}},
                       {Epoch{77}, Seq{0}}};
    desk.take(DocumentsArrived{.lists = {doc}, .packs = {}, .gone = {}, .settings = {}, .mono = {}});
    CHECK(domain::current_line(open_list(desk.state)->task)->in_hand == before);
}
