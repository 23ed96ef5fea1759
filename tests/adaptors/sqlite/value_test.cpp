#include "adaptors/sqlite/value.hpp"

#include <doctest/doctest.h>

#include "core/base/ids.hpp"

using namespace kenpin;
using namespace kenpin::sqlite;

TEST_CASE("bytes come back from their hex as they were") {
    const std::string bytes("\x00\x5c\xff kg", 6);
    CHECK(to_hex(bytes) == "005cff206b67");
    CHECK(from_hex(to_hex(bytes)) == bytes);
}

TEST_CASE("text that is no hex is refused, not guessed") {
    CHECK_FALSE(from_hex("0"));
    CHECK_FALSE(from_hex("0g"));
    CHECK(from_hex("") == std::string{});
}

TEST_CASE("a number that does not fit its quantity is refused") {
    CHECK(Stored<Qty>::from_value(Value{std::int64_t{7}}) == Qty{7});
    CHECK_FALSE(Stored<Qty>::from_value(Value{std::int64_t{1} << 40}));
    CHECK_FALSE(Stored<Qty>::from_value(Value{std::string("7")}));
    CHECK_FALSE(Stored<bool>::from_value(Value{std::int64_t{2}}));
}

TEST_CASE("nothing stands for nothing only where nothing is allowed") {
    const Value nothing{Null{ColumnType::text}};
    const auto lot = Stored<std::optional<LotNo>>::from_value(nothing);
    REQUIRE(lot.has_value());
    CHECK_FALSE(lot->has_value());
    CHECK_FALSE(Stored<LotNo>::from_value(nothing));
}
