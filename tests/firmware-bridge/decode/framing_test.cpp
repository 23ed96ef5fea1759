#include "firmware-bridge/decode/framing.hpp"

#include <numeric>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "core/base/limits.hpp"

using namespace kenpin;
using namespace kenpin::decode;
using Scans = std::vector<std::string>;

namespace {

Framed all_at_once(Framing framing, const std::string& bytes) {
    return Framer(framing).take(bytes);
}

Framed in_portions(Framing framing, const std::string& bytes, const std::vector<std::size_t>& cuts) {
    Framer framer(framing);
    Framed all;
    std::size_t at = 0;
    const auto take = [&](std::size_t size) {
        auto part = framer.take(std::string_view(bytes).substr(at, size));
        at += std::min(size, bytes.size() - at);
        all.scans.insert(all.scans.end(), part.scans.begin(), part.scans.end());
        all.too_long += part.too_long;
        all.stray_bytes += part.stray_bytes;
    };
    for (const auto cut : cuts) take(cut);
    take(bytes.size());
    return all;
}

bool same(const Framed& a, const Framed& b) {
    return a.scans == b.scans && a.too_long == b.too_long && a.stray_bytes == b.stray_bytes;
}

Framing any_framing() {
    return *rc::gen::element(Framing::line, Framing::cr, Framing::lf, Framing::stx_etx);
}

/// Bytes as a scanner might send them, framing bytes far more often than by chance.
std::string any_bytes() {
    const auto byte = rc::gen::oneOf(rc::gen::element('\r', '\n', '\x02', '\x03', ']', '4', '\x1d', '\0'),
                                     rc::gen::arbitrary<char>());
    return *rc::gen::container<std::string>(byte);
}

}  // namespace

TEST_CASE("CR, LF and CRLF each end a scan; empty ones are nothing") {
    CHECK(all_at_once(Framing::line, "4901234567894\r4901\n49\r\n\r\n\n1\r").scans ==
          Scans{"4901234567894", "4901", "49", "1"});
}

TEST_CASE("with one end byte the other belongs to the scan") {
    CHECK(all_at_once(Framing::cr, "a\nb\r").scans == Scans{"a\nb"});
    CHECK(all_at_once(Framing::lf, "a\rb\n").scans == Scans{"a\rb"});
}

TEST_CASE("between STX and ETX everything counts, outside it nothing does") {
    const auto framed = all_at_once(Framing::stx_etx,
                                    "xx\x02"
                                    "A-01\r\n\x03"
                                    "y\x02\x03\x02"
                                    "B\x03");
    CHECK(framed.scans == Scans{"A-01\r\n", "B"});
    CHECK(framed.stray_bytes == 3);
}

TEST_CASE("a scan whose end was lost gives way to the next STX") {
    CHECK(all_at_once(Framing::stx_etx,
                      "\x02"
                      "49012\x02"
                      "4901234567894\x03")
              .scans == Scans{"4901234567894"});
}

TEST_CASE("the group separator of GS1 codes stays in the scan") {
    CHECK(all_at_once(Framing::line,
                      "]C110ABC\x1d"
                      "3705\r")
              .scans == Scans{"]C110ABC\x1d"
                              "3705"});
}

TEST_CASE("the longest scan passes, one byte more is skipped to its end and counted once") {
    const std::string longest(limits::scan_bytes, '7');
    const auto framed =
        all_at_once(Framing::line, longest + "\r" + longest + "8\r" + std::string(1'000'000, '9') + "\rok\r");
    CHECK(framed.scans == Scans{longest, "ok"});
    CHECK(framed.too_long == 2);
}

TEST_CASE("half a scan is dropped after silence, and so is the rest of one that is too long") {
    Framer framer(Framing::line);
    (void)framer.take("490123");
    CHECK(framer.is_inside());
    CHECK(framer.silence() == 6);
    CHECK_FALSE(framer.is_inside());
    CHECK(framer.take("4901234567894\r").scans == Scans{"4901234567894"});

    (void)framer.take(std::string(limits::scan_bytes + 1, '1'));
    CHECK(framer.is_inside());
    framer.silence();
    CHECK(framer.take("2\r").scans == Scans{"2"});
}

TEST_CASE("a stream cut at every single place gives the same scans") {
    const std::string bytes =
        "\x02"
        "4901234567894\x03\r\nA-01-03\r\n]E04901234567894\r\x02\x02x\x03\n";
    for (const auto framing : {Framing::line, Framing::cr, Framing::lf, Framing::stx_etx}) {
        const auto whole = all_at_once(framing, bytes);
        for (std::size_t cut = 0; cut <= bytes.size(); ++cut)
            CHECK(same(whole, in_portions(framing, bytes, {cut})));
        CHECK(same(whole, in_portions(framing, bytes, std::vector<std::size_t>(bytes.size(), 1))));
    }
}

TEST_CASE("any bytes in any portions give the same bounded scans") {
    CHECK(rc::check([] {
        const auto framing = any_framing();
        const auto bytes = any_bytes();
        const auto cuts = *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, 9));
        const auto whole = all_at_once(framing, bytes);
        RC_ASSERT(same(whole, in_portions(framing, bytes, cuts)));
        for (const auto& scan : whole.scans) RC_ASSERT(!scan.empty() && scan.size() <= limits::scan_bytes);
    }));
}

TEST_CASE("whatever came before, after silence a whole scan is read") {
    CHECK(rc::check([] {
        Framer framer(any_framing());
        (void)framer.take(any_bytes());
        framer.silence();
        const auto scans = framer
                               .take(
                                   "\x02"
                                   "4901234567894\x03\r\n")
                               .scans;
        RC_ASSERT(scans.size() == 1);
        RC_ASSERT(scans[0].find("4901234567894") != std::string::npos);
    }));
}

TEST_CASE("framings have names, and only these") {
    CHECK(parse_framing("line") == Framing::line);
    CHECK(parse_framing("stx_etx") == Framing::stx_etx);
    CHECK_FALSE(parse_framing("CRLF"));
    CHECK_FALSE(parse_framing(""));
}
