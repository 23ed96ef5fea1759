#include "printers/spool/spool.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "adaptors/sqlite/migrate.hpp"
#include "core/base/limits.hpp"

namespace kenpin::spool {

namespace {

using sqlite::Tx;

constexpr std::array<sqlite::Migration, 1> migrations{
    {{1, "the spool",
      "CREATE TABLE spool_job (id BIGINT PRIMARY KEY, printer TEXT NOT NULL, document TEXT NOT NULL,"
      " copy_no BIGINT NOT NULL, paper TEXT NOT NULL, state TEXT NOT NULL, proof TEXT NOT NULL,"
      " reason TEXT NOT NULL, queued_at BIGINT NOT NULL, changed_at BIGINT NOT NULL, sealed TEXT,"
      " UNIQUE (document, copy_no));"
      "CREATE INDEX spool_job_by_printer ON spool_job (printer, state, id);"}}};

const std::string job_columns =
    "SELECT id, printer, document, copy_no, paper, state, proof, reason, queued_at, changed_at FROM "
    "spool_job ";

template <class... Params>
std::vector<Job> select(Tx& tx, const std::string& where, const Params&... params) {
    std::vector<Job> out;
    auto rows = tx.rows<JobId, PrinterId, DocumentId, int, std::string, std::string, std::string, std::string,
                        Instant, Instant>(job_columns + where, params...);
    for (auto& [id, printer, document, copy_no, paper, state, proof, reason, queued_at, changed_at] : rows) {
        const auto known_paper = paper_of(paper);
        const auto known_state = job_state_of(state);
        const auto known_proof = proof_of(proof);
        if (!known_paper || !known_state || !known_proof) {
            tx.fail({Error::Kind::corrupt, "a spool row in no known state"});
            return {};
        }
        out.push_back({id, printer, document, copy_no, *known_paper, *known_state, *known_proof, reason,
                       queued_at, changed_at});
    }
    return out;
}

std::optional<Job> find(Tx& tx, JobId id) {
    auto found = select(tx, "WHERE id = ?", id);
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

void store(Tx& tx, const Job& job) {
    tx.run("UPDATE spool_job SET state = ?, proof = ?, reason = ?, changed_at = ? WHERE id = ?",
           to_text(job.state), to_text(job.proof), job.reason, job.changed_at, job.id);
}

void erase_sealed(Tx& tx, const DocumentId& document) {
    tx.run("UPDATE spool_job SET sealed = NULL WHERE document = ? AND sealed IS NOT NULL", document);
}

// False: the event does not fit, nothing was changed.
bool change(Tx& tx, Job& job, const JobEvent& event, Instant now, const std::string& reason) {
    const auto next = after(job.state, event);
    if (!next) return false;
    job.state = *next;
    job.changed_at = now;
    if (!reason.empty()) job.reason = reason;
    if (const auto* proven = std::get_if<Proven>(&event)) job.proof = proven->by;
    store(tx, job);
    return true;
}

Job insert(Tx& tx, const NewJob& wanted, Instant now) {
    Job job{{tx.value<std::int64_t>("SELECT COALESCE(MAX(id), 0) + 1 FROM spool_job").value_or(0)},
            wanted.printer,
            wanted.document,
            wanted.copy_no,
            wanted.paper,
            JobState::queued,
            Proof::none,
            wanted.reason,
            now,
            now};
    tx.run(
        "INSERT INTO spool_job (id, printer, document, copy_no, paper, state, proof, reason, queued_at, "
        "changed_at,"
        " sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        job.id, job.printer, job.document, job.copy_no, to_text(job.paper), to_text(job.state),
        to_text(job.proof), job.reason, job.queued_at, job.changed_at, sqlite::Bytes{wanted.sealed});
    return job;
}

Job known_or_new(Tx& tx, const NewJob& wanted, Instant now) {
    auto known = select(tx, "WHERE document = ? AND copy_no = ?", wanted.document, wanted.copy_no);
    return known.empty() ? insert(tx, wanted, now) : std::move(known.front());
}

void recover(Tx& tx, Instant now) {
    for (auto& job : select(tx, "WHERE state = ?", to_text(JobState::sending)))
        change(tx, job, Restarted{}, now, {});
}

void cancel_queued(Tx& tx, std::vector<Job> jobs, Instant now, const std::string& reason) {
    for (auto& job : jobs) change(tx, job, Cancelled{}, now, reason);
}

std::int64_t labels_allowed(Tx& tx, const PrinterId& printer) {
    const auto in_flight = tx.value<std::int64_t>(
        "SELECT COUNT(*) FROM spool_job WHERE printer = ? AND paper = ? AND state IN (?, ?)", printer,
        to_text(Paper::label), to_text(JobState::sending), to_text(JobState::sent));
    return std::max<std::int64_t>(limits::labels_in_flight - in_flight.value_or(0), 0);
}

Error no_such_job() {
    return {Error::Kind::not_found, "no such job in the spool"};
}

Result<Job> changed(Tx& tx, const JobChange& wanted, Instant now, const std::string& reason) {
    auto job = find(tx, wanted.job);
    if (!job) return no_such_job();
    if (!change(tx, *job, wanted.event, now, reason))
        return Error{Error::Kind::refused,
                     std::string("this does not happen to a job that is ") + to_text(job->state)};
    return std::move(*job);
}

}  // namespace

Result<Spool> Spool::open(const std::string& url, Instant now) {
    auto database = sqlite::Database::open(url);
    if (!database) return database.error();
    Spool spool(std::move(database).value());
    if (const auto ready = sqlite::migrate(spool.database_, migrations); !ready) return ready.error();
    const auto recovered = spool.database_.transact([&](Tx& tx) -> Outcome {
        recover(tx, now);
        return Done{};
    });
    if (!recovered) return recovered.error();
    if (const auto erased = spool.erase_expired(now); !erased) return erased.error();
    return spool;
}

Result<Job> Spool::enqueue(const NewJob& job, Instant now) {
    return database_.transact([&](Tx& tx) -> Result<Job> { return known_or_new(tx, job, now); });
}

Result<std::vector<Job>> Spool::enqueue(const std::vector<NewJob>& jobs, Instant now) {
    return database_.transact([&](Tx& tx) -> Result<std::vector<Job>> {
        std::vector<Job> queued;
        for (const auto& job : jobs) queued.push_back(known_or_new(tx, job, now));
        return queued;
    });
}

Result<Job> Spool::reprint(const DocumentId& document, const std::string& reason, std::string sealed,
                           Instant now) {
    if (reason.empty()) return Error{Error::Kind::refused, "a reprint needs its reason"};
    return database_.transact([&](Tx& tx) -> Result<Job> {
        const auto copies = select(tx, "WHERE document = ? ORDER BY copy_no", document);
        if (copies.empty()) return no_such_job();
        const auto& last = copies.back();
        if (last.state == JobState::queued)
            return Error{Error::Kind::refused, "the copy before it still waits"};
        return insert(tx, {last.printer, document, last.copy_no + 1, last.paper, sealed, reason}, now);
    });
}

Result<std::optional<Job>> Spool::next(const PrinterId& printer) {
    return database_.read([&](Tx& tx) -> Result<std::optional<Job>> {
        auto waiting = select(tx, "WHERE printer = ? AND state = ? ORDER BY id LIMIT 1", printer,
                              to_text(JobState::queued));
        if (waiting.empty()) return std::optional<Job>{};
        if (waiting.front().paper == Paper::label && labels_allowed(tx, printer) <= 0)
            return std::optional<Job>{};
        return std::optional(std::move(waiting.front()));
    });
}

Result<std::vector<Job>> Spool::next_labels(const PrinterId& printer) {
    return database_.read([&](Tx& tx) -> Result<std::vector<Job>> {
        return select(tx, "WHERE printer = ? AND state = ? AND paper = ? ORDER BY id LIMIT ?", printer,
                      to_text(JobState::queued), to_text(Paper::label), labels_allowed(tx, printer));
    });
}

Result<std::string> Spool::sealed(JobId job) {
    return database_.read([&](Tx& tx) -> Result<std::string> {
        auto held = tx.value<sqlite::Bytes>("SELECT COALESCE(sealed, '') FROM spool_job WHERE id = ?", job);
        if (!held) return no_such_job();
        return std::move(held->value);
    });
}

Result<Job> Spool::apply(JobId id, const JobEvent& event, Instant now, const std::string& reason) {
    return database_.transact([&](Tx& tx) -> Result<Job> { return changed(tx, {id, event}, now, reason); });
}

Result<std::vector<Job>> Spool::apply(const std::vector<JobChange>& changes, Instant now) {
    return database_.transact([&](Tx& tx) -> Result<std::vector<Job>> {
        std::vector<Job> out;
        for (const auto& change : changes) {
            auto job = changed(tx, change, now, {});
            if (!job) return job.error();
            out.push_back(std::move(job).value());
        }
        return out;
    });
}

Result<std::optional<Job>> Spool::prove(const DocumentId& document, Proof by, Instant now) {
    return database_.transact([&](Tx& tx) -> Result<std::optional<Job>> {
        erase_sealed(tx, document);
        auto copies = select(tx, "WHERE document = ? ORDER BY copy_no DESC", document);
        for (auto& job : copies)
            if (change(tx, job, Proven{by}, now, {})) return std::optional(std::move(job));
        return std::optional<Job>{};
    });
}

Result<std::vector<Job>> Spool::apply_to_sent(const PrinterId& printer, const JobEvent& event, Instant now) {
    return database_.transact([&](Tx& tx) -> Result<std::vector<Job>> {
        std::vector<Job> changed;
        for (auto& job : select(tx, "WHERE printer = ? AND state = ? AND paper = ? ORDER BY id", printer,
                                to_text(JobState::sent), to_text(Paper::label)))
            if (change(tx, job, event, now, {})) changed.push_back(job);
        return changed;
    });
}

Result<std::int64_t> Spool::hand_over(const PrinterId& from, const PrinterId& to, Instant now) {
    return database_.transact([&](Tx& tx) -> Result<std::int64_t> {
        return tx.run(
            "UPDATE spool_job SET printer = ?, changed_at = ? WHERE printer = ? AND state = ? AND paper = ?",
            to, now, from, to_text(JobState::queued), to_text(Paper::label));
    });
}

Outcome Spool::void_document(const DocumentId& document, Instant now) {
    return database_.transact([&](Tx& tx) -> Outcome {
        cancel_queued(tx, select(tx, "WHERE document = ? AND state = ?", document, to_text(JobState::queued)),
                      now, "void");
        erase_sealed(tx, document);
        return Done{};
    });
}

Outcome Spool::erase_expired(Instant now) {
    return database_.transact([&](Tx& tx) -> Outcome {
        const Instant oldest = now - limits::print_document_life;
        cancel_queued(tx, select(tx, "WHERE state = ? AND queued_at < ?", to_text(JobState::queued), oldest),
                      now, "expired");
        tx.run("UPDATE spool_job SET sealed = NULL WHERE queued_at < ? AND sealed IS NOT NULL", oldest);
        return Done{};
    });
}

Result<Job> Spool::job(JobId id) {
    return database_.read([&](Tx& tx) -> Result<Job> {
        auto found = find(tx, id);
        if (!found) return no_such_job();
        return *found;
    });
}

Result<std::vector<Job>> Spool::jobs(const DocumentId& document) {
    return database_.read([&](Tx& tx) -> Result<std::vector<Job>> {
        return select(tx, "WHERE document = ? ORDER BY copy_no", document);
    });
}

Result<std::vector<Job>> Spool::in_state(const PrinterId& printer, JobState state) {
    return database_.read([&](Tx& tx) -> Result<std::vector<Job>> {
        return select(tx, "WHERE printer = ? AND state = ? ORDER BY id", printer, to_text(state));
    });
}

}  // namespace kenpin::spool
