#pragma once
// The same tests run on both engines: a test binary links kenpin_engine_sqlite or kenpin_engine_postgres, and
// each test takes a fresh, empty database from here.
#include <memory>
#include <string>

namespace kenpin::support {

class FreshDatabase {
public:
    FreshDatabase();
    FreshDatabase(const FreshDatabase&) = delete;
    FreshDatabase& operator=(const FreshDatabase&) = delete;
    ~FreshDatabase();

    /// For Database::open(), as often as wanted.
    const std::string& url() const { return url_; }

private:
    struct Place;
    std::unique_ptr<Place> place_;
    std::string url_;
};

}  // namespace kenpin::support
