#include "firmware-bridge/decode/serial_scale.hpp"

#include <doctest/doctest.h>

#include "tests/support/property.hpp"

using namespace kenpin;
using namespace kenpin::decode;
using Weights = std::vector<Weight>;

namespace {

SerialWeights all_at_once(std::string_view bytes) {
    return SerialScaleReader().take(bytes);
}

}  // namespace

TEST_CASE("stable and moving weights come one to a line") {
    const auto got = all_at_once("ST,+00123.4  g\r\nUS,+0001.250 kg\r\nST,-00000500 mg\r\n");
    CHECK(got.weights == Weights{{123'400, ScaleStatus::stable},
                                 {1'250'000, ScaleStatus::in_motion},
                                 {-500, ScaleStatus::stable}});
    CHECK(got.malformed == 0);
}

TEST_CASE("an empty pan is stable at zero") {
    CHECK(all_at_once("ST,+00000.0  g\r\n").weights == Weights{{0, ScaleStatus::stable_at_zero}});
}

TEST_CASE("too much on the pan is over the limit whatever the digits say") {
    CHECK(all_at_once("OL,+9999999E+19\r\nOL\r\n").weights == Weights{{0, ScaleStatus::over_limit}});
}

TEST_CASE("counted pieces are no weight and no error") {
    const auto got = all_at_once("QT,+00000012 PC\r\n");
    CHECK(got.weights.empty());
    CHECK(got.malformed == 0);
}

TEST_CASE("lines that are no weight are counted, not guessed") {
    const auto got = all_at_once(
        "ST,+0012.3.4 g\r\nST,123\r\nST, g\r\nxx\r\nST,+1 lb\r\nST,+00123.4 g x\r\n"
        "ST,+1234567890123456 g\r\nST,+1-2 g\r\n");
    CHECK(got.weights.empty());
    CHECK(got.malformed == 8);
}

TEST_CASE("a line cut off by silence is forgotten") {
    SerialScaleReader reader;
    (void)reader.take("ST,+00");
    CHECK(reader.is_inside());
    CHECK(reader.silence() == 6);
    CHECK(reader.take("ST,+00001.0  g\r\n").weights == Weights{{1'000, ScaleStatus::stable}});
}

TEST_CASE("any split of the bytes gives the same weights") {
    test::holds("any split", [] {
        const auto piece = rc::gen::element<std::string>("ST,+00123.4  g\r\n", "US,-1 kg\r", "OL,\n", "x",
                                                         "ST,", "9", "\r\n", "QT,+1 PC\r\n");
        std::string bytes;
        for (const auto& part : *rc::gen::container<std::vector<std::string>>(piece)) bytes += part;
        const auto whole = all_at_once(bytes);
        SerialScaleReader reader;
        SerialWeights parts;
        for (std::string_view rest = bytes; !rest.empty();) {
            const auto size = std::min<std::size_t>(*rc::gen::inRange<std::size_t>(1, 9), rest.size());
            const auto got = reader.take(rest.substr(0, size));
            parts.weights.insert(parts.weights.end(), got.weights.begin(), got.weights.end());
            parts.malformed += got.malformed;
            rest.remove_prefix(size);
        }
        RC_ASSERT(parts.weights == whole.weights);
        RC_ASSERT(parts.malformed == whole.malformed);
    });
}
