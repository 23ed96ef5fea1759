#pragma once
// One ZPL printer on the network, with the memory that a proof needs. The printer's "nothing left to print"
// proves the labels sent before only when it is certainly the answer to a question asked after them, on the
// connection that carried them: a printer that was switched off and on says the same and has forgotten them,
// and an answer that comes late says how it was before. One thread (the printing thread).
#include <chrono>
#include <deque>
#include <optional>
#include <string_view>

#include "core/base/result.hpp"
#include "printers/encode/status.hpp"
#include "printers/transport/tcp.hpp"

namespace kenpin::transport {

struct PrinterLimits {
    std::chrono::milliseconds connect{2'000};
    std::chrono::milliseconds progress{5'000};  // of sending, from the last byte taken
    std::chrono::milliseconds answer{1'000};    // to one round of questions
};

class ZplPrinter {
public:
    explicit ZplPrinter(Address address, PrinterLimits limits = {})
        : address_(std::move(address)), limits_(limits) {}

    /// Sends one job and waits until the printer's side has acknowledged its bytes. Opens a connection if
    /// there is none; one that has died meanwhile is an error, for it may have taken labels with it. `taken`
    /// = 0 with an error: the printer has seen nothing of this job.
    Sent send(std::string_view job);

    struct Answer {
        encode::PrinterStatus status;
        bool is_proof = false;  // all that this connection carried is on paper
    };
    /// Asks how it is: ~HS, and when that stays silent (open head, no media) ~HQES. Errors: unreachable (the
    /// connection is gone, and with it the hope of a proof), busy (silent on both; the hope stays).
    Result<Answer> ask();
    /// A connection is alive: labels sent over it may still be proven.
    bool may_prove() const { return line_.has_value(); }

private:
    enum class Question { host_status, errors };
    struct Line {
        TcpLink link;
        encode::ZplStatusParser parser;
        std::deque<Question> open;  // asked and not answered, in order
    };
    Outcome connect();
    Outcome put(Question question);
    Result<std::optional<encode::PrinterStatus>> wait_for_answer(std::chrono::milliseconds limit);
    Result<std::optional<encode::PrinterStatus>> converse();

    Address address_;
    PrinterLimits limits_;
    std::optional<Line> line_;
};

}  // namespace kenpin::transport
