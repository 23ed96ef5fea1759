#include "server/plan/put_back.hpp"

#include <doctest/doctest.h>

#include "core/domain/barcode.hpp"

using namespace kenpin;
using namespace kenpin::plan;

namespace {

const std::string jan = "4901234567894", its_case = "14901234567891";
const std::vector<LocationCode> shelves{LocationCode{"A-01-01-1"}, LocationCode{"A-01-02-1"}};

PutBackTask ribbons(int left, const char* lot = "", const char* from = "A-01-01-1") {
    return {ShipmentId{"S1"},   Sku{"G-1"}, LotNo{lot},
            LocationCode{from}, Qty{left},  {{jan, Qty{1}}, {its_case, Qty{6}}}};
}

PutBackVerdict scan(const std::string& item, const std::string& shelf, int left,
                    std::vector<PutBackTask> tasks) {
    return judge_put_back({ShipmentId{"S1"}, item, shelf, Qty{left}}, tasks, shelves);
}

std::string refused(const PutBackVerdict& verdict) {
    const auto* no = std::get_if<PutBackRefused>(&verdict);
    return no ? no->reason : "";
}

}  // namespace

TEST_CASE("a piece goes back to the shelf that was scanned, by its own code or the shelf's bare one") {
    const auto back = scan(jan, "A-01-02-1", 2, {ribbons(2)});
    REQUIRE(refused(back).empty());
    CHECK(std::get<PutBack>(back).qty == Qty{1});
    CHECK(std::get<PutBack>(back).location == LocationCode{"A-01-02-1"});
    const auto label = *domain::make_own_code(domain::OwnKind::location, "A-01-01-1");
    CHECK(refused(scan(jan, label, 2, {ribbons(2)})).empty());
}

TEST_CASE("another item, a shelf that the site does not have, and more than was taken are refused") {
    CHECK(refused(scan("4901234567900", "A-01-01-1", 2, {ribbons(2)})) == "wrong_item");
    CHECK(refused(scan(jan, "Z-99-99-9", 2, {ribbons(2)})) == "wrong_location");
    CHECK(refused(scan(its_case, "A-01-01-1", 2, {ribbons(2)})) == "too_many");
}

TEST_CASE("a request that comes twice puts back once") {
    CHECK(refused(scan(jan, "A-01-01-1", 2, {ribbons(1)})) == "done_already");
    CHECK(refused(scan(jan, "A-01-01-1", 1, {})) == "done_already");
}

TEST_CASE("of two lots the one that came from this shelf goes back to it") {
    const auto back = scan(jan, "A-01-02-1", 3, {ribbons(1, "L1"), ribbons(2, "L2", "A-01-02-1")});
    REQUIRE(refused(back).empty());
    CHECK(std::get<PutBack>(back).lot == LotNo{"L2"});
}
