#include "server/carriers/yamato_return.hpp"

#include <fstream>
#include <iterator>
#include <set>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "places.hpp"
#include "server/plan/table.hpp"

using namespace kenpin;
using namespace kenpin::carriers;

namespace {

std::string file(const std::string& path) {
    std::ifstream in(std::string(KENPIN_SOURCE_ROOT) + "/" + path, std::ios::binary);
    REQUIRE(in);
    return {std::istreambuf_iterator<char>(in), {}};
}

ReturnFile read(const std::string& bytes) {
    auto result = read_yamato_return(bytes);
    REQUIRE(result);
    return std::move(result).value();
}

// The file as B2 gave it before it had 97 columns: the last two are not there.
std::string with_95_columns(const std::string& bytes) {
    std::string out;
    for (const auto& record : plan::split_records(bytes, ',')) {
        auto fields = plan::split_fields(record.bytes, ',');
        fields.resize(95);
        out += plan::join_fields(fields, ',');
    }
    return out;
}

// A book in which every shipment of the file is waiting for its number.
plan::WaybillBook book_for(const ReturnFile& returned, const std::string& unknown) {
    plan::WaybillBook book;
    const auto add = [&](const std::string& key) {
        if (key == unknown || key.empty()) return;
        plan::ShipmentForWaybill shipment;
        shipment.shipment = ShipmentId{"S-" + key.substr(key.size() - 6)};
        book.by_management_number.emplace(key, shipment);
    };
    for (const auto& waybill : returned.waybills) add(waybill.management_number);
    for (const auto& refused : returned.refused) add(refused.management_number);
    return book;
}

std::string reason_at(const std::vector<plan::RefusedWaybill>& refused, int row) {
    for (const auto& one : refused)
        if (one.row == row) return one.reason;
    return "";
}

}  // namespace

TEST_CASE("the demo's return file gives a number to each of its 49 shipments") {
    const auto returned = read(file("assets/demo/waybills-yamato.csv"));
    CHECK(returned.refused.empty());
    CHECK(returned.waybills.size() == 49);
    const auto bound = plan::bind_waybills(returned.waybills, book_for(returned, ""));
    CHECK(bound.issued.size() == 49);
    std::set<TrackingNo> numbers;
    for (const auto& one : bound.issued) numbers.insert(one.tracking);
    CHECK(numbers.size() == 49);
}

TEST_CASE("of a return file with everything wrong in it, only what is right is bound") {
    const auto returned = read(file("tests/data/yamato/return-small.csv"));
    CHECK(returned.rows == 15);
    CHECK(reason_at(returned.refused, 8) == "check_digit");
    CHECK(reason_at(returned.refused, 11) == "number_missing");
    CHECK(reason_at(returned.refused, 15) == "not_a_number");
    CHECK(returned.refused.size() == 3);
    const auto bound = plan::bind_waybills(returned.waybills, book_for(returned, "no-such-order-001"));
    CHECK(reason_at(bound.refused, 9) == "unknown_shipment");
    CHECK(reason_at(bound.refused, 10) == "bound_to_another");
    CHECK(reason_at(bound.refused, 12) == "second_number");
    CHECK(bound.refused.size() == 3);
    CHECK(bound.unchanged == 1);
    CHECK(bound.issued.size() == 8);  // the wrapped number of row 14 among them
    CHECK(bound.issued.back().tracking == TrackingNo{"000010000992"});
}

TEST_CASE("the older layout of 95 columns reads the same") {
    const auto bytes = file("assets/demo/waybills-yamato.csv");
    CHECK(read(with_95_columns(bytes)).waybills.size() == read(bytes).waybills.size());
}

TEST_CASE("another file is not taken for a return file") {
    CHECK_FALSE(read_yamato_return("a,b\r\n1,2\r\n"));
    CHECK_FALSE(read_yamato_return(""));
}

TEST_CASE("bytes that somebody broke never bind a number that does not check") {
    const auto whole = file("tests/data/yamato/return-small.csv");
    CHECK(rc::check([&] {
        auto bytes = whole;
        for (int i = *rc::gen::inRange(1, 20); i > 0; --i)
            bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] = *rc::gen::arbitrary<char>();
        bytes.resize(*rc::gen::inRange<std::size_t>(0, bytes.size() + 1));
        const auto result = read_yamato_return(bytes);
        if (!result) return;
        for (const auto& waybill : result.value().waybills) RC_ASSERT(waybill.tracking.value.size() == 12U);
    }));
}
