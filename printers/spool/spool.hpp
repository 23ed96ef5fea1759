#pragma once
// The spool: what was printed, with proof. Each change is durable before the call returns; the state machine
// is job.hpp. Personal data is only in the sealed document, bytes that the caller has sealed; it is erased as
// soon as nobody needs it any more. One thread (the printing thread).
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adaptors/sqlite/database.hpp"
#include "core/base/result.hpp"
#include "printers/spool/job.hpp"

namespace kenpin::spool {

struct NewJob {
    PrinterId printer{};
    DocumentId document{};
    int copy_no = 1;
    Paper paper = Paper::label;
    std::string sealed{};  // what the renderer will need
    std::string reason{};  // of a reprint
};

struct JobChange {
    JobId job;
    JobEvent event;
};

class Spool {
public:
    /// `url` as sqlite::Database takes it; a database of its own. What was being sent when the program ended
    /// becomes unknown; documents older than limits::print_document_life are erased.
    static Result<Spool> open(const std::string& url, Instant now);

    /// The same (document, copy) twice is one job: the second time answers the first one unchanged.
    Result<Job> enqueue(const NewJob& job, Instant now);
    /// The same for several papers at once: all of them or none.
    Result<std::vector<Job>> enqueue(const std::vector<NewJob>& jobs, Instant now);
    /// One more copy of a document that has been begun before: the same tracking number, the next copy
    /// number. Errors: not_found (never queued), refused (empty reason; or its first copy still waits in the
    /// queue).
    Result<Job> reprint(const DocumentId& document, const std::string& reason, std::string sealed,
                        Instant now);

    /// The oldest queued job of the printer; nothing when there is none or, for labels, when
    /// limits::labels_in_flight of them are unproven.
    Result<std::optional<Job>> next(const PrinterId& printer);
    /// The oldest queued labels of the printer, as many as may leave now.
    Result<std::vector<Job>> next_labels(const PrinterId& printer);
    /// The sealed document; empty once erased.
    Result<std::string> sealed(JobId job);

    /// Errors: not_found; refused when the event does not fit the state (nothing changes then).
    Result<Job> apply(JobId id, const JobEvent& event, Instant now, const std::string& reason = {});
    /// What happened to several jobs, written down at once: all of it or nothing.
    Result<std::vector<Job>> apply(const std::vector<JobChange>& changes, Instant now);
    /// The label in hand was scanned, or a person looked: the newest unproven copy is printed, and every
    /// sealed copy of the document is erased. Nothing when no copy was unproven (the sealed copies are erased
    /// all the same).
    Result<std::optional<Job>> prove(const DocumentId& document, Proof by, Instant now);
    /// Every sent label of the printer, at once: its whole queue is on paper, or its memory is lost.
    Result<std::vector<Job>> apply_to_sent(const PrinterId& printer, const JobEvent& event, Instant now);
    /// Labels of `from` that no printer has seen a byte of go to `to`, in their order; what was begun stays
    /// where it is. How many went.
    Result<std::int64_t> hand_over(const PrinterId& from, const PrinterId& to, Instant now);
    /// The document is void: what waits is cancelled, every sealed copy is erased.
    Outcome void_document(const DocumentId& document, Instant now);
    /// Erases sealed documents queued longer ago than limits::print_document_life; queued ones are cancelled.
    Outcome erase_expired(Instant now);

    Result<Job> job(JobId id);
    Result<std::vector<Job>> jobs(const DocumentId& document);
    Result<std::vector<Job>> in_state(const PrinterId& printer, JobState state);

private:
    explicit Spool(sqlite::Database database) : database_(std::move(database)) {}
    sqlite::Database database_;
};

}  // namespace kenpin::spool
