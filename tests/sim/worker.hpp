#pragma once
// A simulated worker: reads what the screen asks, scans the right thing mostly, a wrong one about once in
// ten, and looks for the verdict before going on. At the bench he has the labels that came out and the
// waybills that lie ready.
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "station/flow/prompt.hpp"
#include "tests/sim/chance.hpp"
#include "tests/sim/goods.hpp"
#include "tests/sim/station_in_sim.hpp"

namespace kenpin::sim {

/// What stands and lies about on the floor, shared by all workers.
struct Things {
    const Goods& goods;
    int totes_used = 0;
    std::map<ShipmentId, TrackingNo> lying_waybills;              // 先出し
    std::map<ShipmentId, std::vector<TrackingNo>> void_waybills;  // of the order before it was changed
    std::map<DeviceId, ListId> walked;                            // by whom, as his cart shows
};

struct Tally {
    int scans = 0, wrong = 0, green = 0, refused = 0;
};

class Worker {
public:
    Worker(StationInSim& station, Things& things, Chance& chance, Misfortune& misfortune, Story& story)
        : at_(station), things_(things), chance_(chance), misfortune_(misfortune), story_(story) {}

    /// Acts when it is his turn.
    void step();
    const Tally& tally() const { return tally_; }

private:
    struct Scan {
        std::string code;
        flow::Prompt asked;
        std::size_t verdicts_before = 0;
        bool is_wrong = false;
    };
    void look_for_verdict();
    void act(const flow::Prompt& asked);
    bool takes_over(const flow::Prompt& asked);
    bool says_short(const flow::Prompt& asked);
    void note_walked(const flow::Prompt& asked);
    void scan(const flow::Prompt& asked, const std::string& code, bool is_wrong);
    std::optional<std::string> right_code(const flow::Prompt& asked);
    std::optional<std::string> wrong_code(const flow::Prompt& asked);
    std::optional<std::string> waybill_code(const flow::Prompt& asked);
    std::string goods_code(const flow::Prompt& asked);
    /// The code on a case of the asked line's goods whose number of pieces is as meant.
    std::optional<std::string> case_code(const flow::Prompt& asked, const std::function<bool(Qty)>& is_meant);
    bool belongs_here(const Sku& sku) const;
    void press_reprint_if_long(const flow::Prompt& asked);

    StationInSim& at_;
    Things& things_;
    Chance& chance_;
    Misfortune& misfortune_;
    Story& story_;
    Millis acts_at_{0};
    std::optional<Scan> waits_for_;
    std::optional<Millis> without_label_since_;
    struct TakeOver {
        ListId list;
        DeviceId from;
    };
    std::optional<TakeOver> takes_over_;  // signed out, then in with the other's badge; then the list
    Tally tally_;
};

}  // namespace kenpin::sim
