// The delivered server with a watched folder: a file dropped is taken and moved without a hand on it; killed
// at any moment, nothing is lost and nothing taken twice; a folder that goes away stops nothing.
#include <chrono>
#include <filesystem>
#include <fstream>
#include <random>
#include <thread>

#include <doctest/doctest.h>

#include "tests/server/app/server_process.hpp"

using namespace kenpin;

namespace {

namespace fs = std::filesystem;

struct Drop {
    support::TempDir dir;
    fs::path folder = dir / "in";
    Drop() { fs::create_directories(folder); }

    std::string config() const {
        return "[watch]\nfolders = [\"" + folder.string() +
               "\"]\nevery_ms = 100\nstill_looks = 2\npartner_seconds = 3\n";
    }
    // As a careful program does it: written beside, renamed into place.
    void put(const std::string& name, const std::string& bytes) {
        std::ofstream(folder / (name + ".tmp"), std::ios::binary) << bytes;
        fs::rename(folder / (name + ".tmp"), folder / name);
    }
    static bool wait_for(const std::function<bool()>& is_so) {
        for (int i = 0; i < 600; ++i) {
            if (is_so()) return true;
            std::this_thread::sleep_for(std::chrono::milliseconds{100});
        }
        return false;
    }
    bool comes(const fs::path& path) const {
        return wait_for([&] { return fs::exists(folder / path); });
    }
};

std::int64_t metric(support::ServerProcess& server, const std::string& name) {
    const auto text = server.get("/api/v1/metrics").body;
    const auto at = text.find("kenpin_" + name + " ");
    return at == std::string::npos ? -1 : std::atoll(text.c_str() + at + name.size() + 8);
}

std::size_t orders(support::ServerProcess& server) {
    return nlohmann::json::parse(server.get("/api/v1/orders?limit=1000").body).at("orders").size();
}

std::string health(support::ServerProcess& server) {
    const auto answer = server.get("/api/v1/health");
    CHECK(answer.status == 200);
    return nlohmann::json::parse(answer.body).at("status");
}

const fs::path day = "done/2026-11-24";

}  // namespace

TEST_CASE("a dropped file is taken and moved away; what is no order file is refused beside its reason") {
    Drop drop;
    support::ServerProcess server(drop.config());
    server.import_demo();
    drop.put("orders.csv", support::ServerProcess::demo("orders-rakuten.csv"));
    drop.put("letter.txt", "Dear shop");
    CHECK(drop.comes(day / "orders.csv"));
    CHECK(drop.comes("refused/letter.txt"));
    CHECK(fs::exists(drop.folder / "refused/letter.txt.txt"));
    CHECK(orders(server) == 48);
    CHECK(Drop::wait_for([&] { return metric(server, "watch_files_taken") == 1; }));
    CHECK(Drop::wait_for([&] { return metric(server, "watch_files_refused") == 1; }));
}

TEST_CASE("killed between the commit and the move, the server takes the same file as known and moves it") {
    Drop drop;
    support::ServerProcess server(drop.config());
    server.import_demo();
    std::ofstream(drop.folder / "done") << "in the way";  // so that it is committed and cannot be moved
    drop.put("orders.csv", support::ServerProcess::demo("orders-rakuten.csv"));
    CHECK(Drop::wait_for([&] { return metric(server, "watch_files_unmoved") == 1; }));
    CHECK(health(server) == "warning");
    CHECK(orders(server) == 48);
    server.kill();
    fs::remove(drop.folder / "done");
    server.start();
    CHECK(drop.comes(day / "orders.csv"));
    CHECK(orders(server) == 48);
    CHECK(Drop::wait_for([&] { return health(server) == "ok"; }));
}

TEST_CASE("killed at any moment, every dropped file ends in done and every order is there once") {
    Drop drop;
    support::ServerProcess server(drop.config());
    server.import_demo();
    const auto file = support::ServerProcess::demo("orders-rakuten.csv");
    std::mt19937 dice(20261124);
    for (int i = 0; i < 5; ++i) {
        drop.put("orders" + std::to_string(i) + ".csv", file);
        std::this_thread::sleep_for(std::chrono::milliseconds{dice() % 700});
        server.kill();
        server.start();
    }
    for (int i = 0; i < 5; ++i) CHECK(drop.comes(day / ("orders" + std::to_string(i) + ".csv")));
    CHECK(orders(server) == 48);
}

TEST_CASE(
    "a folder that goes away is told by health and metrics; the server goes on, and takes when it is back") {
    Drop drop;
    support::ServerProcess server(drop.config());
    server.import_demo();
    fs::rename(drop.folder, drop.dir / "away");
    CHECK(Drop::wait_for([&] { return metric(server, "watch_folders_unreachable") == 1; }));
    CHECK(health(server) == "warning");
    CHECK(server.output().find("folder ") != std::string::npos);
    CHECK(orders(server) == 0);
    fs::rename(drop.dir / "away", drop.folder);
    drop.put("orders.csv", support::ServerProcess::demo("orders-rakuten.csv"));
    CHECK(drop.comes(day / "orders.csv"));
    CHECK(orders(server) == 48);
    CHECK(Drop::wait_for([&] { return health(server) == "ok"; }));
}

TEST_CASE(
    "an order of a dropped file that waits for a code is taken as soon as somebody says what it means") {
    Drop drop;
    support::ServerProcess server(drop.config());
    server.import_demo();
    auto items = support::ServerProcess::demo("items.csv");
    const auto line = items.find("G-22558,");
    items.erase(line, items.find('\n', line) + 1 - line);
    CHECK(server.post("/api/v1/import/items", items).status == 200);
    drop.put("orders.csv", support::ServerProcess::demo("orders-rakuten.csv"));
    CHECK(drop.comes(day / "orders.csv"));
    CHECK(orders(server) == 47);
    const auto codes = nlohmann::json::parse(server.get("/api/v1/codes/unknown").body).at("codes");
    REQUIRE(codes.size() == 1);
    CHECK(codes[0].at("code") == "G-22558");
    const auto told =
        server.post("/api/v1/codes", R"({"shop":"RAKUTEN","code":"G-22558","items":[{"sku":"G-22081"}]})");
    CHECK(told.status == 200);
    CHECK(nlohmann::json::parse(told.body).at("taken") == 1);
    CHECK(orders(server) == 48);
    CHECK(nlohmann::json::parse(server.get("/api/v1/codes/unknown").body).at("codes").empty());
}
