#include "printers/transport/discover.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace kenpin;
using namespace kenpin::transport;

namespace {

std::vector<std::string> hosts(std::string_view range) {
    std::vector<std::string> out;
    const auto all = addresses_of(range);
    if (!all) return out;
    for (const auto& address : all.value()) out.push_back(address.host + ":" + std::to_string(address.port));
    return out;
}

}  // namespace

TEST_CASE("a range of the network is what a person writes") {
    CHECK(hosts("192.0.2.7") == std::vector<std::string>{"192.0.2.7:9100"});
    CHECK(hosts("printer.example:6101") == std::vector<std::string>{"printer.example:6101"});
    CHECK(hosts("192.0.2.254-255:9101") == std::vector<std::string>{"192.0.2.254:9101", "192.0.2.255:9101"});
    CHECK(hosts("192.0.2.9/30") == std::vector<std::string>{"192.0.2.9:9100", "192.0.2.10:9100"});
    CHECK(hosts("192.0.2.9/32").size() == 1);
    CHECK(hosts("192.0.2.0/24").size() == 254);
    CHECK(hosts("10.0.0.0/22").size() == 1'022);
    for (const auto* wrong : {"", "10.0.0.0/8", "192.0.2.0/33", "192.0.2.0/x", "192.0.2.9-8", "a b",
                              "192.0.2.1:0", "192.0.2.1:70000", "192.0.2.300/24", ":9100"}) {
        INFO(wrong);
        CHECK_FALSE(addresses_of(wrong));
    }
    CHECK(rc::check("any text", [](const std::string& text) {
        const auto read = addresses_of(text);
        if (read) RC_ASSERT(!read.value().empty() && read.value().size() <= most_addresses);
    }));
}
