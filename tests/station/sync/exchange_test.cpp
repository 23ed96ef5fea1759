#include "station/sync/exchange.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "core/base/limits.hpp"

using namespace kenpin;
using namespace kenpin::sync;
using namespace std::chrono_literals;

namespace {

constexpr Epoch epoch{7};

Known test_known(std::int64_t last, std::int64_t acked, std::vector<protocol::HeldDoc> lists = {},
                 std::vector<protocol::HeldDoc> packs = {}) {
    return {{{epoch, Seq{1}, Seq{last}, Seq{acked}}}, std::move(lists), std::move(packs)};
}

// A device under test: keeps the state, the clock and all outputs of the last step.
struct Device {
    Exchange state;
    Now now{0ms, from_ms(1'000'000)};
    std::vector<Output> out;

    explicit Device(Known known = test_known(0, 0))
        : state(start({SiteId{"T1"}, DeviceId{"HT01"}, "picker", "0.1"}, std::move(known))) {}

    Device& feed(const Input& input) {
        auto step = on(std::move(state), input, now);
        state = std::move(step.state);
        out = std::move(step.outputs);
        return *this;
    }
    Device& wait(Millis span) {
        now.mono += span;
        return feed(Tick{});
    }
    Device& hear(protocol::Topic kind, const std::string& payload) {
        return feed(Arrived{protocol::topic(SiteId{"T1"}, DeviceId{"HT01"}, kind), payload});
    }
    Device& hear(const protocol::Ack& ack) { return hear(protocol::Topic::ack, to_json(ack)); }
    Device& hear_ack(std::int64_t upto, std::int64_t expect = 0, Epoch server = Epoch{1}) {
        return hear(protocol::Ack{epoch, server, Seq{upto}, Seq{expect}});
    }
    /// Answers the newest hello.
    Device& hear(protocol::Snapshot snapshot, Epoch server = Epoch{1}) {
        snapshot.epoch = state.known.current().epoch;
        snapshot.hello = state.hellos;
        snapshot.server = server;
        return hear(protocol::Topic::snapshot, to_json(snapshot));
    }
    Device& hear_snapshot(std::int64_t upto, Epoch server = Epoch{1}) {
        protocol::Snapshot snapshot;
        snapshot.stored = {{state.known.current().epoch, Seq{upto}}};
        return hear(std::move(snapshot), server);
    }
    Device& greet_again() { return wait(limits::greet_again); }
    Device& go_live(std::int64_t upto = 0) {
        wait(0ms);
        feed(Connected{});
        return hear_snapshot(upto);
    }

    template <class T>
    std::vector<T> all() const {
        std::vector<T> found;
        for (const auto& output : out)
            if (const auto* one = std::get_if<T>(&output)) found.push_back(*one);
        return found;
    }
    std::vector<Publish> sent(protocol::Topic kind) const {
        auto found = all<Publish>();
        std::erase_if(found, [&](const Publish& p) {
            return p.topic != protocol::topic(SiteId{"T1"}, DeviceId{"HT01"}, kind);
        });
        return found;
    }
    /// First and last seq of each batch just sent.
    std::vector<std::pair<std::int64_t, std::int64_t>> batches() const {
        std::vector<std::pair<std::int64_t, std::int64_t>> found;
        for (const auto& publish : sent(protocol::Topic::ev)) {
            const auto batch = protocol::batch_from_json(publish.payload, DeviceId{"HT01"}).value();
            found.emplace_back(batch.events.front().seq.value, batch.events.back().seq.value);
        }
        return found;
    }
};

using Batches = std::vector<std::pair<std::int64_t, std::int64_t>>;

std::vector<protocol::Event> events(std::int64_t first, std::int64_t last, Epoch of = epoch) {
    std::vector<protocol::Event> made;
    for (auto seq = first; seq <= last; ++seq)
        made.push_back({DeviceId{"HT01"}, of, Seq{seq}, from_ms(seq), WorkerId{"W1"}, "S1",
                        protocol::ListOpened{ListId{"P-" + std::to_string(seq)}}});
    return made;
}

}  // namespace

