#include "adaptors/crypto/key_file.hpp"

#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "tests/support/process.hpp"

using namespace kenpin;
using namespace kenpin::crypto;
namespace fs = std::filesystem;

TEST_CASE("the key file is made once, for its owner alone, and read ever after") {
    const support::TempDir directory;
    const auto path = (directory / "site.key").string();
    const auto made = load_or_create_key(path);
    REQUIRE(made);
    CHECK(fs::status(path).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
    CHECK(load_or_create_key(path).value().bytes() == made.value().bytes());
    CHECK(std::distance(fs::directory_iterator(directory.path()), fs::directory_iterator{}) == 1);
}

TEST_CASE("a key that others may read is refused") {
    const support::TempDir directory;
    const auto path = (directory / "site.key").string();
    REQUIRE(load_or_create_key(path));
    fs::permissions(path, fs::perms::group_read, fs::perm_options::add);
    CHECK(load_or_create_key(path).error().kind == Error::Kind::refused);
}

TEST_CASE("a damaged key file is never replaced by a new key") {
    const support::TempDir directory;
    const auto path = (directory / "site.key").string();
    REQUIRE(load_or_create_key(path));
    std::ofstream(path, std::ios::trunc) << "half a ke";
    CHECK(load_or_create_key(path).error().kind == Error::Kind::corrupt);
    CHECK(load_or_create_key((directory / "no-such-folder").string() + "/x").error().kind ==
          Error::Kind::unreachable);
}
