#pragma once
// A whole floor of real parts on this machine's loopback: mosquitto, CUPS, label printers made of software,
// the server, and stations, each with its bridge and a scanner on a pseudo terminal. Everything ends with it.
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "tests/e2e/floor/shop_end.hpp"
#include "tests/e2e/floor/things.hpp"
#include "tests/e2e/floor/witness.hpp"
#include "tests/support/private_cups.hpp"
#include "tests/support/private_mosquitto.hpp"
#include "tests/support/process.hpp"
#include "tests/support/pty_scanner.hpp"

namespace kenpin::floor {

struct StationPlan {
    std::string device;   // as in stations.csv
    std::string role;     // "picker" | "packer"
    std::string profile;  // "handheld-4" | "bench-10"
    std::string language = "ja";
    std::string badge;                    // who works there
    int x = 0, y = 0;                     // of its window
    std::string broker{};                 // "host:port" where it finds the broker; empty: where it is
    std::vector<std::string> launcher{};  // words before the station's own, e.g. to put it into a network
    std::map<std::string, std::string> env{};  // of the station's program
};

struct FloorPlan {
    std::filesystem::path folder;    // everything is kept here; must be empty or not exist
    std::filesystem::path programs;  // build/<preset>/bin
    std::filesystem::path sources;   // root of the project: assets
    Instant now;                     // business clock
    std::vector<StationPlan> stations;
    std::string display;  // ":99": windows there; empty: headless stations
    bool with_slips = true;
    int shops_refuse_first = 2;               // the shops' ends answer 503 that often before they accept
    std::filesystem::path masters{};          // folder of its master tables; empty: the demo's
    std::string broker_address{"127.0.0.1"};  // of this machine
    bool with_label_printers = true;          // one at each bench
};

/// The floor of the demo: two handhelds and two benches, as in assets/demo/stations.csv.
std::vector<StationPlan> demo_stations();

class Station {
public:
    Station(const FloorPlan& floor, StationPlan plan);
    /// Starts what does not run of its program and its bridge; does not wait for them.
    Outcome start(const FloorPlan& floor, const std::vector<std::string>& lines);
    /// kill -9
    void kill() { program_->kill(9); }
    void kill_bridge() { bridge_->kill(9); }
    bool is_running() { return program_ && program_->is_running(); }
    bool has_bridge() { return bridge_ && bridge_->is_running(); }
    /// In good order.
    void stop() { program_.reset(); }

    StationPlan plan;
    std::filesystem::path screen_log;
    std::unique_ptr<support::PtyScanner> scanner;
    std::unique_ptr<support::Process> label_printer;  // packers only
    int label_port = 0;
    std::filesystem::path tray;

private:
    friend class Floor;
    Outcome start_bridge(const FloorPlan& floor);
    Outcome start_printer(const FloorPlan& floor);
    std::unique_ptr<support::Process> bridge_;
    std::unique_ptr<support::Process> program_;
};

class Floor {
public:
    /// Starts everything and imports the masters; a failed part is named. Takes some seconds.
    static Result<std::unique_ptr<Floor>> open(FloorPlan plan);

    /// The first `orders` of the demo's day, two thirds from the Rakuten CSV with their waybills, the rest by
    /// the API.
    Outcome take_orders(int orders);
    Outcome start_work();
    /// Answers once the server knows all of them to be online.
    Outcome start_stations();
    /// One of them, again or for the first time, or only its bridge when only that is down; does not wait.
    Outcome start_station(Station& station);
    /// Shipments that are due today and have their stock, and of those, how many left.
    struct Progress {
        int to_leave = 0;
        int left = 0;
        int told = 0;
    };
    Result<Progress> progress() const;

    void kill_server() { server_->kill(9); }
    void stop_server() { server_.reset(); }
    /// Does not wait until it is ready.
    Outcome launch_server();
    Outcome start_server();
    bool is_server_running() { return server_ && server_->is_running(); }
    Outcome run_ctl(const std::vector<std::string>& words) const;
    support::PrivateMosquitto& broker() { return *broker_; }
    const FloorPlan& plan() const { return plan_; }
    std::vector<std::unique_ptr<Station>>& stations() { return stations_; }
    ShopEnd& shops() { return *shops_; }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(http_port_); }
    std::string board_url() const { return url() + "/board"; }
    std::filesystem::path database() const { return plan_.folder / "server/kenpin.db"; }
    std::set<std::string> lying_waybills() const { return lying_; }
    /// All that the witnesses say, read after the workers stopped.
    Result<Evidence> evidence(const Parcels& parcels) const;

private:
    explicit Floor(FloorPlan plan) : plan_(std::move(plan)) {}
    Outcome start_broker();
    Outcome start_slip_printer();
    Outcome import_masters();
    Outcome wait_until_online() const;

    FloorPlan plan_;
    std::unique_ptr<ShopEnd> shops_;
    std::unique_ptr<support::PrivateMosquitto> broker_;
    std::unique_ptr<support::PrivateCups> cups_;
    std::unique_ptr<support::Process> server_;
    std::vector<std::unique_ptr<Station>> stations_;
    std::set<std::string> lying_;
    int http_port_ = 0;
    int ready_lines_ = 0;
};

}  // namespace kenpin::floor
