#include "printers/encode/label_job.hpp"

#include "printers/encode/raster.hpp"

namespace kenpin::encode {

namespace {

// Both > 0; rounded to nearest.
int scaled(int number, std::int64_t by, std::int64_t over) {
    return static_cast<int>((number * by + over / 2) / over);
}

constexpr std::int64_t tenths_per_m = 10'000;

}  // namespace

int dots_per_mm(const Head& head) {
    return scaled(head.dots_per_m, 1, 1'000);
}

int tenths_of_mm(int dots, const Head& head) {
    return scaled(dots, tenths_per_m, head.dots_per_m);
}

int dots_of_tenths(int tenth_mm, const Head& head) {
    return scaled(tenth_mm, head.dots_per_m, tenths_per_m);
}

Outcome check_job(const LabelJob& job) {
    const auto refuse = [](const char* why) { return Error{Error::Kind::refused, why}; };
    const auto& [bitmap, media, settings, head, mark] = job;
    if (bitmap.width_dots <= 0 || bitmap.height_dots <= 0) return refuse("an empty label");
    if (bitmap.width_dots > media.width_dots || bitmap.height_dots > media.length_dots)
        return refuse("the label is larger than the media");
    if (media.width_dots > graphic_most_dots || media.length_dots > graphic_most_dots)
        return refuse("media larger than any printer takes");
    if (settings.speed_inch_per_s < 2 || settings.speed_inch_per_s > 14) return refuse("speed outside 2..14");
    if (settings.darkness < 0 || settings.darkness > 30) return refuse("darkness outside 0..30");
    return Done{};
}

}  // namespace kenpin::encode
