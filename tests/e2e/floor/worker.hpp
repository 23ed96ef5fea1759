#pragma once
// Simulated workers. Each stands at one station, reads its screen, handles real things (things.hpp) and scans
// them with the scanner on the desk: nothing else. About one scan in fifty is wrong on purpose.
#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/e2e/floor/screen.hpp"
#include "tests/e2e/floor/things.hpp"
#include "tests/support/pty_scanner.hpp"

namespace kenpin::floor {

struct Tally {
    int scans = 0;
    int wrong_on_purpose = 0;
    int refused = 0;
    int unanswered = 0;      // no verdict came: the worker looked again
    int wrong_accepted = 0;  // a wrong scan turned green: must stay 0
};

/// What papers a packer can reach.
struct Papers {
    /// The labels that lie there for a preissued tracking number (先出し): nothing if there is no such paper.
    std::function<bool(const TrackingNo&)> lies_there;
    /// The label that came out of the bench's printer for the box in hand; waits a moment for it.
    std::function<std::optional<TrackingNo>()> take_from_tray;
    /// Any other label that lies about.
    std::function<std::optional<TrackingNo>(Random&)> some_other;
};

struct Pace {
    std::chrono::milliseconds between_scans{0};
    int wrong_one_in = 50;  // 0: never
};

class Worker {
public:
    struct Place {
        std::string badge;  // worker id
        support::PtyScanner& scanner;
        Screen screen;
        const Shelves& shelves;
        Boxes& boxes;
        Parcels& parcels;
        Papers papers;
        std::function<void(const Seen&)>
            onlooker;  // sees each verdict while it stands on the screen; may be empty
        Pace pace;
        unsigned seed = 1;
    };
    explicit Worker(Place place);

    /// Works until `stop`; returns what was done. Runs in the caller's thread.
    Tally work(const std::atomic<bool>& stop);

private:
    struct Scan {
        std::string code;
        std::function<void()> when_green;  // what the hands do after the right light
    };
    std::optional<Scan> next_scan(const Seen& seen);
    std::optional<Scan> at_tote(const Seen& seen);
    std::optional<Scan> at_item(const Seen& seen);
    std::optional<Scan> at_slot(const Seen& seen);
    std::optional<Scan> at_box(const Seen& seen);
    std::optional<Scan> at_goods();
    std::optional<Scan> at_waybill(const Seen& seen);
    std::optional<std::string> wrong_code(const Seen& seen);
    bool makes_a_mistake();
    void scan(const Seen& before, const std::string& code, bool wrong,
              const std::function<void()>& when_green);
    void push_cart_away();

    Place at_;
    Random random_;
    Tally tally_;
    std::int64_t looked_at_ = 0;
    std::map<int, ToteCode> cart_;  // boxes in the slots
    std::map<Sku, int> hand_;
    std::string cart_list_;
    std::vector<Sku> on_the_table_;  // packer: goods of the open box not scanned yet
    std::vector<Sku> in_the_parcel_;
};

}  // namespace kenpin::floor
