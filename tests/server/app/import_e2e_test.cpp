// kenpin-server import on the floor's orders: every outcome as expected.json allows it, nothing changed by a
// second import, the same database after it was killed at any moment, and no buyer's word outside of
// buyer_text. KENPIN_FLOOR=/folder takes `large` in too; KENPIN_KILLS says how often it is killed (50).
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <set>
#include <thread>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "adaptors/charset/charset.hpp"
#include "places.hpp"
#include "server/app/import_command.hpp"
#include "server/store/projection.hpp"
#include "tests/server/app/floor_verdict.hpp"
#include "tests/support/needles.hpp"
#include "tests/support/process.hpp"

using namespace kenpin;
using nlohmann::json;

namespace {

namespace fs = std::filesystem;

const SiteId& site = test::imported_site;

fs::path floor_folder() {
    const char* other = std::getenv("KENPIN_FLOOR");
    return other != nullptr ? fs::path(other) : fs::path(KENPIN_SOURCE_ROOT) / "tests/data/floor";
}

struct Folder {
    fs::path path = [] {
        auto name = (fs::temp_directory_path() / "kenpin-import-XXXXXX").string();
        REQUIRE(mkdtemp(name.data()) != nullptr);
        return fs::path(name);
    }();
    ~Folder() { fs::remove_all(path); }
};

app::ImportGiven import_of(const std::string& set, const fs::path& folder) {
    return test::import_of_set(floor_folder(), set, folder, std::string(KENPIN_SOURCE_ROOT) + "/assets");
}

void run(const app::ImportGiven& given) {
    const auto done = app::run_import(given);
    if (!done) FAIL(done.error().detail);
}

template <class T>
T read(const fs::path& folder, const std::function<T(sqlite::Tx&)>& look) {
    auto database = sqlite::Database::open("sqlite:" + (folder / "kenpin.db").string(), {.read_only = true});
    REQUIRE(database);
    auto opened = std::move(database).value();
    const auto answer = opened.read([&](sqlite::Tx& tx) -> Result<T> { return look(tx); });
    REQUIRE(answer);
    return answer.value();
}

void judge(const std::string& set, const Folder& folder) {
    const auto verdict = test::judge_set(floor_folder() / set, import_of(set, folder.path));
    if (!verdict) FAIL(verdict.error().detail);
    CHECK(verdict.value().outcomes.all >= 30);
    CHECK(verdict.value().remarks.right > 0);
    for (const auto& wrong : verdict.value().wrong) FAIL_CHECK(wrong);
}

// Everything but what is random by nature: nonces, and the epoch with what is chained to it.
std::string dump(const fs::path& folder) {
    return read<std::string>(folder, [](sqlite::Tx& tx) {
        auto text = store::projections_as_text(tx, site);
        for (const auto& [position, kind, payload, at] :
             tx.rows<std::int64_t, std::string, std::string, std::int64_t>(
                 "SELECT position, kind, payload, server_ms FROM event WHERE site = ? ORDER BY position",
                 site))
            text += std::to_string(position) + "|" + kind + "|" + payload + "|" + std::to_string(at) + "\n";
        for (const char* table : {"buyer_text", "received_file"})
            for (const auto& [id, about] : tx.rows<std::string, std::string>(
                     std::string("SELECT id, about FROM ") + table + " WHERE site = ? ORDER BY id", site))
                text += id + "|" + about + "\n";
        return text;
    });
}

int kills() {
    const char* given = std::getenv("KENPIN_KILLS");
    return given == nullptr ? 50 : std::atoi(given);
}

support::Program program(const app::ImportGiven& given) {
    support::Program program{{std::string(KENPIN_BIN_DIR) + "/kenpin-server", "import", "--db",
                              given.database, "--master", given.masters, "--now", given.now, "--assets",
                              given.assets}};
    for (const auto& file : given.files) program.argv.push_back(file);
    return program;
}

support::Process started(const app::ImportGiven& given) {
    auto process = support::Process::start(program(given));
    REQUIRE(process);
    return std::move(process).value();
}

void run_to_its_end(const app::ImportGiven& given) {
    auto process = started(given);
    REQUIRE(process.wait(std::chrono::minutes{5}) == support::Exit{0, 0});
}

}  // namespace

TEST_CASE("every order of the small set ends as it must") {
    judge("small", Folder{});
}

TEST_CASE("every order of the medium set ends as it must, and importing it again changes nothing") {
    const Folder folder;
    judge("medium", folder);
    const auto before = dump(folder.path);
    const auto given = import_of("medium", folder.path);
    run(given);
    CHECK(dump(folder.path) == before);
    for (const auto& [key, order] : test::read_report(given.report).orders)
        CHECK(order["outcome"] != "accept");
}

