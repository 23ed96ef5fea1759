#pragma once
// What hellos tell of a device besides what it holds: how far its clock is off, and whether two devices speak
// under its id. Pure; nothing here decides about work: the order of events is never a clock's.
#include <optional>
#include <set>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/protocol/messages.hpp"

namespace kenpin::sync {

/// A device's clock less the server's, of its newest hellos. A hello that was long on its way makes the clock
/// look slow, never fast: the greatest is the estimate. Two at least, so that one late hello is no alarm.
class ClockEstimate {
public:
    /// True when people are told something else from now on.
    bool note(Instant device_time, Instant now);
    std::optional<Millis> ahead() const;
    /// More than limits::clock_off.
    bool is_off() const;

private:
    std::vector<Millis> newest_;
};

/// Who spoke under one id. One device opens its database again and again, each time as a new life, and never
/// as a former one any more. Two that take turns are two: the database was copied, or the id given twice.
class Voices {
public:
    struct Two {
        Epoch later, still;  // `later` began while `still` goes on
        bool operator==(const Two&) const = default;
    };
    /// `hello` of now; answered when it shows that there are two. A message is never later than
    /// limits::message_latest, so one that lay on its way is no second device.
    std::optional<Two> hear(const protocol::Hello& hello, Instant now);
    /// Two of them spoke lately.
    bool are_two() const { return are_two_; }

private:
    struct Voice {
        Epoch epoch;
        std::set<Epoch> knows;  // the lives in its database
        Instant first, last;
    };
    std::optional<Two> two() const;
    std::vector<Voice> voices_;
    bool are_two_ = false;
};

}  // namespace kenpin::sync
