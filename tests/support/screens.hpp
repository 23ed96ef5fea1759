#pragma once
// Every screen a station can show, brought about by scans and touches on the tiny floor of floor.hpp.
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "station/flow/update.hpp"
#include "tests/support/floor.hpp"

namespace kenpin::test {

struct Screen {
    std::string name;
    flow::State state;
};

inline Desk desk_at(flow::Role role, flow::Ask ask) {
    Desk desk(role);
    desk.take(flow::LinkChanged{flow::Link::online});
    desk.sign_in();
    if (role == flow::Role::packer && ask != flow::Ask::box) desk.scan(own(domain::OwnKind::tote, "T-101"));
    desk.follow_prompts_until(ask);
    return desk;
}

inline Screen shot(std::string name, Desk desk, const std::vector<flow::Event>& then = {}) {
    for (const auto& event : then) desk.take(event);
    return {std::move(name), std::move(desk.state)};
}

inline flow::Event scanned(const std::string& bytes) {
    return flow::Scanned{.code = {bytes, {}}, .scanner = "test", .at = {}, .mono = Millis{900'000}};
}

/// The server's answer to the last event: it was done before, by somebody whose name needs every character.
inline flow::Event already_done() {
    const auto at = *parse_instant("2026-11-24T10:42:00+09:00");
    return flow::AnswersCame{
        Desk::epoch, {{Seq{6}, "too_many", protocol::DoneBefore{DeviceId{"H2"}, WorkerId{"W08"}, at}}}};
}
inline flow::Event not_counted() {
    flow::AnswersCame came{Desk::epoch, {}};
    for (int seq = 1; seq <= 12; ++seq) came.notes.push_back({Seq{seq}, "list_revoked", {}});
    return came;
}
inline flow::Event slot_stopped() {
    auto doc = cart_list();
    doc.version = 2;
    doc.folded_upto = {};
    doc.task.slots[1].stopped = true;
    return flow::DocumentsArrived{
        .lists = {doc}, .packs = {}, .gone = {}, .settings = {}, .mono = Millis{1'000}};
}

inline flow::Event message(
    const std::string& text = "15時から棚卸です。5分前に今のリストを終えて、事務所の前に集まってください") {
    return flow::CommandCame{{"7-1", "message", "", text, {}}, false, {}};
}

inline std::vector<Screen> picker_screens() {
    using flow::Ask;
    using flow::Role;
    const auto at = [](Ask ask) { return desk_at(Role::picker, ask); };
    auto two_lists = cart_list();
    two_lists.task.list = ListId{"P0148"};
    two_lists.title = "2便 冷蔵";
    const flow::Event more_lists = flow::DocumentsArrived{
        .lists = {two_lists}, .packs = {}, .gone = {}, .settings = {}, .mono = Millis{1'000}};
    const flow::Event list_gone = flow::DocumentsArrived{
        .lists = {}, .packs = {}, .gone = {"P0147"}, .settings = {}, .mono = Millis{1'000}};
    const flow::Event gone_a_moment_ago = flow::DocumentsArrived{
        .lists = {}, .packs = {}, .gone = {"P0147"}, .settings = {}, .mono = Millis{899'500}};
    const std::string tote = own(domain::OwnKind::tote, "T-102");
    const flow::Event says_short = flow::ShortSaid{}, confirms = flow::Confirmed{};
    return {
        shot("pick-01-sign-in", Desk(Role::picker)),
        shot("pick-02-unknown-badge", Desk(Role::picker), {scanned(own(domain::OwnKind::worker, "W99"))}),
        shot("pick-03-choose-list", at(Ask::list), {more_lists}),
        shot("pick-04-put-box", at(Ask::tote)),
        shot("pick-05-location", at(Ask::location)),
        shot("pick-06-wrong-location", at(Ask::location),
             {scanned(own(domain::OwnKind::location, "A-03-02-2"))}),
        shot("pick-07-item", at(Ask::item)),
        shot("pick-08-item-counting", at(Ask::item), {scanned(case_of_black)}),
        shot("pick-09-wrong-item", at(Ask::item), {scanned(white)}),
        shot("pick-10-unreadable", at(Ask::item), {scanned("490123")}),
        shot("pick-11-read-twice", at(Ask::item), {scanned(black), scanned(black)}),
        shot("pick-12-slot", at(Ask::slot)),
        shot("pick-13-wrong-slot", at(Ask::slot), {scanned(tote)}),
        shot("pick-14-too-many", at(Ask::slot), {scanned(black)}),
        shot("pick-15-offline", at(Ask::location),
             {flow::LinkChanged{flow::Link::offline}, flow::OutboxCounted{1'204}}),
        shot("pick-16-list-done", at(Ask::no_list), {flow::LinkChanged{flow::Link::not_accepted}}),
        shot("pick-17-lease-over", at(Ask::location), {flow::ListRevoked{ListId{"P0147"}}}),
        shot("pick-18-records-full", at(Ask::location), {flow::OutboxCounted{100'000}}),
        shot("pick-19-already-done", at(Ask::slot), {already_done()}),
        shot("pick-20-not-counted", at(Ask::slot), {not_counted()}),
        shot("pick-21-slot-stopped", at(Ask::item), {slot_stopped()}),
        shot("pick-22-list-taken", at(Ask::item), {list_gone}),
        shot("pick-23-taking-over", at(Ask::list), {scanned(own(domain::OwnKind::list, "P0999"))}),
        shot("pick-24-needs-the-server", at(Ask::list),
             {flow::LinkChanged{flow::Link::offline}, scanned(own(domain::OwnKind::list, "P0999"))}),
        shot("pick-25-somebody-was-first", at(Ask::list),
             {gone_a_moment_ago, scanned(own(domain::OwnKind::list, "P0147"))}),
        shot("pick-26-message", at(Ask::item), {message()}),
        shot("pick-27-message-at-the-shelf", at(Ask::location), {message("休憩です"), scanned(black)}),
        shot("pick-28-message-at-the-slot", at(Ask::slot), {message()}),
        shot("pick-29-message-at-the-box", at(Ask::tote), {message()}),
        shot("pick-30-message-at-sign-in", Desk(Role::picker), {message()}),
        shot("pick-31-message-and-lists", at(Ask::list), {more_lists, message()}),
        shot("pick-32-short", at(Ask::item), {scanned(case_of_black), says_short}),
        shot("pick-33-short-recorded", at(Ask::item), {scanned(case_of_black), says_short, confirms}),
        shot("pick-34-nothing-there", at(Ask::item), {says_short, confirms}),
    };
}

/// The longest names, places and words that a floor has given us, where the tiny floor has short ones. Names
/// of goods: UCI Online Retail (CC0), word for word in Japanese; the three of food from Open Food Facts
/// (ODbL).
inline flow::State with_long_texts(flow::State state) {
    const std::vector<protocol::GoodsText> longest{
        {Sku{"T-BK-M"}, "MORINAGA RAW HI CHEW RICH キャンディ GRAPE 30 DEEP GRAPE JUICE 100 % JAPAN SMOOTH",
         "ロイヤルブルー×オフホワイト / 3L (ゆったり)"},
        {Sku{"T-WH-M"},
         "JAPANESE キャンディ ギフト ボックス 130 PCS セット JAPANESE フード スナック スイート DAGASHI "
         "ボックス",
         "シルバー クリスマス ツリー オーナメントボール スタンド 16954"},
        {Sku{"MUG-1"}, "HOKUSHIN , TROPICAL DAIFUKU - KIWIFRUIT- ( RICE ケーキ 付き ホワイト BEANS ), KIWI",
         ""}};
    const std::string goods = longest[0].name + "  " + longest[0].variant;
    for (auto& row : state.settings.workers) row.name = "勅使河原 茉莉沙羅 (チーフ・東棟2階)";
    state.settings.site_name = "株式会社あおば雑貨店 東京第一物流センター 東棟2階";
    for (auto& list : state.lists) {
        list.doc.goods = longest;
        list.doc.title = "11/24 1便 ヤマト 12:00 常温 A-Bゾーン (応援あり)";
    }
    for (auto& pack : state.packs) {
        pack.doc.goods = longest;
        pack.doc.order_shown = "250-1234567-8901234-0012";
        pack.doc.shop_shown = "あおば雑貨店 楽天市場支店 アウトレット";
        pack.doc.carrier_shown = "ヤマト運輸 宅急便コレクト(クール冷蔵・代引き)";
        if (pack.doc.tote) pack.doc.tote = ToteCode{"ORIKON-BLUE-L-000102"};
    }
    if (state.band && !state.band->message.goods.empty()) state.band->message.goods = goods;
    if (state.alarm) {
        if (!state.alarm->read_goods.empty()) state.alarm->read_goods = goods;
        if (!state.alarm->wanted_goods.empty())
            state.alarm->wanted_goods = longest[1].name + "  " + longest[1].variant;
        state.alarm->read = "(01)04912345678904(17)271231(10)LOT-2026-11-24-A(21)0000123456";
    }
    for (auto& shown : state.messages)
        shown.text =
            "15時から棚卸です。5分前に今のリストを終えて、事務所の前に集まってください。リストの途中の人は、"
            "カートを"
            "通路のはじに寄せ、棚の札を裏返しにしてから来てください。";
    return state;
}

inline std::vector<Screen> packer_screens() {
    using flow::Ask;
    using flow::Role;
    const auto at = [](Ask ask) { return desk_at(Role::packer, ask); };
    const flow::Event paper_out = flow::PrinterReported{PrinterId{"ZT-1"}, "media_out", {}};
    protocol::PaperPrinted slip;
    slip.shipment = ShipmentId{"S001"};
    slip.piece = PieceNo{1};
    slip.paper = "slip";
    slip.state = "printed";
    auto stopped = own_label_pack();
    stopped.version = 2;
    stopped.task.stopped = true;
    const flow::Event stops = flow::DocumentsArrived{
        .lists = {}, .packs = {stopped}, .gone = {}, .settings = {}, .mono = Millis{2'000}};
    stopped.task.is_short = true;
    const flow::Event lacks_goods = flow::DocumentsArrived{
        .lists = {}, .packs = {stopped}, .gone = {}, .settings = {}, .mono = Millis{2'000}};
    const std::string first = checked_number(first_number).value;
    const std::string second = checked_number(second_number).value;
    return {
        shot("pack-01-sign-in", Desk(Role::packer)),
        shot("pack-02-scan-box", at(Ask::box)),
        shot("pack-03-unknown-box", at(Ask::box), {scanned(own(domain::OwnKind::tote, "T-999"))}),
        shot("pack-04-goods", at(Ask::goods)),
        shot("pack-05-goods-counting", at(Ask::goods), {scanned(black)}),
        shot("pack-06-wrong-item", at(Ask::goods), {scanned(white)}),
        shot("pack-07-goods-missing", at(Ask::goods), {scanned(first)}),
        shot("pack-08-printer-out-of-paper", at(Ask::goods), {scanned(mugs), paper_out}),
        shot("pack-09-waybill", at(Ask::waybill), {flow::PaperReported{slip, {}}}),
        shot("pack-10-another-waybill", at(Ask::waybill), {scanned(second)}),
        shot("pack-11-stopped", at(Ask::goods), {stops}),
        shot("pack-18-short-of-goods", at(Ask::goods), {lacks_goods}),
        shot("pack-19-short-of-goods-box", at(Ask::box),
             {lacks_goods, scanned(own(domain::OwnKind::tote, "T-101"))}),
        shot("pack-12-closed", at(Ask::waybill), {scanned(first)}),
        shot("pack-13-offline", at(Ask::waybill),
             {flow::LinkChanged{flow::Link::offline}, flow::OutboxCounted{37}, paper_out}),
        shot("pack-15-message", at(Ask::goods), {scanned(black), message()}),
        shot("pack-16-message-at-the-waybill", at(Ask::waybill), {paper_out, message()}),
        shot("pack-17-message-at-the-box", at(Ask::box), {message()}),
        shot("pack-14-nothing-waits", at(Ask::box),
             {flow::DocumentsArrived{
                 .lists = {}, .packs = {}, .gone = {"S001", "S002"}, .settings = {}, .mono = Millis{2'000}}}),
    };
}

}  // namespace kenpin::test