TEST_CASE(
    "a device that starts connects at once, subscribes, says it is there and greets with what it holds") {
    Device device(test_known(9, 4, {{"P-1", 2}}, {{"S-1", 1}}));
    CHECK(device.wait(0ms).all<Connect>().size() == 1);
    device.feed(Connected{});
    CHECK(device.all<Subscribe>().at(0).topics.size() == 4);
    CHECK(device.sent(protocol::Topic::presence).at(0).retained);
    const auto hello = protocol::hello_from_json(device.sent(protocol::Topic::hello).at(0).payload).value();
    CHECK(hello.lives.at(0).last_seq == Seq{9});
    CHECK(hello.lives.at(0).acked_upto == Seq{4});
    CHECK(hello.lists.at(0).id == "P-1");
    CHECK(hello.packs.at(0).id == "S-1");
    CHECK(hello.device_time == from_ms(1'000'000));
    CHECK(device.batches().empty());
}

TEST_CASE("a scan that was stored is sent at once, and is no longer waiting when the server has it") {
    Device device;
    device.go_live();
    CHECK(device.state.shown.link == Link::online);
    CHECK(device.feed(EventsCommitted{events(1, 1)}).batches() == Batches{{1, 1}});
    CHECK(device.all<Show>().at(0).shown.waiting == 1);
    device.hear(protocol::Ack{epoch, Epoch{1}, Seq{1}, Seq{0}});
    CHECK(device.all<MarkAcked>().at(0).upto == Seq{1});
    CHECK(device.all<Show>().at(0).shown.waiting == 0);
    CHECK(device.wait(20s).batches().empty());
}

TEST_CASE("four messages may be unacknowledged; what gathers meanwhile goes as one") {
    Device device;
    device.go_live();
    for (std::int64_t seq = 1; seq <= 4; ++seq)
        CHECK(device.feed(EventsCommitted{events(seq, seq)}).batches().size() == 1);
    for (std::int64_t seq = 5; seq <= 9; ++seq)
        CHECK(device.feed(EventsCommitted{events(seq, seq)}).batches().empty());
    CHECK(device.hear(protocol::Ack{epoch, Epoch{1}, Seq{1}, Seq{0}}).batches() == Batches{{5, 9}});
}

TEST_CASE("what was stored while offline is read from the outbox and drained in messages of fifty") {
    Device device(test_known(500, 0));
    device.go_live();
    const auto asked = device.all<ReadEvents>().at(0);
    CHECK(asked.after == Seq{0});
    CHECK(asked.most == 200);
    device.feed(EventsRead{epoch, Seq{0}, events(1, 200)});
    CHECK(device.batches() == Batches{{1, 50}, {51, 100}, {101, 150}, {151, 200}});
    device.hear(protocol::Ack{epoch, Epoch{1}, Seq{100}, Seq{0}});
    CHECK(device.all<ReadEvents>().at(0).after == Seq{200});
    CHECK(device.feed(EventsRead{epoch, Seq{200}, events(201, 300)}).batches() ==
          Batches{{201, 250}, {251, 300}});
}

