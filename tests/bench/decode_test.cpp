// The promises of the decoder that every change keeps, on the committed photographs. Counts and ratios only.
#include "tests/bench/decode.hpp"

#include <doctest/doctest.h>

#include "places.hpp"

using namespace kenpin::bench;

namespace {

const std::vector<Photograph>& committed() {
    static const auto set = photographs(KENPIN_SOURCE_ROOT "/tests/data/barcodes");
    REQUIRE(set);
    return set.value();
}

}  // namespace

TEST_CASE("most photographs are read, none wrongly, and nothing is read where nothing is") {
    const auto score = read_stills(committed());
    const auto ours = score.ours.all();
    MESSAGE("read " << ours.read << " of " << ours.with_code << ", zbar " << score.zbar.all().read);
    CHECK(ours.with_code == 156);
    CHECK(ours.read >= 135);
    CHECK(score.ours.misread.empty());
    CHECK(score.ours.false_reads.empty());
    CHECK(ours.read > score.zbar.all().read);
}

TEST_CASE("a camera's frame costs less than three tenths of what zbar takes for it") {
    std::vector<Photograph> some;
    for (std::size_t i = 0; i < committed().size(); i += 4) some.push_back(committed()[i]);
    const auto cost = read_frames(some);
    REQUIRE(cost.ours_ms.size() == some.size());
    MESSAGE("p95 ours " << percentile(cost.ours_ms, 95) << " ms, zbar " << percentile(cost.zbar_ms, 95)
                        << " ms");
    CHECK(percentile(cost.ours_ms, 95) <= 0.3 * percentile(cost.zbar_ms, 95));
    CHECK(cost.ours_read > cost.zbar_read);
}
