#pragma once
// A desk prints what its spool holds, one printer each: the label desk over TCP in the printer's language,
// the slip desk through CUPS. Called from the printing thread whenever something was queued, and every 250 ms
// while labels are unproven; it blocks at most for the limits of its transport. Whoever calls reports what
// changed (protocol PaperPrinted, PrinterChanged).
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "printers/encode/status.hpp"
#include "printers/spool/spool.hpp"
#include "printers/transport/cups.hpp"
#include "printers/transport/label_printer.hpp"

namespace kenpin::spool {

/// From a sealed document to the printer's bytes (its language, or PDF): unseals, draws, reads back. `job`
/// tells document and copy number. An Error fails the job; its detail holds no personal data.
using Render = std::function<Result<std::string>(const Job& job, const std::string& sealed)>;

struct DeskStep {
    std::vector<Job> changed;  // in their new states, in order
    std::optional<encode::PrinterStatus> status;
    std::optional<Error> error;  // the printer or the spool could not be reached; try again later
};

/// How a printer that names its jobs names this one.
encode::JobMark mark_of(const Job& job);

/// One job through `send`: begin (durable) -> send -> what became of it.
Result<Job> print_job(Spool& spool, const Job& job, const std::string& bytes,
                      const std::function<transport::Sent(std::string_view)>& send, Instant now);

struct Ready {
    Job job;
    std::string bytes;
};
using SendJob = std::function<transport::Sent(const Job&, std::string_view)>;
/// The same for the few that may leave together: all begun in one step, then sent until one fails, then what
/// became of them in one step. Those behind one that failed wait in the queue again.
Result<std::vector<Job>> print_jobs(Spool& spool, const std::vector<Ready>& jobs, const SendJob& send,
                                    Instant now);

class LabelDesk {
public:
    LabelDesk(Spool& spool, PrinterId printer, transport::LabelPrinter device, Render render);
    /// Asks the printer, proves or doubts what was sent, then sends what may be sent.
    DeskStep step(Instant now);

private:
    void look_after_sent(DeskStep& out, Instant now);
    void take_proofs(DeskStep& out, Instant now);
    bool print_more(DeskStep& out, Instant now);
    Result<std::vector<Ready>> draw_more(DeskStep& out, Instant now);

    Spool& spool_;
    PrinterId printer_;
    transport::LabelPrinter device_;
    Render render_;
};

class SlipDesk {
public:
    SlipDesk(Spool& spool, PrinterId printer, transport::CupsQueue queue, Render render);
    /// Hands over every queued slip. CUPS' "completed" is no proof: slips stay `sent`, the packer sees the
    /// paper.
    DeskStep step(Instant now);

private:
    Spool& spool_;
    PrinterId printer_;
    transport::CupsQueue queue_;
    Render render_;
};

}  // namespace kenpin::spool
