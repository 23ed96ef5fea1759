#include "firmware-bridge/app/decode_files.hpp"

#include <doctest/doctest.h>

using namespace kenpin::app;
using kenpin::codes::Format;

TEST_CASE("what a code holds is shown as one line of visible ASCII") {
    CHECK(visible_text({Format::code128, "A-01\\2", "]C0", "A-01\\2"}) == "A-01\\x5c2");
    CHECK(visible_text({Format::data_matrix,
                        "10AB\x1d"
                        "21",
                        "]d2",
                        "10AB\x1d"
                        "21"}) == "10AB\\x1d21");
    CHECK(visible_text({Format::qr, "\x82\xa0", "]Q1", "\xe3\x81\x82"}) == "\\xe3\\x81\\x82");
    CHECK(visible_text({Format::qr, "\xff", "]Q1", ""}) == "\\xff");
}

TEST_CASE("a UPC-A has thirteen digits, line ends at the very end are left out, spaces stay") {
    CHECK(visible_text({Format::upc_a, "036000291452", "]E0", "036000291452"}) == "0036000291452");
    CHECK(visible_text({Format::ean13, "4901234567894", "]E0", "4901234567894"}) == "4901234567894");
    CHECK(visible_text({Format::qr, "a\nb \r\n", "]Q1", "a\nb \r\n"}) == "a\\x0ab ");
}

TEST_CASE("every kind of bars has its word") {
    for (unsigned bit = 0; bit < 10; ++bit) CHECK_FALSE(symbology_word(Format{1U << bit}).empty());
    CHECK(symbology_word(Format::nw7) == "Codabar");
    CHECK(symbology_word(Format::none).empty());
}
