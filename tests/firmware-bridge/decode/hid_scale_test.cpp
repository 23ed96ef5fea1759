#include "firmware-bridge/decode/hid_scale.hpp"

#include <limits>

#include <doctest/doctest.h>

#include "tests/support/hid_devices.hpp"
#include "tests/support/property.hpp"

using namespace kenpin;
using namespace kenpin::decode;
using test::hex;

namespace {

HidScaleReader usual_scale() {
    const auto reader = HidScaleReader::for_device(parse_hid_descriptor(test::scale_descriptor()).value());
    REQUIRE(reader);
    return *reader;
}

std::string report(int status, WeightUnit unit, int exponent, unsigned weight) {
    std::string bytes = hex("03");
    for (const auto byte : {static_cast<unsigned>(status), static_cast<unsigned>(unit),
                            static_cast<unsigned>(exponent), weight, weight >> 8U})
        bytes.push_back(static_cast<char>(byte & 0xFFU));
    return bytes;
}

}  // namespace

TEST_CASE("grams, kilograms and pounds become milligrams by unit and exponent") {
    const auto scale = usual_scale();
    CHECK(scale.take(hex("03 04 02 00 14 00")) == Weight{20'000, ScaleStatus::stable});
    CHECK(scale.take(hex("03 04 02 FF 39 30")) == Weight{1'234'500, ScaleStatus::stable});
    CHECK(scale.take(report(4, WeightUnit::kilogram, -3, 1'500)) == Weight{1'500'000, ScaleStatus::stable});
    CHECK(scale.take(hex("03 04 0B FF 34 19")) == Weight{18'291'112, ScaleStatus::stable});  // 645.2 oz
    CHECK(scale.take(report(4, WeightUnit::pound, 0, 1)) == Weight{453'592, ScaleStatus::stable});
}

TEST_CASE("a scale in motion, overloaded or faulty says so beside the weight") {
    const auto scale = usual_scale();
    for (int status = 1; status <= 8; ++status) {
        const auto weight = scale.take(report(status, WeightUnit::gram, 0, 0));
        REQUIRE(weight);
        CHECK(weight->status == static_cast<ScaleStatus>(status));
        CHECK(weight->is_stable() == (status == 2 || status == 4));
    }
}

TEST_CASE("an unknown status is never taken for a stable weight") {
    const auto weight = usual_scale().take(report(9, WeightUnit::gram, 0, 20));
    REQUIRE(weight);
    CHECK_FALSE(weight->is_stable());
}

TEST_CASE("below zero the magnitude counts downwards") {
    CHECK(usual_scale().take(report(5, WeightUnit::gram, 0, 12)) == Weight{-12'000, ScaleStatus::under_zero});
}

TEST_CASE("no unit, another report and half a report are no weight") {
    const auto scale = usual_scale();
    CHECK_FALSE(scale.take(hex("03 04 00 00 14 00")));
    CHECK_FALSE(scale.take(hex("03 04 0D 00 14 00")));
    CHECK_FALSE(scale.take(hex("02 04 02 00 14 00")));
    CHECK_FALSE(scale.take(hex("03 04 02 00 14")));
    CHECK_FALSE(scale.take(""));
}

TEST_CASE("weights beyond all measure are no weight") {
    CHECK_FALSE(usual_scale().take(report(4, WeightUnit::tonne, 127, 1)));
    CHECK(usual_scale().take(report(4, WeightUnit::gram, -128, 0xFFFF)) == Weight{0, ScaleStatus::stable});
    CHECK_FALSE(to_mg(std::numeric_limits<std::int64_t>::max(), 0, WeightUnit::gram));
    CHECK_FALSE(to_mg(std::numeric_limits<std::int64_t>::min(), 5, WeightUnit::tonne));
    CHECK(to_mg(std::numeric_limits<std::int64_t>::max(), 0, WeightUnit::milligram) ==
          std::numeric_limits<std::int64_t>::max());
}

TEST_CASE("half a milligram is rounded away from zero") {
    CHECK(to_mg(15, -1, WeightUnit::milligram) == 2);
    CHECK(to_mg(-15, -1, WeightUnit::milligram) == -2);
    CHECK(to_mg(14, -1, WeightUnit::milligram) == 1);
}

TEST_CASE("zero is asked for by the scale's own control report") {
    const auto zero = usual_scale().zero();
    REQUIRE(zero);
    CHECK(*zero == HidHostReport{HidDirection::output, 5, hex("05 01")});
}

TEST_CASE("a device without a weight is no scale") {
    CHECK_FALSE(HidScaleReader::for_device(parse_hid_descriptor(test::scanner_descriptor()).value()));
}

TEST_CASE("a weight with its point anywhere is the same weight") {
    test::holds("10 g = 100 × 0.1 g", [] {
        const auto grams = *rc::gen::inRange<std::int64_t>(0, 60'000);
        const auto exponent = *rc::gen::inRange(0, 6);
        std::int64_t shifted = grams;
        for (int i = 0; i < exponent; ++i) shifted *= 10;
        RC_ASSERT(to_mg(shifted, -exponent, WeightUnit::gram) == to_mg(grams, 0, WeightUnit::gram));
    });
}
