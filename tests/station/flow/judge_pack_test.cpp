#include <doctest/doctest.h>

#include "station/flow/judge.hpp"
#include "tests/support/floor.hpp"

using namespace kenpin;
using namespace kenpin::flow;
using domain::OwnKind;
using domain::Refusal;
using test::Desk;
using test::own;

namespace {

Desk bench() {
    Desk desk(Role::packer);
    desk.sign_in();
    return desk;
}
Desk bench_with_box() {
    Desk desk = bench();
    desk.scan(own(OwnKind::tote, "T-101"));
    return desk;
}
Desk bench_at_waybill() {
    Desk desk = bench_with_box();
    desk.follow_prompts_until(Ask::waybill);
    return desk;
}

void check_refused(Desk desk, const std::string& code, Refusal why) {
    INFO(domain::name(why));
    desk.scan(code);
    REQUIRE(desk.state.alarm);
    CHECK(desk.state.alarm->refusal == why);
    CHECK(desk.ask() == Ask::confirm);
    CHECK(desk.count<protocol::PieceClosed>() == 0);
    const auto* record = std::get_if<protocol::ScanRefused>(&desk.stored.back().body);
    REQUIRE(record);
    CHECK(record->refusal == why);
}

std::string number(const std::string& twelve) {
    return test::checked_number(twelve).value;
}

DocumentsArrived arrives(const protocol::PackDoc& doc) {
    return {.lists = {}, .packs = {doc}, .gone = {}, .settings = {}, .mono = Millis{2'000}};
}

protocol::PaperPrinted sent_waybill() {
    protocol::PaperPrinted paper;
    paper.shipment = ShipmentId{"S001"};
    paper.piece = PieceNo{1};
    paper.paper = "waybill";
    paper.state = "sent";
    return paper;
}

}  // namespace

TEST_CASE("a box is verified, its papers come by themselves, and the waybill stuck on it closes it") {
    Desk desk = bench_with_box();
    CHECK(desk.ask() == Ask::goods);
    desk.scan(test::mugs);  // in any order
    desk.scan(test::black);
    CHECK(desk.all<PrintPapers>().empty());
    desk.scan(test::black);
    CHECK(desk.ask() == Ask::waybill);
    REQUIRE(desk.all<PrintPapers>().size() == 1);
    CHECK(desk.all<PrintPapers>()[0].papers ==
          std::vector<PrintPapers::Paper>{{"waybill", PieceNo{1}, 1, ""}, {"slip", PieceNo{1}, 1, ""}});
    desk.scan(number(test::first_number));
    CHECK(desk.count<protocol::PieceClosed>() == 1);
    CHECK(desk.all<Tone>().back().kind == ToneKind::shipment_done);
    CHECK(desk.all<ErasePapers>().size() == 1);
    CHECK(desk.ask() == Ask::box);
    CHECK(prompt(desk.state).shipment == ShipmentId{"S002"});
}

TEST_CASE("where waybills lie ready only the slip is printed and the lying waybill is asked for") {
    Desk desk = bench();
    desk.scan(own(OwnKind::tote, "T-102"));
    desk.scan(test::white);
    REQUIRE(desk.all<PrintPapers>().size() == 1);
    CHECK(desk.all<PrintPapers>()[0].papers == std::vector<PrintPapers::Paper>{{"slip", PieceNo{1}, 1, ""}});
    desk.scan(number(test::second_number));
    CHECK(desk.count<protocol::PieceClosed>() == 1);
}

TEST_CASE("a shipment is also opened by its own code, its list and its waybill") {
    for (const auto& code :
         {own(OwnKind::shipment, "S001"), own(OwnKind::list, "P0147"), number(test::first_number)}) {
        Desk desk = bench();
        desk.scan(code);
        CHECK(desk.state.open_pack == ShipmentId{"S001"});
    }
}

TEST_CASE("every wrong scan at the bench is refused by its name and closes nothing") {
    check_refused(bench(), own(OwnKind::tote, "T-999"), Refusal::unknown_box);
    check_refused(bench(), test::black, Refusal::wrong_kind);
    check_refused(bench_with_box(), test::white, Refusal::wrong_item);
    check_refused(bench_with_box(), own(OwnKind::tote, "T-102"), Refusal::wrong_kind);
    check_refused(bench_with_box(), number(test::first_number), Refusal::goods_missing);
    check_refused(bench_at_waybill(), test::black, Refusal::too_many);
    check_refused(bench_at_waybill(), number(test::second_number), Refusal::another_waybill);
    check_refused(bench_at_waybill(), number("100099900000"), Refusal::another_waybill);
    check_refused(bench_at_waybill(), own(OwnKind::tote, "T-101"), Refusal::wrong_kind);
}

TEST_CASE("a voided waybill and one whose number is not issued yet never close a box") {
    auto voided = test::own_label_pack();
    voided.version = 2;
    voided.task.pieces[0].voided = {*voided.task.pieces[0].live};
    voided.task.pieces[0].live.reset();
    Desk desk = bench_at_waybill();
    desk.take(arrives(voided));
    check_refused(desk, number(test::first_number), Refusal::voided_waybill);
    check_refused(desk, number("100099900000"), Refusal::waybill_not_issued);
}

TEST_CASE("a waybill number that comes late is printed when it comes") {
    auto numbered = test::own_label_pack();
    numbered.version = 3;
    auto unnumbered = numbered;
    unnumbered.version = 2;
    unnumbered.task.pieces[0].live.reset();
    Desk desk = bench_with_box();
    desk.take(arrives(unnumbered));
    desk.follow_prompts_until(Ask::waybill);
    CHECK(desk.all<PrintPapers>()[0].papers.size() == 1);
    desk.take(arrives(numbered));
    CHECK(desk.all<PrintPapers>().back().papers[0].paper == "waybill");
}

TEST_CASE("a closed box is nothing to do any more, and a stopped one is not opened") {
    Desk desk = bench_at_waybill();
    desk.scan(number(test::first_number));
    desk.scan(own(OwnKind::tote, "T-101"));
    CHECK(desk.state.alarm->refusal == Refusal::nothing_to_do);

    auto stopped = test::preissued_pack();
    stopped.version = 2;
    stopped.task.stopped = true;
    desk.take(Confirmed{});
    desk.take(arrives(stopped));
    desk.scan(own(OwnKind::tote, "T-102"));
    CHECK(desk.state.alarm->refusal == Refusal::stopped);
}

TEST_CASE("a shipment stopped while it lies open is not gone on with") {
    Desk desk = bench_with_box();
    auto stopped = test::own_label_pack();
    stopped.version = 2;
    stopped.task.stopped = true;
    desk.take(arrives(stopped));
    CHECK(desk.ask() == Ask::stopped);
    CHECK(desk.all<Tone>().back().kind == ToneKind::ng);
    CHECK(desk.state.band->kind == Band::Kind::ng);
    check_refused(desk, test::black, Refusal::stopped);
}

TEST_CASE("an NG at the bench stays until it is confirmed; scans made meanwhile are recorded as refused") {
    Desk desk = bench_with_box();
    desk.scan(test::white);
    desk.scan(test::black);
    CHECK(open_pack(desk.state)->task.lines[0].verified == Qty{0});
    CHECK(desk.state.alarm->refusal == Refusal::wrong_item);
    CHECK(std::get<protocol::ScanRefused>(desk.stored.back().body).refusal == Refusal::not_confirmed);
    desk.take(Confirmed{});
    CHECK(desk.ask() == Ask::goods);
    desk.scan(test::black);
    CHECK(open_pack(desk.state)->task.lines[0].verified == Qty{1});
}

TEST_CASE("the command code on the desk mat confirms without a touch") {
    Desk desk = bench_with_box();
    desk.scan(test::white);
    const auto before = desk.stored.size();
    desk.scan(own(OwnKind::command, confirm_command));
    CHECK_FALSE(desk.state.alarm);
    CHECK(desk.stored.size() == before);
}

TEST_CASE("a box put aside keeps its progress and is gone on with when it is scanned again") {
    Desk desk = bench_with_box();
    desk.scan(test::black);
    desk.take(PutAside{});
    CHECK(desk.ask() == Ask::box);
    desk.scan(own(OwnKind::tote, "T-102"));
    CHECK(desk.state.open_pack == ShipmentId{"S002"});
    desk.take(PutAside{});
    desk.scan(own(OwnKind::tote, "T-101"));
    CHECK(prompt(desk.state).remaining == Qty{1});
}

TEST_CASE(
    "a printer in trouble stops no verification: the box waits for its waybill, the next one is taken") {
    Desk desk = bench();
    desk.take(PrinterReported{PrinterId{"ZT-1"}, "media_out", {}});
    desk.scan(own(OwnKind::tote, "T-101"));
    desk.follow_prompts_until(Ask::waybill);
    desk.take(PutAside{});
    desk.scan(own(OwnKind::tote, "T-102"));
    desk.scan(test::white);
    desk.scan(number(test::second_number));
    CHECK(desk.count<protocol::PieceClosed>() == 1);
    desk.scan(own(OwnKind::tote, "T-101"));
    CHECK(desk.ask() == Ask::waybill);
}

TEST_CASE("a paper that is printed again is the next copy, with its reason") {
    Desk desk = bench_at_waybill();
    desk.take(PaperReported{sent_waybill(), {}});
    desk.take(ReprintWanted{"waybill", "torn", {}});
    CHECK(desk.all<PrintPapers>().back().papers ==
          std::vector<PrintPapers::Paper>{{"waybill", PieceNo{1}, 2, "torn"}});
}

TEST_CASE("a box whose goods were not on the shelf is sent to the hold shelf by its own name") {
    auto lacking = test::own_label_pack();
    lacking.version = 2;
    lacking.task.stopped = true;
    lacking.task.is_short = true;
    Desk desk = bench_with_box();
    desk.take(arrives(lacking));
    CHECK(desk.ask() == Ask::stopped);
    CHECK(desk.state.band->message.key == "ng.short_of_goods");
    check_refused(desk, test::black, Refusal::short_of_goods);
    check_refused(desk, number(test::first_number), Refusal::short_of_goods);
    desk.take(PutAside{});
    desk.scan(own(OwnKind::tote, "T-101"));
    CHECK(desk.state.alarm->refusal == Refusal::short_of_goods);
}
