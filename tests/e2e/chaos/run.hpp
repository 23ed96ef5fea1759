#pragma once
// A chaos run: a floor of real programs on bad lines and bad disks, each killed with -9 at random and started
// again, while workers go on scanning; then all faults stop, and the floor must come to rest by itself.
//
//   begin() ──> storm() for M minutes: kills, cuts, a full disk ──> calm(): all faults off, nobody scans
//           ──> the server has everything within a minute ──> end() ──> judge()
#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "tests/e2e/chaos/judge.hpp"
#include "tests/e2e/chaos/line.hpp"
#include "tests/e2e/chaos/worker.hpp"
#include "tests/support/process.hpp"

namespace kenpin::chaos {

struct Plan {
    std::chrono::seconds storm{60};
    std::uint64_t seed = 1;
    int pickers = 12, packers = 8;
    bool may_use_tun = true;
    std::filesystem::path programs, sources;
    std::filesystem::path out{};  // kept afterwards; empty: nothing is
};

struct Summary {
    std::string line, why_no_tun;
    int scans = 0, wrong = 0, wrong_accepted = 0, unanswered = 0, orders = 0;
    std::map<std::string, int> kills;  // station, bridge, server, broker
    int cuts = 0, full_disks = 0, slow_disks = 0;
    LineCounts packets;
    double rest_s = -1;  // from the last fault to everything on the server and all outboxes empty; -1: not
                         // within the limit
    Verdict verdict;
    int all_kills() const;
};

class Run {
public:
    explicit Run(Plan plan);
    Run(const Run&) = delete;
    Run& operator=(const Run&) = delete;
    ~Run();

    /// All of it. Errors: something could not even be started.
    Result<Summary> run();

private:
    struct Down {  // a program that was killed, and when it comes back
        std::string what;
        std::size_t number = 0;
        Time back{};
    };

    Outcome begin();
    Outcome make_line();
    floor::FloorPlan floor_plan();
    void send_order();
    void make_workers();

    void storm();
    void step(Time now);
    void kill_something(Time now);
    void bring_back(Time now);
    void change_weather(Time now);
    void change_disks(Time now);
    void let_orders_come(Time now);
    void start_again(const Down& down);

    void calm();
    bool has_everything();
    bool is_outbox_empty(const floor::Station& station) const;
    std::filesystem::path database_of(const floor::Station& station) const;
    void wait_for_rest();
    Result<Verdict> end();

    std::filesystem::path full_flag(std::size_t station) const;

    const Plan plan_;
    sim::Chance chance_;
    support::TempDir temporary_;
    std::filesystem::path folder_;
    std::unique_ptr<Line> line_;
    std::unique_ptr<floor::Floor> floor_;
    std::vector<std::unique_ptr<Worker>> workers_;
    std::vector<Down> down_;
    std::map<std::size_t, Time> cut_until_;
    std::map<std::size_t, Time> full_until_;
    Time kills_at_{}, cuts_at_{}, fills_at_{}, orders_at_{}, starts_at_{};
    std::string next_order_;
    int totes_used_ = 0;
    Summary summary_;
};

}  // namespace kenpin::chaos
