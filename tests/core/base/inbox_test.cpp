#include "core/base/inbox.hpp"

#include <thread>

#include <doctest/doctest.h>

using namespace kenpin;

TEST_CASE("a full inbox refuses, an emptied one accepts again") {
    Inbox<int> inbox(2);
    CHECK(inbox.post(1));
    CHECK(inbox.post(2));
    CHECK_FALSE(inbox.post(3));
    CHECK(inbox.take_all() == std::vector<int>{1, 2});
    CHECK(inbox.post(4));
}

TEST_CASE("every posted item is taken exactly once, in the order it was posted") {
    Inbox<int> inbox(100'000);
    std::thread other([&] {
        for (int i = 0; i < 20'000; ++i) (void)inbox.post(i);  // cannot be full: its capacity is larger
    });
    int next = 0;
    while (next < 20'000)
        for (const int item : inbox.wait_and_take(std::chrono::milliseconds{1000})) CHECK_EQ(item, next++);
    other.join();
}

TEST_CASE("each post wakes whoever asked to be woken") {
    Inbox<int> inbox(2);
    int woken = 0;
    inbox.wake_with([&] { ++woken; });
    CHECK(inbox.post(1));
    CHECK(woken == 1);
}
