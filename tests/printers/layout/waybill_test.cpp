#include "printers/layout/waybill.hpp"

#include <sstream>

#include <doctest/doctest.h>

#include "printers/encode/zpl.hpp"
#include "printers/encode/zpl_reader.hpp"
#include "tests/printers/golden.hpp"
#include "tests/printers/layout/sample_papers.hpp"

using namespace kenpin;
using namespace kenpin::layout;

namespace {

// The dots of one row as run lengths, white first: "96 5 2 5 …".
std::string row_runs(const Bitmap& bitmap, const DotBox& box) {
    std::ostringstream out;
    const int y = box.y + box.height / 2;
    int run = 0;
    bool is_black = false;
    for (int x = box.x; x < box.x + box.width; ++x) {
        if (bitmap.is_black(x, y) == is_black) {
            ++run;
            continue;
        }
        out << run << ' ';
        is_black = !is_black;
        run = 1;
    }
    out << run;
    return out.str();
}

std::string described(const Label& label) {
    std::ostringstream out;
    out << label.bitmap.width_dots << " x " << label.bitmap.height_dots << " dots\n";
    for (const auto& code : label.codes)
        out << "code " << code.box.x << ',' << code.box.y << ' ' << code.box.width << 'x' << code.box.height
            << ' ' << code.expected << '\n'
            << row_runs(label.bitmap, code.box) << '\n';
    return out.str();
}

}  // namespace

TEST_CASE("a waybill's bars are whole dots where they always were, and read back") {
    codes::Decoder decoder;
    for (const int dpmm : {8, 12}) {
        const auto label = draw_waybill(sample_waybill(), dpmm);
        REQUIRE(label);
        CHECK(label.value().bitmap.width_dots == 100 * dpmm);
        CHECK(label.value().bitmap.height_dots == 150 * dpmm);
        CHECK(verify_codes(label.value(), decoder));
        support::check_golden("printers/waybill_" + std::to_string(dpmm) + ".txt", described(label.value()));
    }
}

TEST_CASE("the printer draws the label that we drew, dot for dot") {
    const auto label = draw_waybill(sample_waybill(), 8);
    REQUIRE(label);
    const auto zpl = encode::encode_zpl(label.value().bitmap, {}, {});
    REQUIRE(zpl);
    const auto events = encode::ZplReader(832, 1200).feed(zpl.value());
    REQUIRE(events.size() == 1);
    CHECK(std::get<encode::ZplLabel>(events.front()).bitmap == label.value().bitmap);
    CHECK(zpl.value().size() < 40'000);
}

TEST_CASE("long and rare names stay whole: 34 full-width characters, 髙﨑①𠮷 and emoji") {
    codes::Decoder decoder;
    auto fields = sample_waybill();
    for (const auto* name : {"株式会社とてもながいなまえの三十四文字の会社第二営業部御中髙﨑①𠮷長",
                             "髙﨑 𠮷之介 😀🎁", "ﾊﾝｶｸ ｶﾅ", "Maximiliana Featherstonehaugh-Cholmondeley"}) {
        INFO(name);
        fields.recipient.name = secret(name);
        const auto label = draw_waybill(fields, 8);
        REQUIRE(label);
        CHECK(verify_codes(label.value(), decoder));
    }
}

TEST_CASE("a text that no size makes fit refuses the label and names the field, not the person") {
    auto fields = sample_waybill();
    std::string endless;
    for (int i = 0; i < 400; ++i) endless += "秘密";
    fields.recipient.name = Private<std::string>(endless);
    const auto label = draw_waybill(fields, 8);
    REQUIRE_FALSE(label);
    CHECK(label.error().detail == "does not fit on the label: recipient name");
}

TEST_CASE("the same labels as a PDF: a page each, and refused for the same reasons") {
    auto second = sample_waybill();
    second.tracking = {"491234567905"};
    const auto pdf = draw_waybills_pdf({sample_waybill(), second});
    REQUIRE(pdf);
    CHECK(pdf.value().starts_with("%PDF-"));
    CHECK(pdf.value().find("/Count 2") != std::string::npos);
    second.copy_no = 0;
    CHECK_FALSE(draw_waybills_pdf({sample_waybill(), second}));
    CHECK_FALSE(draw_waybills_pdf({}));
}

TEST_CASE("a reprint says so and a second piece counts itself") {
    auto fields = sample_waybill();
    const auto first = draw_waybill(fields, 8).value();
    fields.copy_no = 2;
    CHECK(draw_waybill(fields, 8).value().bitmap != first.bitmap);
    fields = sample_waybill();
    fields.pieces = 2;
    CHECK(draw_waybill(fields, 8).value().bitmap != first.bitmap);
    fields.piece = {3};
    CHECK_FALSE(draw_waybill(fields, 8));
}

TEST_CASE("a label whose bars were damaged is never said to read") {
    codes::Decoder decoder;
    auto label = draw_waybill(sample_waybill(), 8).value();
    const auto box = label.codes.front().box;
    fill(label.bitmap, {box.x + box.width / 2, box.y, 24, box.height});
    CHECK_FALSE(verify_codes(label, decoder));
    label.codes.clear();
    CHECK_FALSE(verify_codes(label, decoder));
}

TEST_CASE("a label that says another number than it should is caught") {
    codes::Decoder decoder;
    auto label = draw_waybill(sample_waybill(), 8).value();
    label.codes.front().expected = "A491234567880A";
    CHECK(verify_codes(label, decoder).error().kind == Error::Kind::corrupt);
}

TEST_CASE("a number that is none and other start letters") {
    auto fields = sample_waybill();
    fields.tracking = {"4912-3456"};
    CHECK_FALSE(draw_waybill(fields, 8));
    fields = sample_waybill();
    fields.start_letter = 'D';
    fields.stop_letter = 'B';
    codes::Decoder decoder;
    const auto label = draw_waybill(fields, 8).value();
    CHECK(label.codes.front().expected == "D491234567894B");
    CHECK(verify_codes(label, decoder));
    fields.stop_letter = 'E';
    CHECK_FALSE(draw_waybill(fields, 8));
    CHECK(grouped({"491234567894"}) == "4912-3456-7894");
}
