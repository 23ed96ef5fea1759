#include "tests/support/process.hpp"

#include <fstream>
#include <thread>

#include <doctest/doctest.h>

using namespace kenpin;
using namespace kenpin::support;
using namespace std::chrono_literals;

namespace {

Process shell(const std::string& script, std::map<std::string, std::string> env = {}) {
    return Process::start({.argv = {"sh", "-c", script}, .env = std::move(env)}).value();
}

}  // namespace

TEST_CASE("a child's words and its way of ending are seen") {
    auto child = shell("echo hello $NAME; echo trouble >&2; exit 3", {{"NAME", "floor"}});
    CHECK(child.wait(10s) == Exit{3, 0});
    CHECK(child.output() == "hello floor\ntrouble\n");
}

TEST_CASE("a program that is not there is an error, not a child") {
    const auto started = Process::start({.argv = {"/nowhere/kenpin-none"}});
    REQUIRE_FALSE(started);
    CHECK(started.error().kind == Error::Kind::not_found);
}

TEST_CASE("a line is waited for, also the second of its kind, and given up when the child ends") {
    auto child = shell("echo ready 1; sleep 0.05; echo ready 2; echo -n unfinished");
    CHECK(child.wait_for_line("ready", 10s) == "ready 1");
    CHECK(child.wait_for_line("ready", 10s, 2) == "ready 2");
    CHECK_FALSE(child.wait_for_line("unfinished", 10s));
}

TEST_CASE("a child that does not listen to SIGTERM is killed") {
    auto child = shell("trap '' TERM; echo ready; while :; do sleep 0.1; done");
    REQUIRE(child.wait_for_line("ready", 10s));
    CHECK(child.stop(100ms) == Exit{-1, SIGKILL});
    CHECK_FALSE(child.is_running());
}

TEST_CASE("what a child started ends with it") {
    pid_t grandchild = 0;
    {
        auto child = shell("sleep 1000 & echo grandchild $!; wait");
        const auto line = child.wait_for_line("grandchild", 10s);
        REQUIRE(line);
        grandchild = std::stoi(line->substr(line->find(' ')));
        CHECK(::kill(grandchild, 0) == 0);
    }
    const auto is_gone = [&] {  // or only waiting to be reaped
        std::ifstream state("/proc/" + std::to_string(grandchild) + "/stat");
        std::string words;
        std::getline(state, words);
        return words.empty() || words.find(") Z") != std::string::npos;
    };
    const auto until = std::chrono::steady_clock::now() + 20s;
    while (!is_gone() && std::chrono::steady_clock::now() < until) std::this_thread::yield();
    CHECK(is_gone());
}

TEST_CASE("output can go to a file; what stood there before is not the child's") {
    const TempDir dir;
    std::ofstream(dir / "log") << "ready from before\n";
    auto child = Process::start({.argv = {"echo", "now"}, .output = dir / "log"}).value();
    CHECK(child.wait(10s) == Exit{0, 0});
    CHECK(child.output() == "now\n");
}

TEST_CASE("two free ports differ from 0 and can be bound") {
    CHECK(free_port() > 1023);
    CHECK(free_port() < 65536);
}
