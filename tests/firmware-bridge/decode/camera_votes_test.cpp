#include "firmware-bridge/decode/camera_votes.hpp"

#include <doctest/doctest.h>

#include "tests/support/property.hpp"

using namespace kenpin;
using namespace kenpin::decode;

namespace {

using Seen = std::optional<Identified>;

Seen jan(const char* digits) {
    return Identified{domain::Symbology::ean13, "]E0", digits};
}

const Seen tea = jan("4901234567894"), rice = jan("4901614567896"), nothing;

/// How many scans frames every 33 ms make.
int scans(const std::vector<Seen>& frames) {
    CameraVotes votes;
    int count = 0;
    Millis at{1'000};
    for (const auto& frame : frames) {
        count += votes.hear(at, frame).has_value() ? 1 : 0;
        at += Millis{33};
    }
    return count;
}

std::vector<Seen> times(std::size_t n, const Seen& seen) {
    return std::vector<Seen>(n, seen);
}

std::vector<Seen> operator+(std::vector<Seen> left, const std::vector<Seen>& right) {
    left.insert(left.end(), right.begin(), right.end());
    return left;
}

}  // namespace

TEST_CASE("one frame is no scan, two of three are") {
    CHECK(scans({tea}) == 0);
    CHECK(scans({tea, nothing, nothing, tea}) == 0);
    CHECK(scans({tea, tea}) == 1);
    CHECK(scans({tea, nothing, tea}) == 1);
    CHECK(scans({tea, rice, tea}) == 1);
    CHECK(scans({tea, rice}) == 0);
}

TEST_CASE("a misread between good frames is no scan") {
    CHECK(scans({tea, tea, rice, tea, tea}) == 1);
}

TEST_CASE("a code that stays before the camera is one scan, however long and however badly it reads") {
    CHECK(scans(times(300, tea)) == 1);
    CHECK(scans(times(5, tea) + times(15, nothing) + times(5, tea)) == 1);
}

TEST_CASE("the next piece with the same code counts once the first was out of sight") {
    CHECK(scans(times(5, tea) + times(25, nothing) + times(5, tea)) == 2);
    CHECK(scans(times(5, tea) + times(5, rice) + times(5, tea)) == 3);
}

TEST_CASE("the same digits as other bars are another code") {
    const Seen as_itf = Identified{domain::Symbology::itf, "]I1", "4901234567894"};
    CHECK(scans({tea, as_itf}) == 0);
}

TEST_CASE("there are never more scans than half of the frames that showed something") {
    test::holds("bounded", [] {
        const auto marks = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 3));
        std::vector<Seen> frames;
        int shown = 0;
        for (const auto mark : marks) {
            frames.push_back(mark == 0 ? nothing : mark == 1 ? tea : rice);
            shown += mark == 0 ? 0 : 1;
        }
        RC_ASSERT(scans(frames) * 2 <= shown + scans(frames));
    });
}
