#include "server/plan/numbering.hpp"

#include <set>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "core/domain/barcode.hpp"

using namespace kenpin;
using namespace kenpin::plan;

TEST_CASE("shipments and lists have numbers that fit into codes of ours") {
    CHECK(shipment_id(123).value == "S0000123");
    CHECK(list_id(45).value == "P000045");
    CHECK(shipment_id(12'345'678).value == "S12345678");
    CHECK(domain::make_own_code(domain::OwnKind::shipment, shipment_id(1).value).has_value());
    CHECK(domain::make_own_code(domain::OwnKind::list, list_id(1).value).has_value());
}

TEST_CASE("a tracking number from a range always has its right check digit") {
    CHECK(rc::check([] {
        const auto number = tracking_number(*rc::gen::inRange<std::int64_t>(0, 99'999'999'999));
        RC_ASSERT(number.value.size() == 12U);
        RC_ASSERT(domain::tracking_check_is_right(number.value));
    }));
}

TEST_CASE("a range gives every number once and then says that it is used up") {
    NumberRange range{ShopId{"HONTEN"}, CarrierId{"yamato"}, 9'100'000, 9'100'002, 9'100'000};
    std::set<TrackingNo> given;
    while (const auto number = take_number(range)) given.insert(*number);
    CHECK(given.size() == 3);
    CHECK(numbers_left(range) == 0);
    CHECK_FALSE(take_number(range).has_value());
}

TEST_CASE("each piece has its own number, or all the same, as the carrier's rule says") {
    NumberRange range{ShopId{"HONTEN"}, CarrierId{"yamato"}, 1, 9, 1};
    const auto own = take_numbers(range, domain::TrackingCovers::one_piece, 2);
    REQUIRE(own);
    CHECK(own->at(0) != own->at(1));
    const auto shared = take_numbers(range, domain::TrackingCovers::all_pieces, 3);
    REQUIRE(shared);
    CHECK(shared->size() == 3);
    CHECK(shared->at(0) == shared->at(2));
    CHECK(numbers_left(range) == 6);
}

TEST_CASE("a range too short for all pieces gives none") {
    NumberRange range{ShopId{"HONTEN"}, CarrierId{"yamato"}, 1, 1, 1};
    CHECK_FALSE(take_numbers(range, domain::TrackingCovers::one_piece, 2).has_value());
    CHECK(numbers_left(range) == 1);
}
