#include "server/plan/table.hpp"

#include <algorithm>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace kenpin;
using namespace kenpin::plan;

namespace {

const TextRules as_it_is{[](std::string_view bytes) -> Result<std::string> {
                             if (bytes.find('\xFF') != std::string_view::npos)
                                 return Error{Error::Kind::corrupt, ""};
                             return std::string(bytes);
                         },
                         [](const std::string& name) { return name; }};

Table table_of(std::string_view bytes) {
    auto read = read_table(bytes, ',', as_it_is);
    REQUIRE(read);
    return std::move(read).value();
}

}  // namespace

TEST_CASE("a quoted field keeps its commas, quotes and line breaks") {
    const auto table = table_of("no,remark\r\n\"1\",\"a, \"\"b\"\"\r\nc\"\r\n2,d\r\n");
    REQUIRE(table.rows.size() == 2);
    CHECK(table.rows[0].cells[1] == "a, \"b\"\r\nc");
    CHECK(table.rows[1].cells[1] == "d");
    CHECK(table.rows[1].record == 2);
}

TEST_CASE("a backslash as the second byte of a character means nothing") {
    const std::string ju = "\x8F\x5C";  // 十 in CP932: its second byte is a backslash
    const auto table = table_of("\"name\",\"x\"\r\n\"" + ju + "\",\"1\"\r\n");
    CHECK(table.rows.at(0).cells.at(0) == ju);
    CHECK(table.rows.at(0).cells.at(1) == "1");
}

TEST_CASE("a file that was cut in the middle says so, and what came before stands") {
    const auto table = table_of("\"no\",\"remark\"\r\n\"1\",\"a\"\r\n\"2\",\"b\r\n");
    CHECK(table.rows.size() == 1);
    REQUIRE(table.bad.size() == 1);
    CHECK(table.bad[0].reason == "cut_off");
    CHECK(table.bad[0].record == 2);
}

TEST_CASE("a row that is too short or cannot be decoded is set aside, the others are read") {
    const auto table = table_of("no,name\n1\n2,\xFF\n3,c\n");
    REQUIRE(table.bad.size() == 2);
    CHECK(table.bad[0].reason == "columns");
    CHECK(table.bad[1].reason == "encoding");
    CHECK(table.bad[1].cells[0] == "2");
    CHECK(table.rows.at(0).record == 3);
}

TEST_CASE(
    "files of every line end, with a byte order mark, empty lines and a header said twice are the same") {
    for (const char* file : {"no,a\r\n1,x\r\n2,y\r\n", "no,a\n1,x\n2,y", "no,a\r1,x\r2,y\r",
                             "\xEF\xBB\xBFno,a\n\n1,x\n\n2,y\n", "no,a\n1,x\nno,a\n2,y\n"})
        CHECK(table_of(file).rows.at(1).cells == std::vector<std::string>{"2", "y"});
}

TEST_CASE("an empty file is no table, and a name that is not there has no column") {
    CHECK_FALSE(read_table("", ',', as_it_is));
    CHECK_FALSE(column(table_of("a,b\n"), "c").has_value());
    CHECK(column(table_of("a,b,b\n"), "b") == 1U);
}

TEST_CASE("whatever is written into fields comes back from them") {
    CHECK(rc::check([](const std::vector<std::string>& fields) {
        RC_PRE(!fields.empty());
        const auto record = join_fields(fields, ',');
        const auto records = split_records(record, ',');
        RC_ASSERT(records.size() == 1U);
        RC_ASSERT(records[0].is_whole);
        RC_ASSERT(split_fields(records[0].bytes, ',') == fields);
    }));
}

TEST_CASE("no bytes are lost between records, whatever they are") {
    CHECK(rc::check([] {
        const auto bytes =
            *rc::gen::container<std::string>(rc::gen::element('"', ',', '\r', '\n', 'a', '\\', '\x81'));
        std::size_t kept = 0;
        for (const auto& record : split_records(bytes, ',')) kept += record.bytes.size();
        const auto ends =
            std::count_if(bytes.begin(), bytes.end(), [](char c) { return c == '\r' || c == '\n'; });
        RC_ASSERT(kept <= bytes.size());
        RC_ASSERT(kept + static_cast<std::size_t>(ends) >= bytes.size());
        if (const auto table = read_table(bytes, ',', as_it_is))
            for (const auto& row : table.value().rows)
                RC_ASSERT(row.cells.size() == table.value().header.size());
    }));
}
