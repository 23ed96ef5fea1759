// docs/api/openapi.yaml and the server's table of routes tell the same.
#include <fstream>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include "places.hpp"
#include "server/web/api.hpp"
#include "tests/support/fake_desk.hpp"

using namespace kenpin;

namespace {

/// "get /api/v1/orders" for each operation of the description. Paths stand at two blanks, methods at four.
std::set<std::string> described() {
    std::ifstream file(std::string(KENPIN_SOURCE_ROOT) + "/docs/api/openapi.yaml");
    std::set<std::string> found;
    std::string line, path;
    while (std::getline(file, line)) {
        if (line.starts_with("  /")) path = line.substr(2, line.rfind(':') - 2);
        if (line == "    get:" || line == "    post:")
            found.insert(line.substr(4, line.size() - 5) + " " + path);
        if (line == "components:") break;
    }
    return found;
}

std::set<std::string> served() {
    support::FakeDesk desk;
    const auto router = web::make_api(desk);
    std::set<std::string> found{std::string("get ") + web::board_stream_path};
    for (const auto& route : router.routes())
        found.insert((route.method == web::Method::get ? "get " : "post ") + route.pattern);
    return found;
}

}  // namespace

TEST_CASE("every route of the server stands in the OpenAPI text, and nothing else") {
    CHECK(described() == served());
}
