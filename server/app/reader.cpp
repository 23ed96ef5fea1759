#include "server/app/reader.hpp"

#include <utility>

namespace kenpin::app {

Result<std::unique_ptr<Reader>> Reader::open(const std::string& url) {
    auto database = sqlite::Database::open(url, {.read_only = true});
    if (!database) return database.error();
    return std::unique_ptr<Reader>(new Reader(std::move(database).value()));
}

Reader::Reader(sqlite::Database database)
    : database_(std::move(database)), inbox_(limits::inbox_small), thread_([this] { run(); }) {}

Reader::~Reader() {
    is_stopping_ = true;
    thread_.join();
}

void Reader::run() {
    constexpr std::chrono::milliseconds look{100};
    while (!is_stopping_)
        for (const auto& job : inbox_.wait_and_take(look)) job(database_);
}

}  // namespace kenpin::app
