#include "firmware-bridge/app/weight_news.hpp"

#include <doctest/doctest.h>

using namespace kenpin;
using namespace kenpin::app;
using namespace std::chrono_literals;
using decode::ScaleStatus;
using device::Mono;

TEST_CASE("a new weight is news at once, the same one only after a while") {
    const protocol::PeripheralId scale{"W1"}, other{"W2"};
    WeightNews news;
    CHECK(news.is_news(scale, {20'000, ScaleStatus::stable}, Mono{0ms}));
    CHECK_FALSE(news.is_news(scale, {20'000, ScaleStatus::stable}, Mono{199ms}));
    CHECK(news.is_news(other, {20'000, ScaleStatus::stable}, Mono{199ms}));
    CHECK(news.is_news(scale, {20'000, ScaleStatus::stable}, Mono{200ms}));
    CHECK(news.is_news(scale, {20'000, ScaleStatus::in_motion}, Mono{210ms}));
    CHECK(news.is_news(scale, {20'100, ScaleStatus::in_motion}, Mono{220ms}));
    news.forget_all();
    CHECK(news.is_news(scale, {20'100, ScaleStatus::in_motion}, Mono{221ms}));
}
