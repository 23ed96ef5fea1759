#pragma once
// Latest<T>: the newest value of something that many threads read and one writes (the live board, printer
// states). Readers get a copy and its version and may wait for a newer one. The inbox's sibling: no other
// class holds a mutex.
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <utility>

namespace kenpin {

template <class T>
class Latest {
public:
    struct Seen {
        T value{};
        std::uint64_t version = 0;  // 0: nothing was ever set
    };

    void set(T value) {
        {
            const std::lock_guard lock(mutex_);
            seen_.value = std::move(value);
            ++seen_.version;
        }
        changed_.notify_all();
    }

    Seen get() const {
        const std::lock_guard lock(mutex_);
        return seen_;
    }

    /// Waits until the version differs from `known` or `limit` has passed.
    Seen wait_newer(std::uint64_t known, std::chrono::milliseconds limit) const {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, limit, [&] { return seen_.version != known; });
        return seen_;
    }

private:
    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    Seen seen_;
};

}  // namespace kenpin
