// The real daemon as an administrator and a worker meet it: its file changes while it runs, scanners are
// paired by scanning, badges open sessions, and somebody looks on at the side.
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <thread>

#include <doctest/doctest.h>
#include <unistd.h>

#include "core/domain/barcode.hpp"
#include "places.hpp"
#include "tests/firmware-bridge/raw_station.hpp"
#include "tests/support/process.hpp"
#include "tests/support/pty_scanner.hpp"

using namespace kenpin;
using namespace kenpin::support;
using namespace std::chrono_literals;
using protocol::BridgeDevice;
using protocol::DeviceChange;

namespace {

const std::string program = KENPIN_BIN_DIR "/kenpin-bridge";

std::string own(domain::OwnKind kind, const std::string& body) {
    return *domain::make_own_code(kind, body) + "\r";
}

struct Bench {
    TempDir dir;
    PtyScanner left{dir / "left"}, right{dir / "right"};
    std::filesystem::path socket = dir / "bridge.sock", file = dir / "bridge.toml";

    /// As an editor does: a new file in the place of the old one.
    void write(const std::string& toml) const {
        std::ofstream(file.string() + ".new") << "usb = false\n" << toml;
        std::filesystem::rename(file.string() + ".new", file);
    }
    std::string record(const std::string& id, const PtyScanner& scanner, const std::string& more = "") const {
        return "[[devices]]\n" + (id.empty() ? "" : "id = \"" + id + "\"\n") + "path = \"" +
               scanner.path().string() + "\"\n" + more;
    }
    Process start() const {
        auto bridge = Process::start({.argv = {program, "--socket", socket, "--config", file, "--state",
                                               dir / "pairings.toml"}})
                          .value();
        REQUIRE(bridge.wait_for_line("ready on", 20s));
        return bridge;
    }
    std::string told_by(std::vector<std::string> words) const {
        words.insert(words.begin(), program);
        words.insert(words.end(), {"--socket", socket, "--lang", "en"});
        auto asked = Process::start({.argv = words}).value();
        CHECK(asked.wait(20s));
        return asked.output();
    }
};

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// The next news of a device, passing over everything else.
std::optional<BridgeDevice> next_device(RawStation& station) {
    while (const auto message = station.next())
        if (const auto* news = std::get_if<BridgeDevice>(&*message)) return *news;
    return std::nullopt;
}

}  // namespace

TEST_CASE(
    "a good file holds at once, a wrong one is refused, and a scanner it does not change notices neither") {
    Bench bench;
    bench.write(bench.record("S1", bench.left));
    auto bridge = bench.start();
    RawStation station(bench.socket);
    REQUIRE(station.sees(DeviceChange::add));
    bench.left.send("1\r");
    CHECK(station.next_scan()->raw == "1");

    bench.write(bench.record("S1", bench.left, "framing = \"crlf\""));
    REQUIRE(bridge.wait_for_line("framing must be one of", 20s));
    CHECK(holds(*bridge.wait_for_line("configuration refused", 1s), "[[devices]] 1"));
    const auto refused = next_device(station);
    REQUIRE(refused);
    CHECK(refused->reason == "configuration_refused");
    bench.left.send("half");  // a scan on its way while the next file comes

    bench.write(bench.record("S1", bench.left) + bench.record("S2", bench.right, "framing = \"stx_etx\""));
    REQUIRE(bridge.wait_for_line("configuration taken", 20s));
    bench.left.send(" and half\r");
    bool has_second = false;
    std::optional<protocol::BridgeScan> scan;
    while (!scan || !has_second) {
        const auto message = station.next();
        REQUIRE(message);
        if (const auto* news = std::get_if<BridgeDevice>(&*message)) {
            CHECK(news->change == DeviceChange::add);
            CHECK(news->dev.value == "S2");
            has_second = true;
        }
        if (const auto* read = std::get_if<protocol::BridgeScan>(&*message)) scan = *read;
    }
    CHECK(scan->raw == "half and half");
    bench.right.send(
        "\x02"
        "2\x03");
    CHECK(station.next_scan()->dev.value == "S2");

    bench.write(bench.record("S1", bench.left));
    CHECK(station.sees(DeviceChange::remove));
    bridge.kill(SIGHUP);
    CHECK(bridge.wait_for_line("configuration taken", 20s, 3));
    bench.left.send("3\r");
    CHECK(station.next_scan()->dev.value == "S1");
    CHECK(bridge.stop() == Exit{0, 0});
}

