#include "adaptors/log/log.hpp"

#include <fstream>

#include <doctest/doctest.h>

#include "core/base/ids.hpp"
#include "core/base/private.hpp"
#include "tests/support/process.hpp"

using namespace kenpin;

namespace {

struct LogFile {
    support::TempDir directory;
    std::string path = (directory / "kenpin.log").string();

    std::string text() const {
        log::flush();
        std::ifstream file(path);
        std::ostringstream all;
        all << file.rdbuf();
        return all.str();
    }
};

}  // namespace

TEST_CASE_FIXTURE(LogFile, "a line says when, how grave, which program and what") {
    REQUIRE(log::start({"kenpin-server", log::Level::info, path}));
    log::warn("printer ", PrinterId{"bench1"}, " is out of paper, ", 3, " waiting");
    CHECK(text().find(" warning kenpin-server printer bench1 is out of paper, 3 waiting\n") !=
          std::string::npos);
}

TEST_CASE_FIXTURE(LogFile, "personal data is written as three stars") {
    REQUIRE(log::start({"kenpin-server", log::Level::info, path}));
    log::info("buyer ", Private<std::string>("見本花子"));
    CHECK(text().find("buyer ***\n") != std::string::npos);
    CHECK(text().find("見本花子") == std::string::npos);
}

TEST_CASE_FIXTURE(LogFile, "what is below the level is not written") {
    REQUIRE(log::start({"kenpin-server", log::Level::warn, path}));
    log::info("not this");
    log::error("but this");
    CHECK(text().find("not this") == std::string::npos);
    CHECK(text().find("but this") != std::string::npos);
}

TEST_CASE_FIXTURE(LogFile, "a text from outside cannot forge a line") {
    REQUIRE(log::start({"kenpin-server", log::Level::info, path}));
    log::info("scanned: ", "x\n2026-11-24 error kenpin-server forged\r");
    CHECK(text().find("scanned: x\\n2026-11-24 error kenpin-server forged\\r\n") != std::string::npos);
}

TEST_CASE("levels have names, and a file that cannot be made is said to be so") {
    CHECK(log::level_named("warn") == log::Level::warn);
    CHECK_FALSE(log::level_named("loud"));
    CHECK(log::start({"kenpin-server", log::Level::info, "/proc/nowhere/kenpin.log"}).error().kind ==
          Error::Kind::unreachable);
}
