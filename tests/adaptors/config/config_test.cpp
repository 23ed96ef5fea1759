#include "adaptors/config/config.hpp"

#include <fstream>

#include <doctest/doctest.h>

#include "tests/support/process.hpp"

using namespace kenpin;
using namespace kenpin::config;

namespace {

Config parsed(const std::string& toml) {
    auto config = Config::parse(toml, "server.toml");
    if (!config) FAIL(config.error().detail);
    return std::move(config).value();
}

}  // namespace

TEST_CASE("settings are read with their types") {
    const auto config = parsed(R"(
site = "TOKYO1"
[web]
port = 8080
open = true
hosts = ["a", "b"]
)");
    CHECK(config.text("site").value() == "TOKYO1");
    CHECK(config.integer("web.port", {1, 65535}).value() == 8080);
    CHECK(config.flag("web.open").value());
    CHECK(config.texts("web.hosts").value() == std::vector<std::string>{"a", "b"});
}

TEST_CASE("a refusal names the file, the key and the reason") {
    const auto config = parsed("port = 99999\nname = 1\n");
    CHECK(config.integer("port", {1, 65535}).error().detail == "server.toml: port must be 1 to 65535");
    CHECK(config.text("name").error().detail == "server.toml: name must be a text");
    CHECK(config.text("site").error().detail == "server.toml: site is missing");
}

TEST_CASE("a missing setting takes its default, a wrong one does not") {
    const auto config = parsed("port = 'eighty'\n");
    CHECK(config.text("site", "TOKYO1").value() == "TOKYO1");
    CHECK(config.flag("open", true).value());
    CHECK(config.texts("hosts", {"a"}).value().size() == 1);
    CHECK_FALSE(config.integer("port", {1, 65535}, 80));
    CHECK(Config{}.integer("port", {1, 65535}, 80).value() == 80);
}

TEST_CASE("a list of tables is read in order, each with its place in errors") {
    const auto config = parsed("[[shop]]\nid = 'rakuten'\n[[shop]]\nid = 7\n");
    const auto shops = config.tables("shop");
    REQUIRE(shops.value().size() == 2);
    CHECK(shops.value()[0].text("id").value() == "rakuten");
    CHECK(shops.value()[1].text("id").error().detail == "server.toml [[shop]] 2: id must be a text");
    CHECK(config.tables("carrier").value().empty());
}

TEST_CASE("a typing mistake in a key is refused instead of passing as a default") {
    const auto config = parsed("[web]\nprot = 8080\n");
    CHECK(config.only_known({"web.port"}).error().detail == "server.toml: web.prot is no setting of ours");
    CHECK(config.only_known({"web.prot"}));
}

TEST_CASE("what is no TOML is refused with its line") {
    const auto broken = Config::parse("a = 1\nb = \n", "server.toml");
    REQUIRE_FALSE(broken);
    CHECK(broken.error().kind == Error::Kind::corrupt);
    CHECK(broken.error().detail.find("server.toml, line 2") == 0);
}

TEST_CASE("a file is read, and a missing one is said to be missing") {
    const support::TempDir directory;
    const auto path = (directory / "kenpin.toml").string();
    CHECK(Config::read_file(path).error().kind == Error::Kind::not_found);
    std::ofstream(path) << "site = \"大阪1\"\n";
    CHECK(Config::read_file(path).value().text("site").value() == "大阪1");
}

TEST_CASE("a folder in place of the file is said, and so is a single table in place of a list") {
    const kenpin::support::TempDir dir;
    CHECK(Config::read_file(dir.path()).error().detail == dir.path().string() + ": is no file");
    CHECK(parsed("[shop]\nid = 'rakuten'\n").only_known({"shop"}).error().detail ==
          "server.toml: shop is a list: write [[shop]]");
}
