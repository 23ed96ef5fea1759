#pragma once
// The reader: a thread with a read-only connection for everything that only looks, so that a long question
// never holds up a scan. With a database in memory (tests) there is no second connection: then the writer
// answers.
#include <atomic>
#include <functional>
#include <memory>
#include <thread>

#include "adaptors/sqlite/database.hpp"
#include "core/base/inbox.hpp"
#include "core/base/limits.hpp"
#include "server/app/one_shot.hpp"

namespace kenpin::app {

class Reader {
public:
    using Job = std::function<void(sqlite::Database&)>;

    /// Opens `url` read-only. Errors: as Database::open.
    static Result<std::unique_ptr<Reader>> open(const std::string& url);
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
    ~Reader();

    /// As Writer::ask.
    template <class T>
    Result<T> ask(std::function<Result<T>(sqlite::Database&)> work) {
        return app::ask<T, sqlite::Database>([this](Job job) { return inbox_.post(std::move(job)); },
                                             std::move(work), limits::write_answer);
    }

private:
    explicit Reader(sqlite::Database database);
    void run();
    sqlite::Database database_;
    Inbox<Job> inbox_;
    std::atomic<bool> is_stopping_{false};
    std::thread thread_;
};

}  // namespace kenpin::app
