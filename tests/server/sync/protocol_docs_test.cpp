// docs/protocol says what the code does.
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "core/domain/barcode.hpp"
#include "core/protocol/events.hpp"
#include "places.hpp"

using namespace kenpin;

namespace {

std::string page(const std::string& name) {
    std::ifstream file(std::string(KENPIN_SOURCE_ROOT) + "/docs/protocol/" + name);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

// The keys of a JSON object and of those inside it; made of plain names and empty values here.
std::vector<std::string> keys_of(const std::string& json) {
    std::vector<std::string> keys;
    for (auto end = json.find("\":"); end != std::string::npos; end = json.find("\":", end + 1)) {
        const auto begin = json.rfind('"', end - 1) + 1;
        keys.push_back(json.substr(begin, end - begin));
    }
    return keys;
}

template <std::size_t... I>
std::vector<protocol::Body> one_of_each_kind(std::index_sequence<I...>) {
    return {protocol::Body{std::variant_alternative_t<I, protocol::Body>{}}...};
}

}  // namespace

TEST_CASE("every kind of event and each of its fields stands in the page about events") {
    const auto text = page("events.md");
    constexpr auto known_kinds = std::variant_size_v<protocol::Body> - 1;  // the last one is "unknown"
    for (const auto& body : one_of_each_kind(std::make_index_sequence<known_kinds>{})) {
        INFO(protocol::kind_of(body));
        CHECK(text.find("\n### " + std::string(protocol::kind_of(body)) + "\n") != std::string::npos);
        for (const auto& key : keys_of(protocol::body_to_json(body))) {
            INFO(key);
            CHECK(text.find("| `" + key + "` |") != std::string::npos);
        }
    }
}

TEST_CASE("the worked example of the check character is right") {
    const auto code = domain::make_own_code(domain::OwnKind::location, "A-01-03-2");
    REQUIRE(code);
    CHECK(page("codes.md").find("**`" + *code + "`**") != std::string::npos);
    CHECK(domain::tracking_check_is_right("000010000034"));
}