TEST_CASE("a scanner is paired by the station's code, remembered over a restart, and two stay apart") {
    Bench bench;
    bench.write("station = \"B1\"\n" + bench.record("", bench.left) + bench.record("", bench.right));
    {
        auto bridge = bench.start();
        RawStation station(bench.socket);
        bench.left.send("4901234567894\r");
        CHECK(station.sees(DeviceChange::fault, "unassigned"));
        bench.left.send(own(domain::OwnKind::station, "B2"));
        CHECK(station.sees(DeviceChange::fault, "other_station"));
        bench.left.send(own(domain::OwnKind::station, "B1"));
        CHECK(station.sees(DeviceChange::add));
        bench.left.send("4901234567894\r");
        const auto scan = station.next_scan();
        REQUIRE(scan);
        CHECK(scan->dev.value == bench.left.path().string());
        CHECK(scan->session.empty());
    }
    auto bridge = bench.start();
    RawStation station(bench.socket);
    bench.left.send(own(domain::OwnKind::worker, "1003"));
    bench.left.send("1\r");
    CHECK(station.next_scan()->session == "1003");
    CHECK(station.next_scan()->session == "1003");
    bench.right.send("2\r");
    CHECK(station.sees(DeviceChange::fault, "unassigned"));
    bench.right.send(own(domain::OwnKind::station, "B1"));
    CHECK(station.sees(DeviceChange::add));
    bench.right.send(own(domain::OwnKind::worker, "1004"));
    CHECK(station.next_scan()->session == "1004");
    bench.left.send("3\r");
    CHECK(station.next_scan()->session == "1003");
}

