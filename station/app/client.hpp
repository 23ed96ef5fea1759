#pragma once
// The heart of a station: events in, effects out, one after the other, without a thread, a clock or a socket
// of its own. The program (station_program.hpp) puts threads around it, the simulation puts made time around
// it.
//
//   take(event) ──> flow::update ──> effects through the ports, in their order ──> has_news()
//                                                                                      │ the caller draws
//                                                                                      state()
//   the witness writes what was shown <── was_drawn() <───────────────────────────────-┘
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.hpp"
#include "core/protocol/bridge.hpp"
#include "station/app/ports.hpp"
#include "station/app/seen_scans.hpp"
#include "station/flow/events.hpp"
#include "station/flow/state.hpp"

namespace kenpin::app {

struct ScanFromBridge {
    protocol::ScanIdentity identity;
    domain::ScannedCode code;
    std::string scanner;
    Millis mono{0};  // when its last byte was read
};

class Client {
public:
    /// `state` as flow::resume() made it; `stored`: the newest scans of the bridge that the database knows.
    /// The ports outlive the client.
    Client(Ports ports, Clocks clocks, flow::State state,
           const std::vector<protocol::ScanIdentity>& stored = {});

    /// What a start owes to the papers and to the screen. Once, before anything is taken.
    void start();
    /// Judges, runs effects. A port may call it from inside an effect (an answer that comes at once): it is
    /// taken after the effects under way.
    void take(const flow::Event& event);
    /// A scan from the bridge: judged once, however often it is sent. Acknowledged to the bridge once its
    /// record is durable, or it was refused with a tone.
    void take(const ScanFromBridge& scan);

    const flow::State& state() const { return state_; }
    /// Something happened since the last was_drawn().
    bool has_news() const { return has_news_; }
    /// state() is on the glass, under the name `screen`.
    void was_drawn(const std::string& screen);

private:
    void update(const flow::Event& event);
    void note_paper_work(const flow::Event& event);
    void run(const std::vector<flow::Effect>& effects);

    std::optional<protocol::ScanIdentity> identity(std::uint64_t number) const;

    void run_one(const flow::Commit& commit);
    void run_one(const flow::Tone& tone);
    void run_one(const flow::PrintPapers& wanted);
    void run_one(const flow::ErasePapers& wanted);
    void run_one(const flow::WithdrawPapers& wanted);
    void run_one(const flow::AckBridgeScan& ack);
    void run_one(const flow::LogShown& shown);

    Ports ports_;
    Clocks clocks_;
    flow::State state_;
    SeenScans seen_scans_;
    std::map<std::uint64_t, protocol::ScanIdentity> in_hand_;  // by the number that the flow knows
    std::uint64_t last_number_ = 0;
    std::deque<flow::Event> waiting_;
    bool is_taking_ = false;
    std::vector<flow::LogShown> to_be_seen_;
    std::string last_scanner_;  // hears the tone of its own scan
    bool has_news_ = true;
};

}  // namespace kenpin::app
