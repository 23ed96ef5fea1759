#pragma once
// The broker and the radio between stations and server, as a pipe that loses, repeats, delays and is cut, or
// passes nothing for a while without telling anybody. A line that was made anew brings nothing of the one
// before it (clean session).
#include <cstdint>
#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "tests/sim/faults.hpp"
#include "tests/sim/story.hpp"

namespace kenpin::sim {

struct Letter {
    DeviceId device;
    std::string topic, payload;
};

class Network {
public:
    Network(const Instant& now, Chance& chance, Misfortune& misfortune, Story& story)
        : now_(now), chance_(chance), misfortune_(misfortune), story_(story) {}

    /// Every letter that is sent is told to it: topic, tab, payload. It outlives the network.
    void tell_letters_to(std::ostream& letters) { letters_ = &letters; }

    bool has_line(const DeviceId& device) const;
    void connect(const DeviceId& device);
    void cut(const DeviceId& device);

    /// Nothing passes that way until then; whoever has a line keeps it.
    void part(const DeviceId& device, bool up, bool down, Instant until);
    bool is_parted(const DeviceId& device) const;
    void heal() { parted_.clear(); }

    /// Without a line a letter is nowhere.
    void send_up(const DeviceId& device, std::string topic, std::string payload);
    void send_down(const DeviceId& device, std::string topic, std::string payload);

    /// What arrives now.
    std::vector<Letter> take_up();
    std::vector<Letter> take_down(const DeviceId& device);
    /// The server went: what was on its way to it is lost.
    void lose_up() { up_.clear(); }
    /// The broker went: so is everything else.
    void lose_everything();

private:
    struct OnItsWay {
        Letter letter;
        Instant due;
    };
    struct Parted {
        Instant up{}, down{};
    };
    void tell_letter(const std::string& topic, const std::string& payload);
    void post(std::vector<OnItsWay>& to, Letter letter);
    Millis delay();
    std::vector<Letter> take(std::vector<OnItsWay>& from);
    bool passes(const DeviceId& device, Instant Parted::*way) const;

    const Instant& now_;
    Chance& chance_;
    Misfortune& misfortune_;
    Story& story_;
    std::map<DeviceId, bool> lines_;
    std::map<DeviceId, Parted> parted_;
    std::vector<OnItsWay> up_;
    std::map<DeviceId, std::vector<OnItsWay>> down_;
    std::ostream* letters_ = nullptr;  // somebody who listens
};

}  // namespace kenpin::sim
