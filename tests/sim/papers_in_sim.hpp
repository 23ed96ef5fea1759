#pragma once
// The bench's papers in a simulated world: the print document is pulled sealed, as a real bench pulls it;
// each copy comes out once, or nobody knows. What was asked for outlives the power, as the spool does.
#include <functional>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "core/protocol/events.hpp"
#include "core/protocol/print_document.hpp"
#include "station/app/ports.hpp"
#include "tests/sim/chance.hpp"
#include "tests/sim/faults.hpp"
#include "tests/sim/story.hpp"

namespace kenpin::sim {

struct Label {  // a real one, on the tray or on a box
    ShipmentId shipment;
    PieceNo piece;
    TrackingNo tracking;
    int copy = 1;
};

class PapersInSim : public app::Papers {
public:
    struct Place {
        Chance& chance;
        Misfortune& misfortune;
        Story& story;
        /// Sealed, from the server; fails without a line, or before the server's time has come.
        std::function<Result<std::string>(const ShipmentId&)> pull;
        /// base64, as the settings brought it; empty: not known yet.
        std::function<std::string()> document_key;
        std::function<void(const protocol::PaperPrinted&)> report;
    };
    explicit PapersInSim(Place place) : place_(std::move(place)) {}

    void prepare(const ShipmentId& shipment, const std::vector<TrackingNo>& numbers) override;
    void print(const flow::PrintPapers& wanted) override;
    void erase(const ShipmentId& shipment, app::PapersEnd why) override;

    void step();
    void lose_power();
    /// Tells again what became of everything: the station may have lost its power before it was written down.
    void report_all() const;

    const std::vector<Label>& labels() const { return labels_; }

    using Copy = std::tuple<ShipmentId, std::string, PieceNo, int>;
    struct Job {
        std::string state;  // as in PaperPrinted; "queued" before it is sent
        std::string reason;
    };
    struct Kept {  // what lies on its disk
        std::set<ShipmentId> to_pull{};
        std::map<ShipmentId, protocol::PrintDocument> documents{};
        std::map<Copy, Job> jobs{};
    };
    const Kept& kept() const { return kept_; }
    void put_back(const Kept& kept) { kept_ = kept; }

private:
    void pull();
    void send(const Copy& copy, Job& job);
    void finish(const Copy& copy, Job& job);
    void come_out(const Copy& copy);
    void report(const Copy& copy, const Job& job) const;

    Place place_;
    Kept kept_;
    std::vector<Label> labels_;
};

}  // namespace kenpin::sim
