// A supervisor's day at a terminal: kenpinctl with the server itself, in both languages, also where he errs.
#include <chrono>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/server/app/server_process.hpp"

using namespace kenpin;

namespace {

struct Said {
    int exit_code = -1;
    std::string text{};
    bool has(const std::string& words) const { return text.find(words) != std::string::npos; }
};

struct Terminal {
    support::ServerProcess server;

    Said run(std::vector<std::string> words) {
        words.insert(words.begin(), std::string(KENPIN_BIN_DIR) + "/kenpinctl");
        words.insert(words.end(), {"--server", server.url(""), "--key", key()});
        auto started = support::Process::start({.argv = words, .env = {{"LC_ALL", "C.UTF-8"}}});
        if (!started) FAIL(started.error().detail);
        auto process = std::move(started).value();
        const auto ended = process.wait(std::chrono::seconds{30});
        REQUIRE(ended);
        return {ended->code, process.output()};
    }
    Said run_english(std::vector<std::string> words) {
        words.insert(words.end(), {"--lang", "en"});
        return run(std::move(words));
    }

private:
    std::string key() const {
        std::ifstream file(server.data() / "admin.key");
        std::string key;
        std::getline(file, key);
        return key;
    }
};

std::string demo(const std::string& name) {
    return std::string(KENPIN_SOURCE_ROOT) + "/assets/demo/" + name;
}

std::string floor(const std::string& name) {
    return std::string(KENPIN_SOURCE_ROOT) + "/tests/data/floor/" + name;
}

}  // namespace

TEST_CASE("orders are imported and their work is started, and what stays behind is told with its remedy") {
    Terminal at;
    at.server.import_demo();
    const auto taken = at.run({"import", "orders", demo("orders-rakuten.csv"), "--shop", "RAKUTEN"});
    INFO(taken.text);
    CHECK(taken.exit_code == 0);
    CHECK(taken.has("受注 (orders): 受入 48、"));

    const auto none = at.run({"start"});
    INFO(none.text);
    CHECK(none.exit_code == 1);
    CHECK(none.text.starts_with("始めた出荷 0件"));
    CHECK(none.has("送り状番号がない (waybill_number_missing): "));
    CHECK(none.has("kenpinctl import waybills ファイル --shop 店舗"));
    CHECK(none.has("  RAKUTEN:298765-"));
    CHECK(none.has("件: kenpinctl start --all"));
    CHECK(at.run({"start", "--all"}).has("  RAKUTEN:298765-"));
    CHECK(at.run({"lists"}).has("リストはありません"));

    CHECK(at.run({"import", "waybills", demo("waybills-yamato.csv"), "--shop", "RAKUTEN"}).exit_code == 0);
    const auto started = at.run_english({"start"});
    INFO(started.text);
    CHECK(started.exit_code == 0);
    CHECK(started.text.starts_with("shipments started: "));
    CHECK(at.run({"lists"}).has("まだだれも取っていない (started)"));
}

TEST_CASE("orders that cannot be taken are told with what to do, and what is tried in vain says why") {
    Terminal at;
    at.server.import_demo();
    const auto held = at.run({"import", "orders", floor("small/rakuten.csv"), "--shop", "RAKUTEN"});
    INFO(held.text);
    CHECK(held.exit_code == 1);
    CHECK(held.has("E-SKU 知らない商品コードです(12件) → 商品対応表に"));
    CHECK_FALSE(held.has("lines[0]"));

    for (const auto* state : {"open", "taken", "held", "closed", "replaced", "superseded"})
        CHECK(at.run({"orders", "--state", state}).exit_code == 0);

    CHECK(at.run({"orders", "drop", "1"}).exit_code == 2);
    CHECK(at.run({"orders", "drop", "1", "--reason", "foo"}).has("not_ours"));
    CHECK(at.run_english({"orders", "show", "RAKUTEN:4711"}).has("kenpinctl orders --number 4711"));

    const auto alone = at.run({"cancel", "298765-20261123-0000003014"});
    INFO(alone.text);
    CHECK(alone.exit_code == 1);
    CHECK(alone.has("kenpinctl cancel RAKUTEN:298765-20261123-0000003014"));
    const auto cancelled = at.run({"cancel", "RAKUTEN:298765-20261123-0000003014"});
    CHECK(cancelled.text == "RAKUTEN:298765-20261123-0000003014  取り込む前に取り消しました\n");
}

TEST_CASE("whoever names what is not there reads what that is and where to look") {
    Terminal at;
    at.server.import_demo();
    const std::vector<std::vector<std::string>> wrong = {{"history", "S9"},
                                                         {"lists", "revoke", "L9"},
                                                         {"exceptions", "settle", "9", "--note", "x"},
                                                         {"keys", "revoke", "K9"},
                                                         {"say", "NOBODY", "hi"},
                                                         {"said", "9-9"},
                                                         {"print-now", "S9", "B1"},
                                                         {"pull-out", "999"},
                                                         {"put-back", "S9", "X", "Y"},
                                                         {"blocked", "free", "X", "Y"},
                                                         {"change", "HONTEN:H9", demo("shops.csv")},
                                                         {"change", "HONTEN:H9", "/nowhere"},
                                                         {"cancel", "S9"},
                                                         {"orders", "show", "9999"}};
    for (const auto& words : wrong)
        for (const auto& said : {at.run(words), at.run_english(words)}) {
            INFO(words.front() << ": " << said.text);
            CHECK(said.exit_code == 1);
            CHECK(said.text.starts_with("kenpinctl: "));
            CHECK(said.has(" → "));
            CHECK_FALSE(said.has("番号を確かめてください"));
            CHECK_FALSE(said.has("There is nothing here"));
        }
}

TEST_CASE("a site that is misspelt does not look as if its events were whole") {
    Terminal at;
    at.server.import_demo();
    CHECK(at.run({"import", "orders", demo("orders-rakuten.csv"), "--shop", "RAKUTEN"}).exit_code == 0);
    const auto database = "sqlite:" + (at.server.data() / "kenpin.db").string();
    const auto verify = [&](const std::string& site) {
        auto started = support::Process::start({.argv = {std::string(KENPIN_BIN_DIR) + "/kenpinctl", "verify",
                                                         "--database", database, "--site", site}});
        if (!started) FAIL(started.error().detail);
        auto process = std::move(started).value();
        return process.wait(std::chrono::seconds{30})->code;
    };
    CHECK(verify("TOKYO1") == 0);
    CHECK(verify("OSAKA") == 1);
}
