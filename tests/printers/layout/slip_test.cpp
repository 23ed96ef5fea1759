#include "printers/layout/slip.hpp"

#include <numeric>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "tests/printers/layout/sample_papers.hpp"

using namespace kenpin;
using namespace kenpin::layout;

TEST_CASE("a slip is a PDF of one page, a long order of several") {
    auto slip = sample_slip();
    const auto one = draw_slip(slip);
    REQUIRE(one);
    CHECK(one.value().starts_with("%PDF-"));
    CHECK(one.value().find("/Count 1") != std::string::npos);
    const auto line = slip.lines.front();
    slip.lines.insert(slip.lines.end(), 36, line);
    CHECK(draw_slip(slip).value().find("/Count 3") != std::string::npos);
}

TEST_CASE("a slip without lines or shop is refused, and so is a code that no scanner reads") {
    auto slip = sample_slip();
    slip.lines.clear();
    CHECK_FALSE(draw_slip(slip));
    slip = sample_slip();
    slip.shop_name.clear();
    CHECK_FALSE(draw_slip(slip));
    slip = sample_slip();
    slip.shipment_code = std::string(200, 'A');
    CHECK_FALSE(draw_slip(slip));
    slip.shipment_code.clear();
    CHECK(draw_slip(slip));
}

TEST_CASE("every line stands on exactly one page and the sums always have their room") {
    CHECK(rc::check("pages", [] {
        const int lines = *rc::gen::inRange(1, 500);
        const int first = *rc::gen::inRange(6, 20);
        const int next = first + *rc::gen::inRange(0, 8);
        const auto pages = pages_of(lines, first, next, 5);
        RC_ASSERT(std::accumulate(pages.begin(), pages.end(), 0) == lines);
        for (std::size_t page = 0; page < pages.size(); ++page) {
            RC_ASSERT(pages[page] <= (page == 0 ? first : next));
            if (page + 1 == pages.size()) RC_ASSERT(pages[page] + 5 <= (page == 0 ? first : next));
        }
    }));
}