TEST_CASE("without an acknowledgement all is sent again after one second, then two, at most every fifteen") {
    Device device;
    device.go_live();
    device.feed(EventsCommitted{events(1, 1)});
    CHECK(device.wait(999ms).batches().empty());
    CHECK(device.wait(1ms).batches() == Batches{{1, 1}});
    CHECK(device.wait(1'999ms).batches().empty());
    CHECK(device.wait(1ms).batches() == Batches{{1, 1}});
    CHECK(device.wait(4s).batches().size() == 1);
    CHECK(device.wait(8s).batches().size() == 1);
    CHECK(device.wait(15s).batches().size() == 1);
}

TEST_CASE("a gap that the server names is closed by going back to it, once") {
    Device device;
    device.go_live();
    device.feed(EventsCommitted{events(1, 1)});
    device.feed(EventsCommitted{events(2, 2)});
    CHECK(device.hear(protocol::Ack{epoch, Epoch{1}, Seq{0}, Seq{1}}).batches() == Batches{{1, 2}});
    CHECK(device.hear(protocol::Ack{epoch, Epoch{1}, Seq{0}, Seq{1}}).batches().empty());
}

TEST_CASE("an acknowledgement of a former life of the database says nothing") {
    Device device;
    device.go_live();
    device.feed(EventsCommitted{events(1, 1)});
    CHECK(device.hear(protocol::Ack{Epoch{8}, Epoch{1}, Seq{1}, Seq{0}}).all<MarkAcked>().empty());
    CHECK(device.state.known.current().acked_upto == Seq{0});
}

TEST_CASE("an acknowledgement beyond the newest event is refused and said") {
    Device device;
    device.go_live();
    CHECK(device.hear(protocol::Ack{epoch, Epoch{1}, Seq{3}, Seq{0}}).all<Complain>().size() == 1);
    CHECK(device.state.known.current().acked_upto == Seq{0});
}

TEST_CASE("no answer to hello for three seconds is shown as not accepted, and hello is said again") {
    Device device;
    device.wait(0ms).feed(Connected{});
    CHECK(device.wait(1s).sent(protocol::Topic::hello).size() == 1);
    CHECK(device.state.shown.link == Link::offline);
    device.wait(2s);
    CHECK(device.all<Show>().at(0).shown.link == Link::not_accepted);
    CHECK(device.sent(protocol::Topic::hello).size() == 1);
    device.hear_snapshot(0);
    CHECK(device.all<Show>().at(0).shown.link == Link::online);
}

TEST_CASE("a server that is silent for long is tried over a new connection") {
    Device device;
    device.wait(0ms).feed(Connected{});
    CHECK(device.wait(limits::silent_connection).all<Connect>().size() == 1);
}

TEST_CASE("a lost connection is tried again after a pause that doubles, and shown as offline at once") {
    Device device;
    device.go_live();
    device.feed(Disconnected{});
    CHECK(device.all<Show>().at(0).shown.link == Link::offline);
    CHECK(device.wait(249ms).all<Connect>().empty());
    CHECK(device.wait(1ms).all<Connect>().size() == 1);
    device.feed(Disconnected{});
    CHECK(device.wait(250ms).all<Connect>().empty());
    CHECK(device.wait(250ms).all<Connect>().size() == 1);
}

TEST_CASE("after a new connection only what the server does not have is sent") {
    Device device(test_known(3, 0, {}, {}));
    device.go_live(2);
    CHECK(device.all<MarkAcked>().at(0).upto == Seq{2});
    CHECK(device.all<ReadEvents>().at(0).after == Seq{2});
    CHECK(device.feed(EventsRead{epoch, Seq{2}, events(3, 3)}).batches() == Batches{{3, 3}});
}

TEST_CASE("a server that came back from an older copy gets its lost events once more") {
    Device device(test_known(5, 5, {}, {}));
    device.go_live(2);
    CHECK(device.state.shown.waiting == 3);
    CHECK(device.all<ReadEvents>().at(0).after == Seq{2});
    CHECK(device.feed(EventsRead{epoch, Seq{2}, events(3, 5)}).batches() == Batches{{3, 5}});
}

TEST_CASE("a server that was put back while the line stood gets its lost events once more") {
    Device device(test_known(5, 5));
    device.go_live(5);
    device.greet_again().hear_snapshot(2, Epoch{2});
    CHECK(device.state.shown.waiting == 3);
    CHECK(device.all<ReadEvents>().at(0).after == Seq{2});
    CHECK(device.feed(EventsRead{epoch, Seq{2}, events(3, 5)}).batches() == Batches{{3, 5}});
}

TEST_CASE("a snapshot that was overtaken by an acknowledgement takes nothing back") {
    Device device(test_known(5, 2));
    device.go_live(2);
    device.greet_again().hear_ack(5);
    device.hear_snapshot(2);
    CHECK(device.state.known.current().acked_upto == Seq{5});
}

TEST_CASE("what the server acknowledged before it was put back says nothing of what it has now") {
    Device device(test_known(5, 2));
    device.go_live(2);
    device.feed(EventsRead{epoch, Seq{2}, events(3, 5)});
    device.greet_again().hear_snapshot(2, Epoch{2});
    device.hear_ack(5);  // of the opening before, late
    CHECK(device.all<MarkAcked>().empty());
    CHECK(device.state.known.current().acked_upto == Seq{2});
    device.hear_ack(5, 0, Epoch{2});
    CHECK(device.state.known.current().acked_upto == Seq{5});
}

TEST_CASE("a snapshot that was overtaken by the answer to a later hello, or by a new line, changes nothing") {
    Device device(test_known(5, 2));
    device.go_live(2);
    device.greet_again().hear_snapshot(2, Epoch{2});
    device.hear_snapshot(5);  // to the same hello, before the server was put back
    CHECK(device.state.server == Epoch{2});
    CHECK(device.state.known.current().acked_upto == Seq{2});
    device.greet_again().feed(Disconnected{});
    protocol::Snapshot late;
    late.epoch = epoch;
    late.hello = device.state.hellos;
    late.stored = {{epoch, Seq{5}}};
    device.wait(1s).feed(Connected{});
    device.hear(protocol::Topic::snapshot, to_json(late));
    CHECK(device.state.phase == Exchange::Phase::greeting);
}

TEST_CASE("an acknowledgement before the first snapshot says nothing: who said it is not known yet") {
    Device device(test_known(5, 2));
    device.wait(0ms).feed(Connected{});
    device.hear_ack(5);
    CHECK(device.state.known.current().acked_upto == Seq{2});
    device.hear_snapshot(5);
    CHECK(device.state.known.current().acked_upto == Seq{5});
}

TEST_CASE("a server that was opened anew is greeted when its first acknowledgement comes, once") {
    Device device(test_known(5, 5));
    device.go_live(5);
    CHECK(device.hear_ack(2, 3, Epoch{2}).sent(protocol::Topic::hello).size() == 1);
    CHECK(device.hear_ack(2, 3, Epoch{2}).sent(protocol::Topic::hello).empty());
    CHECK(device.state.known.current().acked_upto == Seq{5});
    CHECK(device.wait(1s).sent(protocol::Topic::hello).size() == 1);  // the answer may be lost
    device.hear_snapshot(2, Epoch{2});
    CHECK(device.state.known.current().acked_upto == Seq{2});
    CHECK(device.wait(1s).sent(protocol::Topic::hello).empty());
}

TEST_CASE(
    "what was written before the last start goes up first, and nothing of one life is taken for another's") {
    Device device({{{Epoch{5}, Seq{1}, Seq{2}, Seq{0}}, {epoch, Seq{1}, Seq{1}, Seq{0}}}, {}, {}});
    device.wait(0ms).feed(Connected{});
    protocol::Snapshot snapshot;
    snapshot.stored = {{Epoch{5}, Seq{0}}, {epoch, Seq{0}}};
    device.hear(snapshot);
    CHECK(device.state.shown.waiting == 3);
    CHECK(device.all<ReadEvents>().at(0).epoch == Epoch{5});
    CHECK(device.feed(EventsRead{Epoch{5}, Seq{0}, events(1, 2, Epoch{5})}).batches() == Batches{{1, 2}});
    CHECK(device.feed(EventsCommitted{events(2, 2)}).batches().empty());  // waits for its turn
    device.hear(protocol::Ack{epoch, Epoch{1}, Seq{2}, Seq{0}});          // nobody sent that yet
    device.hear(protocol::Ack{Epoch{5}, Epoch{1}, Seq{2}, Seq{0}});
    CHECK(device.all<MarkAcked>().at(0).epoch == Epoch{5});
    CHECK(device.all<ReadEvents>().empty());  // all of the current life is on the server already
    CHECK(device.state.shown.waiting == 0);
}

TEST_CASE("a device that was put back to an older copy sends what it wrote since, and loses nothing of it") {
    Device device({{{Epoch{5}, Seq{1}, Seq{5}, Seq{3}}, {epoch, Seq{1}, Seq{2}, Seq{0}}}, {}, {}});
    device.wait(0ms).feed(Connected{});
    protocol::Snapshot snapshot;
    snapshot.stored = {{Epoch{5}, Seq{9}}, {epoch, Seq{0}}};  // the copy was made at 5, the server has 9
    device.hear(snapshot);
    CHECK(device.all<Complain>().size() == 1);
    CHECK(device.all<MarkAcked>().at(0).upto == Seq{5});  // of the life's own events, not of the server's
    CHECK(device.state.shown.waiting == 2);
    CHECK(device.all<ReadEvents>().at(0).epoch == epoch);
    CHECK(device.feed(EventsRead{epoch, Seq{0}, events(1, 2)}).batches() == Batches{{1, 2}});
}

TEST_CASE("a server that was put back gets each life again from where it stands, the oldest first") {
    Device device({{{Epoch{5}, Seq{1}, Seq{4}, Seq{4}}, {epoch, Seq{1}, Seq{2}, Seq{2}}}, {}, {}});
    device.wait(0ms).feed(Connected{});
    protocol::Snapshot snapshot;
    snapshot.stored = {{Epoch{5}, Seq{3}}, {epoch, Seq{0}}};
    device.hear(snapshot);
    CHECK(device.state.shown.waiting == 3);
    const auto wanted = device.all<ReadEvents>();
    REQUIRE_FALSE(wanted.empty());
    CHECK(wanted.back().epoch == Epoch{5});
    CHECK(wanted.back().after == Seq{3});
    CHECK(device.feed(EventsRead{Epoch{5}, Seq{3}, events(4, 4, Epoch{5})}).batches() == Batches{{4, 4}});
    device.hear(protocol::Ack{Epoch{5}, Epoch{1}, Seq{4}, Seq{0}});
    CHECK(device.feed(EventsRead{epoch, Seq{0}, events(1, 2)}).batches() == Batches{{1, 2}});
}

TEST_CASE("lives that have nothing left on the device are forgotten while the current one goes on") {
    Device device({{{Epoch{5}, Seq{1}, Seq{2}, Seq{2}}, {epoch, Seq{1}, Seq{0}, Seq{0}}}, {}, {}});
    device.go_live();
    device.feed(Pruned{{{epoch, Seq{1}, Seq{0}, Seq{0}}}});
    CHECK(device.state.known.lives.size() == 1);
    CHECK(device.state.sending == 0);
    CHECK(device.feed(EventsCommitted{events(1, 1)}).batches() == Batches{{1, 1}});
}

TEST_CASE("a document of the server's former opening that comes late changes nothing") {
    Device device;
    device.go_live();
    protocol::DocPublished doc;
    doc.server = Epoch{99};
    doc.gone = {"P-9"};
    CHECK(device.hear(protocol::Topic::doc, to_json(doc)).all<StoreDocuments>().empty());
}

TEST_CASE("lists that the server sends are to be stored, and known to the next hello only when they are") {
    Device device;
    device.go_live();
    protocol::DocPublished doc;
    doc.server = Epoch{1};
    doc.gone = {"P-9"};
    CHECK(device.hear(protocol::Topic::doc, to_json(doc)).all<StoreDocuments>().at(0).gone.size() == 1);
    device.feed(DocumentsHeld{{{"P-2", 1}}, {}});
    device.wait(limits::greet_again);
    const auto hello = protocol::hello_from_json(device.sent(protocol::Topic::hello).at(0).payload).value();
    CHECK(hello.lists.at(0).id == "P-2");
}

TEST_CASE("what did not count is told by the snapshot too: its acknowledgement may have been lost") {
    Device device(test_known(3, 0));
    device.wait(0ms).feed(Connected{});
    protocol::Snapshot snapshot;
    snapshot.stored = {{epoch, Seq{3}, {}, {{{Seq{2}, "too_many", {}}}}}};
    const auto told = device.hear(snapshot).all<Answered>();
    REQUIRE(told.size() == 1);
    CHECK(told[0].epoch == epoch);
    CHECK(told[0].notes.at(0).seq == Seq{2});
    CHECK(device.sent(protocol::Topic::ev).empty());  // nothing is sent again that would be answered
}

TEST_CASE(
    "a command that lay somewhere for over its time is ignored, whatever the device's wall clock says") {
    Device device;
    const auto server_now = from_ms(1'795'474'800'000);
    const auto hear_command = [&](Instant expires) {
        device.hear(protocol::Topic::cmd,
                    to_json(protocol::Command{"7-1", "message", "", "休憩です", expires}));
        const auto came = device.all<Deliver>();
        return std::count_if(came.begin(), came.end(), [](const auto& each) { return !each.is_late; });
    };
    device.wait(0ms).feed(Connected{});
    CHECK(hear_command(server_now + limits::command_expiry) == 0);  // no idea yet how late it is
    protocol::Snapshot snapshot;
    snapshot.server_time = server_now;
    device.hear(snapshot);
    device.now.wall += 24h;
    CHECK(hear_command(server_now + limits::command_expiry) == 1);
    device.now.wall -= 48h;
    device.now.mono += limits::command_expiry - 1ms;
    CHECK(hear_command(server_now + limits::command_expiry) == 1);
    device.now.mono += 1ms;
    CHECK(hear_command(server_now + limits::command_expiry) == 0);
    CHECK(device.all<Complain>().size() == 1);
    CHECK(device.all<Deliver>().size() == 1);  // it is said back that it came too late
    device.hear(protocol::Topic::snapshot,
                to_json(snapshot));  // one that was long on its way teaches nothing
    CHECK(hear_command(server_now + limits::command_expiry) == 0);
}

TEST_CASE("after a start every list is asked for anew: the server says whose lease still runs") {
    Device device(test_known(0, 0, {{"P-1", 4}}, {{"S-1", 2}}));
    device.wait(0ms).feed(Connected{});
    const auto hello = protocol::hello_from_json(device.sent(protocol::Topic::hello).at(0).payload).value();
    CHECK(hello.lists.at(0).version == 0);
    CHECK(hello.packs.at(0).version == 2);
}

TEST_CASE("what did not count is told with the acknowledgement") {
    Device device;
    device.go_live();
    const protocol::DoneBefore done{DeviceId{"HT02"}, WorkerId{"W2"}, from_ms(5)};
    device.hear(protocol::Ack{epoch, Epoch{1}, Seq{0}, Seq{0},
                              std::vector<protocol::AckNote>{{Seq{1}, "too_many", done}}});
    const auto told = device.all<Answered>();
    REQUIRE(told.size() == 1);
    CHECK(told[0].epoch == epoch);
    CHECK(told[0].notes.at(0).seq == Seq{1});
    CHECK(told[0].notes.at(0).done == done);
    device.hear(protocol::Ack{epoch, Epoch{1}, Seq{0}, Seq{0}});
    CHECK(device.all<Answered>().empty());
}

TEST_CASE("a message that cannot be read, or is for another device, changes nothing and is said") {
    Device device;
    device.go_live();
    CHECK(device.hear(protocol::Topic::ack, "{").all<Complain>().size() == 1);
    CHECK(device.feed(Arrived{"kenpin/1/T1/HT02/ack", "{}"}).all<Complain>().size() == 1);
}

TEST_CASE("the machine never asks to be woken in the past twice") {
    Device device;
    device.go_live();
    device.feed(EventsCommitted{events(1, 1)});
    for (int i = 0; i < 200; ++i) {
        const auto due = wakes_at(device.state);
        REQUIRE(due);
        CHECK(*due > device.now.mono);
        device.wait(*due - device.now.mono);
        if (!device.all<Connect>().empty()) device.feed(Connected{});
    }
}
