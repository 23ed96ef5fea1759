#pragma once
// The inside of a label printer made of software: what waits, what comes out, what it answers, and what is
// wrong with it. No I/O: bytes and sockets are in serve.hpp, paper in tray.hpp.
//
//   receive() -> waiting --print(): media there, head closed--> paper
//                   |------------ media out or head open -----> waits; ~HS is silent, ~HQES names the cause
#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "core/base/images.hpp"
#include "printers/encode/zpl_reader.hpp"

namespace kenpin::virtual_printer {

/// What is wrong, as the test or the demo asked for.
struct Faults {
    std::optional<int> media_out_after{};  // labels still on the roll; 0: out now
    bool head_open = false;
    std::optional<std::size_t> stall_after{};        // bytes until it stops reading
    std::optional<std::size_t> reset_after_bytes{};  // bytes until it resets the connection, once
    bool silent_hs = false;                          // never answers ~HS
    std::optional<int> slow_bytes_per_s{};
    bool operator==(const Faults&) const = default;
};

class Device {
public:
    void set_faults(const Faults& faults) { faults_ = faults; }
    const Faults& faults() const { return faults_; }

    void receive(encode::ZplLabel label);
    /// The labels that come out now, in order.
    std::vector<Bitmap> print();
    int waiting() const { return static_cast<int>(waiting_.size()); }

    /// The answer to ~HS; nothing: it stays silent, as a real one does while something stops it.
    std::optional<std::string> host_status(int length_dots, bool is_partial_format) const;
    /// The answer to ~HQES.
    std::string error_status() const;

    /// How many of `offered` bytes it takes now; 0: it reads no more.
    std::size_t takes(std::size_t offered) const;
    /// Counts bytes taken. True: it must reset the connection now; what it had of a label is lost.
    bool has_taken(std::size_t bytes);

private:
    bool can_print() const { return !faults_.head_open && faults_.media_out_after != 0; }

    Faults faults_;
    std::deque<Bitmap> waiting_;
};

}  // namespace kenpin::virtual_printer
