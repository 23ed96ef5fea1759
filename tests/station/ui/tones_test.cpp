#include "station/ui/tones.hpp"

#include <algorithm>
#include <cstdlib>

#include <doctest/doctest.h>

using namespace kenpin;
using flow::ToneKind;

namespace {

int peak(const std::vector<std::int16_t>& samples) {
    int most = 0;
    for (const auto s : samples) most = std::max(most, std::abs(static_cast<int>(s)));
    return most;
}

int duration_ms(const std::vector<std::int16_t>& samples) {
    return static_cast<int>(samples.size()) * 1000 / ui::sample_rate;
}

int crossings_a_second(const std::vector<std::int16_t>& samples) {
    int crossings = 0;
    for (std::size_t i = 1; i < samples.size(); ++i)
        if ((samples[i - 1] < 0) != (samples[i] < 0)) ++crossings;
    return crossings * 1000 / duration_ms(samples);
}

}  // namespace

TEST_CASE("OK and NG cannot be mistaken by ear: NG is four times longer and far lower") {
    const auto ok = ui::tone_samples(ToneKind::ok);
    const auto ng = ui::tone_samples(ToneKind::ng);
    CHECK(duration_ms(ok) == 170);
    CHECK(duration_ms(ng) >= 4 * duration_ms(ok));
    CHECK(crossings_a_second(ok) > 5 * crossings_a_second(ng));
}

TEST_CASE("every tone is loud enough, starts and ends in silence, and differs from the others") {
    std::vector<std::vector<std::int16_t>> all;
    for (const auto kind :
         {ToneKind::ok, ToneKind::ng, ToneKind::line_done, ToneKind::shipment_done, ToneKind::twice}) {
        const auto samples = ui::tone_samples(kind);
        CHECK(peak(samples) > 15'000);
        CHECK(peak(samples) <= 0.8 * 32'767);
        CHECK(std::abs(static_cast<int>(samples.front())) < 200);
        CHECK(std::abs(static_cast<int>(samples.back())) < 200);
        CHECK(std::find(all.begin(), all.end(), samples) == all.end());
        all.push_back(samples);
    }
}
