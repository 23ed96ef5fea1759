#include "printers/encode/zpl.hpp"

#include "printers/encode/zpl_graphic.hpp"

namespace kenpin::encode {

namespace {

const char* tracking_of(Tracking tracking) {
    switch (tracking) {
        case Tracking::gap:
            return "^MNY";
        case Tracking::black_mark:
            return "^MNM";
        case Tracking::continuous:
            return "^MNN";
    }
    return "^MNY";
}

const char* after_of(After after) {
    switch (after) {
        case After::tear_off:
            return "^MMT";
        case After::peel_off:
            return "^MMP,N";
        case After::cut:
            return "^MMC,N";
    }
    return "^MMT";
}

Outcome checked(const Bitmap& bitmap, const Media& media, const PrintSettings& settings) {
    const auto refuse = [](const char* why) { return Error{Error::Kind::refused, why}; };
    if (bitmap.width_dots <= 0 || bitmap.height_dots <= 0) return refuse("an empty label");
    if (bitmap.width_dots > media.width_dots || bitmap.height_dots > media.length_dots)
        return refuse("the label is larger than the media");
    if (media.width_dots > graphic_most_dots || media.length_dots > graphic_most_dots)
        return refuse("media larger than any printer takes");
    if (settings.speed_inch_per_s < 2 || settings.speed_inch_per_s > 14) return refuse("speed outside 2..14");
    if (settings.darkness < 0 || settings.darkness > 30) return refuse("darkness outside 0..30");
    return Done{};
}

std::string two_digits(int number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string head(const Media& media, const PrintSettings& settings) {
    const auto speed = std::to_string(settings.speed_inch_per_s);
    return "~SD" + two_digits(settings.darkness) + "^XA^PW" + std::to_string(media.width_dots) + "^LL" +
           std::to_string(media.length_dots) + "^LH0,0^LS0^LT0^PON^PMN" + tracking_of(media.tracking) +
           (media.ribbon == Ribbon::thermal_transfer ? "^MTT" : "^MTD") + after_of(settings.after) + "^PR" +
           speed + "," + speed;
}

}  // namespace

Result<std::string> encode_zpl(const Bitmap& bitmap, const Media& media, const PrintSettings& settings) {
    if (const auto ok = checked(bitmap, media, settings); !ok) return ok.error();
    return head(media, settings) + "^FO0,0" + graphic_field_z64(bitmap) + "^FS^PQ1,0,0,N^XZ\r\n";
}

}  // namespace kenpin::encode
