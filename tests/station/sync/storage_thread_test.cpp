#include "station/sync/storage_thread.hpp"

#include <atomic>

#include <doctest/doctest.h>

#include "core/base/limits.hpp"
#include "station/sync/boot_clock.hpp"
#include "tests/support/process.hpp"

using namespace kenpin;
using namespace kenpin::sync;
using namespace std::chrono_literals;

namespace {

const Instant morning = from_ms(1'800'000'000'000);

Commit opened(std::uint64_t ticket) {
    return {ticket, {{morning, WorkerId{"W1"}, "", protocol::ListOpened{ListId{"P-1"}}}}};
}

/// The next notice of the thread; it comes.
template <class T>
T heard(Inbox<Notice>& inbox) {
    const auto notices = inbox.wait_and_take(10s);
    REQUIRE_FALSE(notices.empty());  // it may try again and say so again
    REQUIRE(std::holds_alternative<T>(notices.front()));
    return std::get<T>(notices.front());
}

}  // namespace

TEST_CASE("an acknowledgement that found the disk full is written down when there is room again") {
    support::TempDir folder;
    std::atomic<bool> is_full = false;
    Outbox::Options options{
        .path = (folder / "station.db").string(), .device = DeviceId{"HT01"}, .capacity = 1};
    options.hooks.before_commit = [&](int) -> std::optional<Error> {
        if (is_full) return Error{Error::Kind::full, "made to fail"};
        return std::nullopt;
    };
    auto outbox = Outbox::open(options);
    REQUIRE(outbox);
    const auto epoch = outbox.value().known().current().epoch;
    Inbox<Notice> inbox(limits::inbox_small);
    {
        StorageThread storage(std::move(outbox).value(),
                              {.clock = [] { return morning; },
                               .receipt = receipt_now,
                               .notify = [&](Notice n) { (void)inbox.post(std::move(n)); },
                               .answer = [](const Input&) {}});
        REQUIRE(storage.post(opened(1)));
        heard<EventsStored>(inbox);
        is_full = true;
        REQUIRE(storage.post(MarkAcked{epoch, Seq{1}}));
        heard<SomethingOdd>(inbox);  // it could not be written
        is_full = false;
    }
    auto again = Outbox::open({.path = (folder / "station.db").string(), .device = DeviceId{"HT01"}});
    REQUIRE(again);
    CHECK(again.value().known().waiting() == 0);
}
