#pragma once
// The inside of a label printer made of software, whatever language it speaks: what waits, what comes out,
// how it is, and what is wrong with it. No I/O: bytes and sockets are in serve.hpp, paper in tray.hpp.
//
//   receive() -> waiting --print(): nothing stops it, the label's time is over--> paper
//                   |----- media out, cover open, a label on the peeler, another roll ----> waits, and says
//                   so
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "core/base/images.hpp"
#include "core/base/time.hpp"
#include "printers/encode/printer_half.hpp"

namespace kenpin::virtual_printer {

/// What is wrong, as the test or the demo asked for.
struct Faults {
    std::optional<int> media_out_after{};  // labels still on the roll; 0: out now
    bool head_open = false;
    std::optional<std::size_t> stall_after{};        // bytes until it stops reading
    std::optional<std::size_t> reset_after_bytes{};  // bytes until it resets the connection, once
    bool silent_hs = false;                          // never answers its language's usual question (ZPL: ~HS)
    std::optional<int> slow_bytes_per_s{};
    bool split_replies = false;        // says what it says byte by byte
    std::optional<int> wait_peel{};    // labels that somebody takes off; the next one stays on the peeler
    bool wrong_media = false;          // another roll is loaded than it was started with
    bool reprint_after_error = false;  // what came out last comes out again when an error is over
    bool power_cycle = false;          // once: it forgets all it has and drops every connection
    bool operator==(const Faults&) const = default;
};

/// Who sent a label: a connection of serve.hpp.
using Sender = std::uint64_t;

struct CameOut {
    encode::ReceivedLabel label;  // quantity 1
    Sender sender = 0;
};

class Device {
public:
    struct Setup {
        encode::Media media{};  // the roll
        encode::Head head{};
        Millis label_time{0};  // to print one
    };
    Device() = default;
    explicit Device(const Setup& setup) : setup_(setup) {}

    /// A power cycle is over when this returns: has_lost_power() tells once.
    void set_faults(const Faults& faults);
    const Faults& faults() const { return faults_; }
    bool has_lost_power();

    void receive(encode::ReceivedLabel label, Sender sender = 0);
    /// The labels that come out by `now`, in order.
    std::vector<CameOut> print(Millis now = Millis{0});
    int waiting() const { return static_cast<int>(waiting_.size()); }
    /// Of the first that waits; 0: none waits.
    Sender sender_in_print() const { return waiting_.empty() ? 0 : waiting_.front().sender; }
    /// A label is under way: print() shall be called again soon.
    bool is_printing() const { return !waiting_.empty() && stops_now().empty(); }

    /// How it is now, for an answer or a report.
    encode::Inside inside() const;
    /// It does not answer this question (a fault, not a language's habit).
    bool is_silent(int question) const { return faults_.silent_hs && question == 0; }

    /// How many of `offered` bytes it takes now; 0: it reads no more.
    std::size_t takes(std::size_t offered) const;
    /// Counts bytes taken. True: it must reset the connection now; what it had of a label is lost.
    bool has_taken(std::size_t bytes);

private:
    std::vector<encode::Condition> stops_now() const;
    CameOut let_out();

    Setup setup_;
    Faults faults_;
    std::deque<CameOut> waiting_;
    std::optional<CameOut> last_;  // out, for reprint_after_error
    std::optional<Millis> begun_;  // when the first of waiting_ began
    bool is_power_lost_ = false;
};

}  // namespace kenpin::virtual_printer
