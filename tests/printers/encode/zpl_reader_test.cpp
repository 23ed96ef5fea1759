#include "printers/encode/zpl_reader.hpp"

#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "printers/encode/zpl.hpp"

using namespace kenpin;
using namespace kenpin::encode;

namespace {

std::string two_labels_and_questions() {
    Bitmap bitmap(24, 5);
    bitmap.blacken(3, 2);
    const Media media{.width_dots = 24, .length_dots = 5};
    return std::string(zpl_ask_host_status) + encode_zpl(bitmap, media, {}).value() + zpl_ask_errors +
           encode_zpl(bitmap, media, {}).value() + zpl_ask_host_status;
}

std::string kinds_of(const std::vector<ZplEvent>& events) {
    std::string out;
    for (const auto& event : events) out += std::to_string(event.index());
    return out;
}

}  // namespace

TEST_CASE("labels and questions are understood, wherever the network cuts the stream") {
    const auto stream = two_labels_and_questions();
    for (std::size_t cut = 0; cut <= stream.size(); ++cut) {
        ZplReader reader(832, 1200);
        auto events = reader.feed(stream.substr(0, cut));
        auto rest = reader.feed(stream.substr(cut));
        events.insert(events.end(), rest.begin(), rest.end());
        CHECK(kinds_of(events) == "10201");
    }
}

TEST_CASE("a question is answered in the middle of a label's bytes only when it stands between commands") {
    ZplReader reader(80, 80);
    CHECK(kinds_of(reader.feed("^XA^FO0,0")).empty());
    CHECK(reader.is_inside_label());
    CHECK(kinds_of(reader.feed("~HS")) == "1");
    CHECK(kinds_of(reader.feed("^GFA,8,8,1,FF,,,,,,,^FS^XZ")) == "0");
}

TEST_CASE("a graphic lands where ^FO puts it, and the label has the size of ^PW and ^LL") {
    const auto events = ZplReader(80, 80).feed("^XA^PW20^LL12^FO8,10^GFA,3,3,1,FFFFFF^FS^PQ2^XZ");
    REQUIRE(events.size() == 1);
    const auto& label = std::get<ZplLabel>(events.front());
    CHECK(label.bitmap.width_dots == 20);
    CHECK(label.bitmap.height_dots == 12);
    CHECK(label.quantity == 2);
    CHECK(label.bitmap.is_black(8, 10));
    CHECK(label.bitmap.is_black(15, 11));  // the third row hangs over the end and is cut
    CHECK_FALSE(label.bitmap.is_black(16, 11));
    CHECK_FALSE(label.bitmap.is_black(8, 9));
}

TEST_CASE("hostile sizes are reported and the next label prints") {
    ZplReader reader(80, 80);
    CHECK(kinds_of(reader.feed("^XA^GFA,9999999999,9999999999,1,FF^FS^XZ")) == "3");
    CHECK(kinds_of(reader.feed("^XA^GFA,-5,-5,-1,FF^FS^XZ")) == "3");
    CHECK(kinds_of(reader.feed("^XA^GFB,4,4,1,abcd^FS^XZ")) == "3");
    CHECK(kinds_of(reader.feed("^XA^PW99999999^LL99999999^FO0,0^GFA,1,1,1,FF^FS^XZ")) == "0");
    ZplReader small(80, 80, {.field_bytes = 100});
    CHECK(kinds_of(small.feed("^XA^GFA,8,8,1," + std::string(500, 'F') + "^FS^XZ")) == "3");
    CHECK(kinds_of(small.feed("^XA^GFA,8,8,1,FF^FS^XZ")) == "0");
}

TEST_CASE("no bytes at all break the reader of labels") {
    CHECK(rc::check("garbage between labels", [](const std::string& garbage) {
        ZplReader reader(80, 80, {.field_bytes = 4'096, .label_dots = 500});
        (void)reader.feed(garbage);
        (void)reader.feed("^XA" + garbage + "^PW" + garbage + "^FO" + garbage + "^GFA," + garbage);
        (void)reader.feed("^XZ^XA^XZ");
        RC_ASSERT(kinds_of(reader.feed("^XA^GFA,8,8,1,FF^FS^XZ")) == "0");
    }));
}
