#include "server/plan/watched_folder.hpp"

#include <doctest/doctest.h>

using namespace kenpin;
using namespace kenpin::plan;

namespace {

const Instant start = *parse_instant("2026-11-24T08:00:00+09:00");
constexpr FolderRules rules{.still_looks = 3, .patience = Millis{600'000}};

Instant after(int seconds) {
    return start + std::chrono::seconds{seconds};
}

std::vector<std::string> names(const std::vector<RememberedFile>& files) {
    std::vector<std::string> all;
    for (const auto& file : files) all.push_back(file.seen.path);
    return all;
}

// What `looks` see, two seconds apart.
FolderMemory looked(const std::vector<std::vector<SeenFile>>& looks) {
    FolderMemory memory;
    int second = 0;
    for (const auto& look : looks) memory = remember(memory, look, after(2 * second++));
    return memory;
}

ReadyFile whole(const char* path) {
    return {.path = path, .since = start, .pairs_with = ""};
}
ReadyFile part(const char* path, bool is_lines, std::set<std::string> numbers,
               const char* of = "YAHOO/yahoo") {
    return {
        .path = path, .since = start, .pairs_with = of, .is_lines = is_lines, .numbers = std::move(numbers)};
}

using Batches = std::vector<FolderBatch>;

}  // namespace

TEST_CASE("a file is taken when it looked the same three times, not before") {
    const SeenFile file{"a.csv", 10, 1};
    CHECK(settled(looked({{file}, {file}}), rules, after(4)).empty());
    CHECK(names(settled(looked({{file}, {file}, {file}}), rules, after(6))) ==
          std::vector<std::string>{"a.csv"});
}

TEST_CASE("a file that grows, or is written anew in the same length, begins anew") {
    const SeenFile small{"a.csv", 10, 1}, grown{"a.csv", 20, 2}, rewritten{"a.csv", 10, 3};
    CHECK(settled(looked({{small}, {small}, {grown}}), rules, after(6)).empty());
    CHECK(settled(looked({{small}, {small}, {rewritten}, {rewritten}}), rules, after(8)).empty());
    CHECK(settled(looked({{small}, {grown}, {grown}, {grown}}), rules, after(8)).size() == 1);
}

TEST_CASE("a file that vanishes is forgotten, and begins anew when it comes back") {
    const SeenFile file{"a.csv", 10, 1};
    CHECK(settled(looked({{file}, {file}, {}, {file}}), rules, after(8)).empty());
}

TEST_CASE("an empty file is given time to be filled, then it is taken as what it is") {
    const SeenFile file{"a.csv", 0, 1};
    const auto memory = looked({{file}, {file}, {file}, {file}});
    CHECK(settled(memory, rules, after(8)).empty());
    CHECK(settled(memory, rules, after(600)).size() == 1);
}

TEST_CASE("the file that was written first is taken first") {
    const SeenFile late{"a.csv", 10, 2}, early{"b.csv", 10, 1};
    CHECK(names(settled(looked({{late, early}, {late, early}, {late, early}}), rules, after(6))) ==
          std::vector<std::string>{"b.csv", "a.csv"});
}

TEST_CASE("hidden files, locks and half downloads are nobody's order file; any other name is") {
    for (const char* name :
         {".orders.csv", "~$orders.xlsx", "orders.csv.tmp", "orders.CSV.PART", "orders.csv~",
          ".~lock.orders.csv#", "orders.crdownload", "orders.csv.filepart", ""})
        CHECK_MESSAGE(!is_order_file_name(name), name);
    for (const char* name : {"orders.csv", "受注 2026 (1).txt", "orders", "a\nb.csv", "orders.tmp.csv"})
        CHECK_MESSAGE(is_order_file_name(name), name);
}

TEST_CASE("each file that is whole in itself is taken alone") {
    CHECK(batches({whole("a.csv"), whole("b.csv")}, rules.patience, start) ==
          Batches{{{"a.csv"}, false}, {{"b.csv"}, false}});
}

TEST_CASE("orders wait for the file with their lines, and are taken together with it") {
    const auto orders = part("orders.csv", false, {"y-1", "y-2"});
    CHECK(batches({orders}, rules.patience, after(10)).empty());
    CHECK(batches({orders, part("items.csv", true, {"y-1"})}, rules.patience, after(10)).empty());
    CHECK(batches({orders, part("items.csv", true, {"y-2", "y-1"})}, rules.patience, after(10)) ==
          Batches{{{"orders.csv", "items.csv"}, false}});
}

TEST_CASE("lines that lie in several files are waited for, all of them") {
    const auto orders = part("orders.csv", false, {"y-1", "y-2"});
    const auto one = part("i1.csv", true, {"y-1"}), two = part("i2.csv", true, {"y-2"});
    CHECK(batches({one, orders}, rules.patience, after(10)).empty());
    CHECK(batches({one, orders, two}, rules.patience, after(10)) ==
          Batches{{{"i1.csv", "orders.csv", "i2.csv"}, false}});
}

TEST_CASE("today's files do not wait for tomorrow's, nor one shop's for another's") {
    const auto a = part("o1.csv", false, {"y-1"}), b = part("i1.csv", true, {"y-1"});
    const auto c = part("o2.csv", false, {"y-2"});
    const auto other = part("i2.csv", true, {"y-2"}, "YAHOO2/yahoo");
    CHECK(batches({a, b, c, other}, rules.patience, after(10)) == Batches{{{"o1.csv", "i1.csv"}, false}});
}

TEST_CASE("what has waited long enough is taken as it is, and that is said") {
    const auto orders = part("orders.csv", false, {"y-1"});
    CHECK(batches({orders}, rules.patience, after(599)).empty());
    CHECK(batches({orders}, rules.patience, after(600)) == Batches{{{"orders.csv"}, true}});
}

TEST_CASE("a file of two in which no number can be read waits for nobody") {
    CHECK(batches({part("orders.csv", false, {})}, rules.patience, start) ==
          Batches{{{"orders.csv"}, false}});
}

TEST_CASE("a second file of one name keeps its ending") {
    CHECK(numbered_name("orders.csv", 1) == "orders.csv");
    CHECK(numbered_name("orders.csv", 2) == "orders.2.csv");
    CHECK(numbered_name("orders.csv.gz", 3) == "orders.3.csv.gz");
    CHECK(numbered_name("orders", 2) == "orders.2");
}
