#pragma once
// Our side of the talk with one printer over one connection: what to ask, what its answers say, and which
// jobs are certainly on paper. The memory ends with the connection: a printer that was switched off and on
// has forgotten its labels, and says the same as one that has printed them. Pure.
//
//   sent(job) ──> carried ──hear(): the language's own proof──> proven        (drawn per language in its
//   .cpp)
#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "printers/encode/label_job.hpp"
#include "printers/encode/status.hpp"

namespace kenpin::encode {

class Dialogue {
public:
    Dialogue() = default;
    Dialogue(const Dialogue&) = delete;
    Dialogue& operator=(const Dialogue&) = delete;
    virtual ~Dialogue() = default;

    /// The bytes of a job have all been sent, after everything that was asked and before what will be.
    void sent(const JobMark& mark);
    /// What to ask now, when `asked` questions of this round have brought no certain answer; empty: nothing
    /// (more). Whoever calls sends it at once.
    virtual std::string question(int asked) = 0;
    /// Takes what has arrived, in pieces of any size. How many statuses were in it.
    virtual int hear(std::string_view bytes) = 0;
    /// Nothing that was asked is still open.
    virtual bool is_answered() const = 0;

    /// As the printer said last; nothing: it has said nothing yet.
    const std::optional<PrinterStatus>& status() const { return status_; }
    /// Jobs now known to be on paper, each told once.
    std::vector<JobMark> take_proven();

protected:
    void said(PrinterStatus status) { status_ = std::move(status); }
    const std::deque<JobMark>& carried() const { return carried_; }
    /// How many jobs were ever sent; prove_through() takes such a count.
    std::size_t sent_count() const { return gone_ + carried_.size(); }
    void prove_through(std::size_t count);
    void prove(const JobMark& mark);  // this one alone
    void prove_oldest() { prove_through(gone_ + 1); }
    /// Whatever is still carried will not be proven by the printer any more: somebody may have cancelled it
    /// there.
    void give_up_carried();

private:
    std::optional<PrinterStatus> status_;
    std::deque<JobMark> carried_;  // sent and not proven, in order
    std::size_t gone_ = 0;         // proven before them
    std::vector<JobMark> proven_;
};

}  // namespace kenpin::encode