TEST_CASE("every order of the large set ends as it must") {
    if (!fs::exists(floor_folder() / "large")) return;
    judge("large", Folder{});
}

TEST_CASE("killed at any moment and run again, an import leaves the database of an undisturbed one") {
    const Folder undisturbed;
    const auto given = import_of("medium", undisturbed.path);
    const auto began = std::chrono::steady_clock::now();
    run_to_its_end(given);
    auto length =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began);
    const auto expected = dump(undisturbed.path);
    std::mt19937 dice(20261124);
    const Folder folder;
    fs::copy_file(undisturbed.path / "site.key", folder.path / "site.key");
    const auto again = import_of("medium", folder.path);
    int killed = 0;
    for (int i = 0; i < kills(); ++i) {
        // Each third time from nothing, else on top of what the one before left.
        if (i % 3 == 0)
            for (const char* name : {"kenpin.db", "kenpin.db-wal", "kenpin.db-shm"})
                fs::remove(folder.path / name);
        auto process = started(again);
        std::this_thread::sleep_for(
            std::chrono::microseconds{dice() % static_cast<unsigned>(length.count())});
        process.kill(SIGKILL);
        const auto exit = process.wait(std::chrono::minutes{1});
        if (exit && exit->signal == SIGKILL)
            ++killed;
        else  // the machine got faster since it was measured
            length = std::max(length * 3 / 4, std::chrono::microseconds{1'000});
        if (i % 3 != 2 && i + 1 < kills()) continue;
        run_to_its_end(again);
        CHECK_MESSAGE(dump(folder.path) == expected, "after kill ", i);
    }
    CHECK(killed > kills() / 2);
}

// All that a buyer wrote, and all that says who and where he is.
test::Needles buyers_words() {
    test::Needles words;
    std::set<std::string> all;
    const auto expected = json::parse(test::whole_file(floor_folder() / "medium/expected.json"));
    for (const auto& order : expected["orders"]) {
        all.insert({order["remark"], order["noshi_name"]});
        for (const auto& to : order["shipments"]) {
            const auto name = to["name"].get<std::string>(), phone = to["tel"].get<std::string>();
            std::string joined, digits;
            for (const char c : name)
                if (c != ' ') joined += c;
            for (const char c : phone)
                if (c != '-') digits += c;
            all.insert({name, joined, phone, digits, to["town"], to["bldg"]});
        }
    }
    for (const auto& one : all)
        if (one.size() >= 9) words.add(one);
    return words;
}

void holds_no_words(const fs::path& folder, const test::Needles& words) {
    for (const auto& entry : fs::directory_iterator(folder)) {
        INFO(entry.path().filename().string());
        CHECK(words.found_in(test::whole_file(entry.path())) == 0);
    }
}

TEST_CASE("buyers' words are found in every dress that a program could give them") {
    test::Needles words;
    words.add("五十嵐 花子");
    const std::string cp932 = charset::cp932_from_utf8("五十嵐 花子").value();
    CHECK(words.found_in("xx五十嵐 花子" + cp932) == 2);
    for (const char* text :
         {"5LqU5Y2B5bWQIOiKseWtkA==", "eOS6lOWNgeW1kCDoirHlrZA=", "eHjkupTljYHltZAg6Iqx5a2Q",
          "\\u4e94\\u5341\\u5d50 \\u82b1\\u5b50", "e4ba94e58d81e5b59020e88ab1e5ad90"})
        CHECK_MESSAGE(words.found_in(text) == 1, std::string(text));
    CHECK(words.found_in("五十嵐 花") == 0);
}

TEST_CASE("names, addresses and remarks lie nowhere but sealed in buyer_text") {
    const Folder folder;
    const auto words = buyers_words();
    REQUIRE(words.size() > 10'000);
    const auto given = import_of("medium", folder.path);
    CHECK(words.found_in(test::whole_file(given.files.front())) > 0);  // they are there to be found
    // As it lies on the disk while it runs: killed half-way, its log (-wal) is beside the database.
    auto half_way = program(given);
    half_way.output = folder.path / "printed";
    auto process = support::Process::start(half_way);
    REQUIRE(process);
    auto running = std::move(process).value();
    const auto log = folder.path / "kenpin.db-wal";
    while (!running.wait(std::chrono::milliseconds{1}) &&
           (!fs::exists(log) || fs::file_size(log) < 5'000'000)) {
    }
    running.kill(SIGKILL);
    (void)running.wait(std::chrono::minutes{1});  // how it ended does not matter
    CHECK(fs::exists(log));
    holds_no_words(folder.path, words);
    run(given);
    holds_no_words(folder.path, words);
}
