#pragma once
// Inbox<T>: where threads meet. Any thread posts; the owning thread takes everything at once.
// Bounded: when full, post() refuses and the caller decides (a scanner sounds an error, MQTT drops and is
// re-sent).
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

namespace kenpin {

template <class T>
class Inbox {
public:
    explicit Inbox(std::size_t capacity) : capacity_(capacity) {}

    /// `on_post` runs in the posting thread after each post, e.g. to wake an SDL loop. Set before threads
    /// start.
    void wake_with(std::function<void()> on_post) { on_post_ = std::move(on_post); }

    [[nodiscard]] bool post(T item) {
        {
            const std::lock_guard lock(mutex_);
            if (items_.size() >= capacity_) return false;
            items_.push_back(std::move(item));
        }
        arrived_.notify_one();
        if (on_post_) on_post_();
        return true;
    }

    std::vector<T> take_all() {
        const std::lock_guard lock(mutex_);
        return std::exchange(items_, {});
    }

    /// Blocks until something is there or `limit` has passed; then as take_all().
    std::vector<T> wait_and_take(std::chrono::milliseconds limit) {
        std::unique_lock lock(mutex_);
        arrived_.wait_for(lock, limit, [this] { return !items_.empty(); });
        return std::exchange(items_, {});
    }

private:
    const std::size_t capacity_;
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::vector<T> items_;
    std::function<void()> on_post_;
};

}  // namespace kenpin
