#pragma once
// One question to a thread that owns something, one answer, with a limit: how an HTTP handler waits for the
// writer.
#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <utility>

#include "core/base/result.hpp"

namespace kenpin::app {

/// Posts a job to the owner of `Owned` and waits for its answer. `post` answers false when the owner's inbox
/// is full. Error{full}: not taken, nothing will happen. Error{busy}: no answer in time; it may still happen.
template <class T, class Owned>
Result<T> ask(const std::function<bool(std::function<void(Owned&)>)>& post,
              std::function<Result<T>(Owned&)> work, std::chrono::milliseconds limit) {
    // Shared: the asker may have gone when the owner answers.
    const auto promise = std::make_shared<std::promise<Result<T>>>();
    auto answer = promise->get_future();
    const bool taken =
        post([promise, work = std::move(work)](Owned& owned) { promise->set_value(work(owned)); });
    if (!taken) return Error{Error::Kind::full, "inbox"};
    if (answer.wait_for(limit) != std::future_status::ready)
        return Error{Error::Kind::busy, "no answer in time"};
    return answer.get();
}

}  // namespace kenpin::app
