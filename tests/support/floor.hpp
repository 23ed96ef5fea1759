#pragma once
// A tiny floor for tests of the station: two shipments on one cart list, the same two at the bench. Invented
// goods.
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/domain/barcode.hpp"
#include "station/flow/update.hpp"

namespace kenpin::test {

inline const std::string first_number = "100010000001";   // own_label, tracking of the first shipment
inline const std::string second_number = "100010000012";  // preissued, of the second

inline TrackingNo checked_number(const std::string& twelve) {
    const std::string eleven = twelve.substr(0, 11);
    return TrackingNo{eleven + domain::tracking_check_digit(eleven)};
}

inline std::string own(domain::OwnKind kind, const std::string& body) {
    return domain::make_own_code(kind, body).value();
}
inline std::string jan(const std::string& twelve_or_seven) {
    return twelve_or_seven + domain::gtin_check_digit(twelve_or_seven);
}

inline const std::string black = jan("490123456789");
inline const std::string white = jan("490123456790");
inline const std::string mugs = jan("490123456791");
inline const std::string case_of_black = jan("1490123456789");

inline domain::PickLine pick_line(int no, const char* shipment, int slot, const char* location,
                                  const char* sku, int wanted, std::vector<domain::ItemCode> codes) {
    domain::PickLine line;
    line.no = LineNo{no};
    line.shipment = ShipmentId{shipment};
    line.slot = SlotNo{slot};
    line.location = LocationCode{location};
    line.sku = Sku{sku};
    line.wanted = Qty{wanted};
    line.codes = std::move(codes);
    return line;
}

inline std::vector<protocol::GoodsText> goods() {
    return {{Sku{"T-BK-M"}, "綿混クルーネックTシャツ", "黒 / M"},
            {Sku{"T-WH-M"}, "綿混クルーネックTシャツ", "白 / M"},
            {Sku{"MUG-1"}, "髙﨑窯 マグカップ 𠮷野柄①", ""}};
}

inline protocol::PickListDoc cart_list() {
    protocol::PickListDoc doc;
    doc.lease = Millis{45 * 60'000};
    doc.title = "1便";
    doc.task.list = ListId{"P0147"};
    doc.task.slots = {{SlotNo{1}, ShipmentId{"S001"}, {}}, {SlotNo{2}, ShipmentId{"S002"}, {}}};
    doc.task.lines = {
        pick_line(1, "S001", 1, "A-03-02-1", "T-BK-M", 8, {{black, Qty{1}}, {case_of_black, Qty{6}}}),
        pick_line(2, "S002", 2, "A-03-15-4", "T-WH-M", 1, {{white, Qty{1}}}),
        pick_line(3, "S002", 2, "B-01-02-2", "MUG-1", 2, {{mugs, Qty{1}}})};
    doc.goods = goods();
    return doc;
}

inline domain::PackLine pack_line(int no, const char* sku, int wanted, const std::string& code) {
    domain::PackLine line;
    line.no = LineNo{no};
    line.sku = Sku{sku};
    line.wanted = Qty{wanted};
    line.codes = {{code, Qty{1}}};
    return line;
}

inline domain::PackPiece piece(int no, const std::string& number) {
    domain::PackPiece out;
    out.no = PieceNo{no};
    out.live = checked_number(number);
    out.waybill = domain::WaybillState::issued;
    return out;
}

inline protocol::PackDoc own_label_pack() {
    protocol::PackDoc doc;
    doc.list = ListId{"P0147"};
    doc.slot = SlotNo{1};
    doc.tote = ToteCode{"T-101"};
    doc.order_shown = "R-260041";
    doc.shop_shown = "あおば雑貨店";
    doc.carrier_shown = "ヤマト運輸 宅急便";
    doc.task.shipment = ShipmentId{"S001"};
    doc.task.way = domain::WaybillWay::own_label;
    doc.task.lines = {pack_line(1, "T-BK-M", 2, black), pack_line(2, "MUG-1", 1, mugs)};
    doc.task.pieces = {piece(1, first_number)};
    doc.goods = goods();
    return doc;
}

inline protocol::PackDoc preissued_pack() {
    protocol::PackDoc doc = own_label_pack();
    doc.slot = SlotNo{2};
    doc.tote = ToteCode{"T-102"};
    doc.order_shown = "R-260042";
    doc.task.shipment = ShipmentId{"S002"};
    doc.task.way = domain::WaybillWay::preissued;
    doc.task.lines = {pack_line(1, "T-WH-M", 1, white)};
    doc.task.pieces = {piece(1, second_number)};
    return doc;
}

inline protocol::Settings settings() {
    protocol::Settings out;
    out.site_name = "東京第一倉庫";
    out.workers = {{WorkerId{"W07"}, "山田 花子"}, {WorkerId{"W08"}, "髙橋 実"}};
    return out;
}

/// A station without its edge: stores at once what is to be stored, keeps every effect, and can lose its
/// power.
class Desk {
public:
    explicit Desk(flow::Role role) : role_(role) {
        documents_ = {settings(), {cart_list()}, {own_label_pack(), preissued_pack()}};
        state = flow::resume(role, documents_, {}, now);
    }
    flow::State state;
    std::vector<flow::Effect> effects;
    std::vector<protocol::Event> stored;
    bool stores_at_once = true;
    bool can_store = true;
    Millis now{1'000};

    void take(const flow::Event& event) {
        auto step = flow::update(std::move(state), event);
        state = std::move(step.state);
        for (auto& effect : step.effects) {
            effects.push_back(effect);
            if (const auto* commit = std::get_if<flow::Commit>(&effect); commit && stores_at_once)
                answer(*commit);
        }
    }
    void scan(const std::string& bytes) {
        now += Millis{1'000};
        take(flow::Scanned{
            .code = {bytes, domain::Symbology::unknown}, .scanner = "test", .at = {}, .mono = now});
    }
    void answer(const flow::Commit& commit) {
        if (!can_store) return take(flow::CommitFailed{commit.ticket, Error::Kind::busy});
        flow::Committed done{commit.ticket, {}};
        for (const auto& body : commit.bodies) {
            protocol::Event event;
            event.device = DeviceId{"ST-1"};
            event.epoch = epoch;
            event.seq = Seq{static_cast<std::int64_t>(stored.size()) + 1};
            event.worker = commit.worker;
            event.body = body;
            stored.push_back(event);
            done.events.push_back(event);
        }
        take(done);
    }
    /// The power goes and comes back: only documents and stored events are left.
    void lose_power() { state = flow::resume(role_, documents_, stored, now); }
    void sign_in() { scan(own(domain::OwnKind::worker, "W07")); }

    template <class Body>
    int count() const {
        int n = 0;
        for (const auto& event : stored) n += std::holds_alternative<Body>(event.body) ? 1 : 0;
        return n;
    }
    template <class Wanted>
    std::vector<Wanted> all() const {
        std::vector<Wanted> out;
        for (const auto& effect : effects)
            if (const auto* wanted = std::get_if<Wanted>(&effect)) out.push_back(*wanted);
        return out;
    }
    flow::Ask ask() const { return flow::prompt(state).ask; }
    /// Does what the screen asks, until it asks for `end`; at most `limit` scans.
    void follow_prompts_until(flow::Ask end, int limit = 60) {
        int totes = 0;
        for (; ask() != end && limit > 0; --limit) {
            const auto wanted = flow::prompt(state).wanted;
            scan(wanted.empty() ? own(domain::OwnKind::tote, "T-" + std::to_string(101 + totes++)) : wanted);
        }
    }

    static constexpr Epoch epoch{42};

private:
    flow::Role role_;
    flow::Documents documents_;
};

}  // namespace kenpin::test
