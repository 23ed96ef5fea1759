#pragma once
// One station in a simulated world: the real heart (app::Client), the real outbox, the real exchange, and
// around them made time, a disk of memory under the real SQLite, and a power switch. What the power takes:
// everything but what is safe on the disk, the spool and what lies on the tray. Disk and spool may also be
// put back to an older copy of both.
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "station/app/client.hpp"
#include "station/flow/prompt.hpp"
#include "station/sync/exchange.hpp"
#include "station/sync/notices.hpp"
#include "station/sync/outbox.hpp"
#include "tests/sim/chance.hpp"
#include "tests/sim/faults.hpp"
#include "tests/sim/ledger.hpp"
#include "tests/sim/network.hpp"
#include "tests/sim/papers_in_sim.hpp"
#include "tests/sim/story.hpp"
#include "tests/support/fault_disk.hpp"

namespace kenpin::sim {

struct Verdict {  // what a worker saw
    bool is_green = false;
    std::string text;
};

class StationInSim : private app::Storage, private app::Speaker, private app::Bridge, private app::Witness {
public:
    struct Place {
        SiteId site;
        DeviceId id;
        flow::Role role = flow::Role::picker;
        const Instant& now;
        Chance& chance;
        Misfortune& misfortune;
        Network& network;
        Story& story;
        std::function<Result<std::string>(const ShipmentId&)> pull;  // papers, see PapersInSim
        Ledger::Upto server_upto;                                    // of this station's events
    };
    explicit StationInSim(Place place);
    StationInSim(const StationInSim&) = delete;
    StationInSim& operator=(const StationInSim&) = delete;

    /// A little time passed: disk, line, papers, screen. What may go wrong goes wrong.
    void step();
    void hear(const std::vector<Letter>& letters);
    /// From the scanner on the desk; its bridge keeps it until it is acknowledged.
    void scan(const std::string& bytes);
    void press(const flow::Event& button) { client_->take(button); }
    void lose_line();
    /// From here on nothing goes wrong any more: its clock is set, its disk has room.
    void calm();

    const DeviceId& id() const { return at_.id; }
    const flow::State& state() const { return client_->state(); }
    Millis mono() const { return std::chrono::duration_cast<Millis>(at_.now.time_since_epoch()); }
    const sync::Known& known() const { return outbox_->known(); }
    int power_cuts() const { return power_cuts_; }
    bool is_settled() const;
    /// Every scan so far was answered, and the answer seen.
    bool is_quiet() const { return !client_->state().pending && !client_->has_news(); }

    const std::vector<Verdict>& verdicts() const { return verdicts_; }
    /// What was ever safe on its disk. What was shown green is among it.
    const Ledger& ledger() const { return ledger_; }
    const std::vector<Label>& labels() const { return papers_.labels(); }
    /// The pieces that this screen showed as closed, by the name of the record.
    const std::map<Ledger::Name, protocol::PieceClosed>& closed() const { return closed_; }

private:
    struct CommitAsked {
        flow::Commit commit;
        std::optional<protocol::ScanIdentity> scan;
    };
    using Request = std::variant<CommitAsked, sync::ReadEvents, sync::MarkAcked, sync::StoreDocuments,
                                 sync::ApplySettings, sync::MarkKept>;

    enum class Off { program, power, put_back };
    struct Copy {  // of its disk and its spool, as they were
        support::FaultDisk::Image disk;
        PapersInSim::Kept papers;
        std::size_t unanswered = 0;
        Instant made{}, put_back_at{};
    };

    // The world around the heart.
    void commit(const flow::Commit& commit, const std::optional<protocol::ScanIdentity>& scan) override;
    void play(flow::ToneKind tone) override;
    void acknowledge(const protocol::ScanIdentity& scan) override { at_bridge_.erase(scan); }
    void beep(protocol::Beep, const std::string&) override {}
    void saw(const flow::LogShown& shown, const std::string& screen, Instant at) override;

    void let_things_go_wrong();
    void let_disk_go_wrong();
    void let_it_go_off();
    void look_after_disk();
    void prune();
    void open_outbox();
    void power_on();
    /// Off and on again. Only the program died: its bridge lives on.
    void come_back(Off why);
    void turn_off();
    void turn_disk(Off why);
    bool is_cut_off(const flow::Prompt& in_hand) const;
    void check_outbox(Off why);
    bool is_acked(Epoch epoch, Seq seq) const;
    void bridge_sends_again();
    Instant wall() const { return at_.now + clock_is_off_; }
    void feed(const sync::Input& input);
    void perform(const sync::Output& output);
    void serve_disk();
    void serve(const CommitAsked& asked);
    void serve(const sync::ReadEvents& wanted);
    void serve(const sync::MarkAcked& mark) { unwritten_acks_[mark.epoch] = mark.upto; }
    void serve(const sync::StoreDocuments& documents);
    void serve(const sync::ApplySettings& given);
    void serve(const sync::MarkKept& mark);
    void tell();

    // What it must do by what it was told (station_checks.cpp).
    struct Heard {  // an acknowledgement that is being taken
        std::optional<Seq> asked_for{};
        std::size_t notes_to_pass = 0;
    };
    std::optional<protocol::Ack> read_ack(const Letter& letter) const;
    void expect_of(const protocol::Ack& ack);
    void note_sent(const sync::Publish& message);
    void check_heard();
    void note_told(const sync::StoreDocuments& documents);
    void note_leases(const sync::StoreDocuments& documents);
    void check_not_stopped(const protocol::Body& body);
    void check_lease(const protocol::Body& body);

    void connect_if_wanted();
    void tick();
    bool is_safe(const protocol::Event& event) const;

    Place at_;
    support::FaultDisk disk_;
    std::optional<sync::Outbox> outbox_;
    PapersInSim papers_;
    sync::Exchange exchange_;
    std::unique_ptr<app::Client> client_;

    std::deque<Request> requests_;
    std::deque<std::variant<sync::Notice, sync::Input>> answers_;  // of the disk, not taken yet
    std::map<Epoch, Seq> unwritten_acks_;
    bool wants_line_ = false;
    bool commit_is_under_way_ = false;
    std::optional<Off> goes_off_;  // at the next operation of its disk, or now
    std::optional<Copy> copy_;     // that its disk will be put back to
    Instant disk_has_room_at_{}, goes_off_by_{};
    Millis clock_is_off_{0};
    int power_cuts_ = 0;
    int commits_ = 0;
    std::size_t unanswered_ = 0;  // events whose commit failed or was never answered since the last start
    std::optional<Heard> heard_;  // just now
    std::map<ListId, Millis> leased_until_;
    std::set<ShipmentId> stopped_;   // as the documents say that its heart was told of
    std::set<std::string> cut_off_;  // documents whose storing failed since anything was last stored
    bool is_durable_ = false;        // the heart is being told just now that a record is
    Millis ticked_{0};

    int bridge_run_ = 1;
    std::uint64_t last_scan_ = 0;
    std::map<protocol::ScanIdentity, std::string> at_bridge_;  // not acknowledged yet

    std::vector<Verdict> verdicts_;
    Ledger ledger_;
    std::map<Ledger::Name, protocol::PieceClosed> closed_;
};

}  // namespace kenpin::sim
