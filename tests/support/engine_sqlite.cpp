#include "tests/support/engine.hpp"
#include "tests/support/process.hpp"

namespace kenpin::support {

struct FreshDatabase::Place {
    TempDir directory;
};

FreshDatabase::FreshDatabase()
    : place_(std::make_unique<Place>()), url_("sqlite:" + (place_->directory / "fresh.db").string()) {}
FreshDatabase::~FreshDatabase() = default;

}  // namespace kenpin::support
