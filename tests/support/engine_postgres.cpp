#include "core/base/check.hpp"
#include "tests/support/engine.hpp"
#include "tests/support/private_postgres.hpp"

namespace kenpin::support {
namespace {

// One cluster for the whole test binary: starting one costs seconds, a database in it a tenth of one.
PrivatePostgres& cluster() {
    static const auto started = PrivatePostgres::start();
    if (!started) std::fprintf(stderr, "%s\n", started.error().detail.c_str());
    KENPIN_CHECK(started);
    return *started.value();
}

std::string fresh_url() {
    const auto url = cluster().fresh_database();
    if (!url) std::fprintf(stderr, "%s\n", url.error().detail.c_str());
    KENPIN_CHECK(url);
    return url.value();
}

}  // namespace

struct FreshDatabase::Place {};

FreshDatabase::FreshDatabase() : place_(std::make_unique<Place>()), url_(fresh_url()) {}
FreshDatabase::~FreshDatabase() = default;

}  // namespace kenpin::support