TEST_CASE("a serial scale tells its weights and is set to zero") {
    Bench bench;
    bench.write(bench.record("W1", bench.left, "use = \"scale\""));
    auto bridge = bench.start();
    RawStation station(bench.socket);
    REQUIRE(station.sees(DeviceChange::add));
    bench.left.send("ST,+00123.4  g\r\n");
    std::optional<protocol::BridgeWeight> weight;
    while (!weight) {
        const auto message = station.next();
        REQUIRE(message);
        if (const auto* told = std::get_if<protocol::BridgeWeight>(&*message)) weight = *told;
    }
    CHECK(weight->dev.value == "W1");
    CHECK(weight->mg == 123'400);
    CHECK(weight->stable);
}

TEST_CASE("who looks on is told kinds and lengths; the codes only when asked for") {
    Bench bench;
    bench.write(bench.record("S1", bench.left) + bench.record("", bench.right));
    auto bridge = bench.start();
    RawStation station(bench.socket);
    REQUIRE(station.sees(DeviceChange::add));
    REQUIRE(station.sees(DeviceChange::add, "unassigned"));
    const auto listed = bench.told_by({"list"});
    CHECK(holds(listed, "S1  scanner  ready"));
    CHECK(holds(listed, "remedy: scan the station's code"));

    const std::vector<std::string> asking{"--socket", bench.socket, "--lang", "en"};
    std::vector<std::string> quiet{program, "monitor"}, open{program, "monitor", "--show-codes"};
    quiet.insert(quiet.end(), asking.begin(), asking.end());
    open.insert(open.end(), asking.begin(), asking.end());
    auto quiet_one = Process::start({.argv = quiet}).value();
    auto open_one = Process::start({.argv = open}).value();
    REQUIRE(quiet_one.wait_for_line("S1  scanner  is there", 20s));
    REQUIRE(open_one.wait_for_line("S1  scanner  is there", 20s));
    bool is_shown = false;
    for (int i = 0; i < 100 && !is_shown; ++i) {  // until the bridge has heard the second's wish
        bench.left.send("TOKYO-TO 1-2-3\r");
        is_shown = open_one.wait_for_line("TOKYO", 200ms).has_value();
    }
    CHECK(is_shown);
    CHECK(quiet_one.wait_for_line("S1  read  other  14 characters", 20s));
    CHECK_FALSE(holds(quiet_one.output(), "TOKYO"));
    CHECK_FALSE(holds(bridge.output(), "TOKYO"));
    bridge.stop();
    CHECK(quiet_one.wait(20s) == Exit{1, 0});
    CHECK(holds(bench.told_by({"list"}), "no kenpin-bridge runs here"));
}

TEST_CASE(
    "print packets without their bytes end the connection; a printer that is not there answers failed") {
    Bench bench;
    bench.write("");
    auto bridge = bench.start();
    RawStation station(bench.socket);
    const auto packet = protocol::to_packet(protocol::BridgeDown(protocol::BridgePrint{{"P1"}, "B1-1", 3}));
    station.print({"P1"}, "B1-1", "^XA");
    std::optional<protocol::BridgePrinted> printed;
    while (!printed) {
        const auto message = station.next();
        REQUIRE(message);
        if (const auto* told = std::get_if<protocol::BridgePrinted>(&*message)) printed = *told;
    }
    CHECK(*printed == protocol::BridgePrinted{{"P1"}, "B1-1", protocol::PrintEnd::failed, 0});
    station.send(packet);
    CHECK(bridge.wait_for_line("station is gone (print bytes", 20s));
}

namespace {

std::string contents(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

/// Inodes of sockets in a table of /proc/PID/net; `column` from 0.
std::set<std::string> inodes(const std::filesystem::path& table, int column) {
    std::set<std::string> found;
    std::ifstream in(table);
    for (std::string line; std::getline(in, line);) {
        std::istringstream words(line);
        std::string word;
        for (int i = 0; i <= column && words >> word; ++i)
            if (i == column) found.insert(word);
    }
    return found;
}

long cpu_ticks(pid_t pid) {
    const auto stat = contents("/proc/" + std::to_string(pid) + "/stat");
    std::istringstream words(stat.substr(stat.rfind(')') + 2));
    std::string word;
    for (int i = 0; i < 11; ++i) words >> word;  // up to field 13
    long user = 0, system = 0;
    words >> user >> system;
    return user + system;
}

}  // namespace

TEST_CASE("the bridge has no network socket, stays under ten megabytes and sleeps when nothing happens") {
    Bench bench;
    std::ofstream(bench.file) << "usb = true\n" << bench.record("S1", bench.left);
    auto bridge = bench.start();
    RawStation station(bench.socket);
    REQUIRE(station.sees(DeviceChange::add));
    bench.left.send("1\r");
    REQUIRE(station.next_scan());

    const auto proc = std::filesystem::path("/proc") / std::to_string(bridge.pid());
    auto local = inodes(proc / "net/unix", 6);
    local.merge(inodes(proc / "net/netlink", 9));
    int sockets = 0;
    for (const auto& fd : std::filesystem::directory_iterator(proc / "fd")) {
        std::error_code gone;
        const auto target = std::filesystem::read_symlink(fd.path(), gone).string();
        if (!target.starts_with("socket:[")) continue;
        ++sockets;
        CHECK(local.contains(target.substr(8, target.size() - 9)));
    }
    CHECK(sockets >= 3);  // two it listens on, one to the station

    const auto status = contents(proc / "status");
    const auto rss_kb = std::stol(status.substr(status.find("VmRSS:") + 6));
    MESSAGE("resident: " << rss_kb << " kB");
    CHECK(rss_kb <= 10 * 1'024);

    const auto before = cpu_ticks(bridge.pid());
    std::this_thread::sleep_for(3s);  // a share of time can only be measured over time
    const auto ticks = static_cast<double>(cpu_ticks(bridge.pid()) - before);
    const auto share = ticks / static_cast<double>(sysconf(_SC_CLK_TCK)) / 3;
    MESSAGE("idle: " << share * 100 << " % of one core");
    CHECK(share <= 0.01);
}
