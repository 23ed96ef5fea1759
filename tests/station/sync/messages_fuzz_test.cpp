// Whatever comes on a topic: no reader of messages falls over, what was read once reads again, and a device's
// side of the exchange neither loses an event nor believes more than the server said.
#include <map>

#include "core/protocol/messages.hpp"
#include "station/sync/exchange.hpp"
#include "tests/support/fuzz.hpp"

using namespace kenpin;
using test::Dice;

namespace {

using namespace std::chrono_literals;

const DeviceId device{"HT01"};
constexpr Epoch epoch{7}, server{3};
constexpr std::string_view likely = "{}[]\",:0123456789-.eE\\u truefalsnv";

protocol::PickListDoc a_list() {
    protocol::PickListDoc doc;
    doc.folded_upto = {{epoch, Seq{3}}};
    doc.lease = 45min;
    doc.task.list = ListId{"P000001"};
    doc.task.slots = {{SlotNo{1}, ShipmentId{"S0000001"}, ToteCode{"T1"}, false}};
    domain::PickLine line{};
    line.no = LineNo{1}, line.slot = SlotNo{1}, line.wanted = Qty{2};
    line.shipment = ShipmentId{"S0000001"}, line.location = LocationCode{"A-01-01-1"}, line.sku = Sku{"G-1"};
    doc.task.lines = {line};
    doc.goods = {{Sku{"G-1"}, "茶碗 𠮷", "赤"}};
    return doc;
}

protocol::EventBatch a_batch() {
    protocol::EventBatch batch{epoch, {}};
    for (std::int64_t seq = 1; seq <= 3; ++seq)
        batch.events.push_back(
            {device, epoch, Seq{seq}, from_ms(seq), WorkerId{"W1"}, "usb",
             protocol::ItemPicked{ListId{"P000001"}, LineNo{1}, ShipmentId{"S0000001"}, Sku{"G-1"},
                                  LocationCode{"A-01-01-1"}, Qty{1}, "4901234567894"}});
    return batch;
}

struct Good {
    protocol::Topic kind;
    std::string payload;
};

std::vector<Good> good_messages() {
    using namespace protocol;
    PackDoc pack{};
    pack.task.shipment = ShipmentId{"S0000001"};
    return {
        {Topic::hello, to_json(Hello{{{epoch, Seq{1}, Seq{9}, Seq{4}}},
                                     3,
                                     from_ms(1),
                                     "picker",
                                     "0.1",
                                     {{"P000001", 2, server}},
                                     {}})},
        {Topic::ev, to_json(a_batch())},
        {Topic::presence, to_json(Presence{true, epoch, "picker"})},
        {Topic::ack, to_json(Ack{epoch, server, Seq{2}, Seq{3},
                                 std::vector<AckNote>{
                                     {Seq{1}, "too_many", DoneBefore{device, WorkerId{"W2"}, from_ms(5)}}}})},
        {Topic::snapshot,
         to_json(Snapshot{
             epoch, 3, server, {{epoch, Seq{2}, Seq{1}}}, from_ms(9), {}, {a_list()}, {pack}, {"P9"}})},
        {Topic::doc, to_json(DocPublished{server, {a_list()}, {pack}, {"P9"}})},
        {Topic::cmd, to_json(Command{"7-1", "message", "", "休憩です", from_ms(99)})},
    };
}

// What could be read is written as it was read.
template <class Message>
void reads_again(const Result<Message>& read, Result<Message> (*from_json)(std::string_view)) {
    if (!read) return;
    const auto text = to_json(read.value());
    const auto again = from_json(text);
    REQUIRE(again);
    CHECK(to_json(again.value()) == text);
}

void read_as(protocol::Topic kind, const std::string& payload) {
    using protocol::Topic;
    switch (kind) {
        case Topic::hello:
            return reads_again(protocol::hello_from_json(payload), protocol::hello_from_json);
        case Topic::presence:
            return reads_again(protocol::presence_from_json(payload), protocol::presence_from_json);
        case Topic::ack:
            return reads_again(protocol::ack_from_json(payload), protocol::ack_from_json);
        case Topic::snapshot:
            return reads_again(protocol::snapshot_from_json(payload), protocol::snapshot_from_json);
        case Topic::doc:
            return reads_again(protocol::doc_from_json(payload), protocol::doc_from_json);
        case Topic::cmd:
            return reads_again(protocol::command_from_json(payload), protocol::command_from_json);
        case Topic::ev: {
            const auto batch = protocol::batch_from_json(payload, device);
            if (!batch) return;
            const auto text = to_json(batch.value());
            const auto again = protocol::batch_from_json(text, device);
            REQUIRE(again);
            CHECK(to_json(again.value()) == text);
        }
    }
}

}  // namespace

TEST_CASE("whatever comes on a topic is read as what it is or refused, never more") {
    const auto good = good_messages();
    for (const auto& message : good) read_as(message.kind, message.payload);
    test::fuzz(11, [&](Dice& dice) {
        const auto& message = good[dice() % good.size()];
        read_as(message.kind, test::damaged(dice, message.payload));
        read_as(good[dice() % good.size()].kind, test::any_bytes(dice, likely, 200));
    });
}

TEST_CASE(
    "a device that hears anything keeps its events and never takes more as acknowledged than there are") {
    const auto good = good_messages();
    test::fuzz(12, [&](Dice& dice) {
        auto state =
            sync::start({SiteId{"T1"}, device, "picker", "0.1"},
                        {{{Epoch{5}, Seq{1}, Seq{2}, Seq{1}}, {epoch, Seq{1}, Seq{4}, Seq{0}}}, {}, {}});
        sync::Now now{0ms, from_ms(1)};
        std::map<Epoch, Seq> last{{Epoch{5}, Seq{2}}, {epoch, Seq{4}}};
        const auto feed = [&](const sync::Input& input) {
            auto step = sync::on(std::move(state), input, now);
            state = std::move(step.state);
            for (const auto& output : step.outputs)
                if (const auto* mark = std::get_if<sync::MarkAcked>(&output))
                    CHECK(mark->upto <= last.at(mark->epoch));
            for (const auto& life : state.known.lives) CHECK(life.acked_upto <= life.last_seq);
            CHECK(state.known.lives.size() == 2);
        };
        feed(sync::Tick{});
        feed(sync::Connected{});
        for (int i = 0; i < 6; ++i) {
            const auto& message = good[dice() % good.size()];
            now.mono += Millis{static_cast<std::int64_t>(dice() % 2'000)};
            feed(sync::Arrived{protocol::topic(SiteId{"T1"}, device, message.kind),
                               dice() % 3 == 0 ? message.payload : test::damaged(dice, message.payload)});
            if (dice() % 4 == 0) feed(sync::Tick{});
        }
    });
}
