#pragma once
// The broker and the radio between stations and server, as a pipe that loses, repeats, delays and is cut. A
// line that was made anew brings nothing of the one before it (clean session).
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/base/ids.hpp"
#include "tests/sim/chance.hpp"
#include "tests/sim/faults.hpp"
#include "tests/sim/story.hpp"

namespace kenpin::sim {

struct Letter {
    DeviceId device;
    std::string topic, payload;
    bool is_repeated = false;  // the same letter was handed over before
};

class Network {
public:
    Network(const Instant& now, Chance& chance, const Faults& faults, Story& story)
        : now_(now), chance_(chance), faults_(faults), story_(story) {}

    bool has_line(const DeviceId& device) const;
    void connect(const DeviceId& device);
    void cut(const DeviceId& device);

    /// Without a line a letter is nowhere.
    void send_up(const DeviceId& device, std::string topic, std::string payload);
    void send_down(const DeviceId& device, std::string topic, std::string payload);

    /// What arrives now.
    std::vector<Letter> take_up();
    std::vector<Letter> take_down(const DeviceId& device);
    /// The server went: what was on its way to it is lost.
    void lose_up() { up_.clear(); }

private:
    struct OnItsWay {
        Letter letter;
        Instant due;
        std::int64_t line;    // the connection that it belongs to
        std::int64_t number;  // of the letter; a copy has the same
    };
    void post(std::vector<OnItsWay>& to, Letter letter);
    std::vector<Letter> take(std::vector<OnItsWay>& from);

    const Instant& now_;
    Chance& chance_;
    const Faults& faults_;
    Story& story_;
    std::map<DeviceId, std::int64_t> lines_;  // 0: none
    std::int64_t last_line_ = 0, last_number_ = 0;
    std::vector<OnItsWay> up_;
    std::map<DeviceId, std::vector<OnItsWay>> down_;
    std::map<std::int64_t, bool> handed_over_;  // by number of letters that have a copy
};

}  // namespace kenpin::sim
