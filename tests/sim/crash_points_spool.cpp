// The transactions of a bench's print spool.
#include <functional>
#include <utility>

#include "core/base/check.hpp"
#include "core/base/limits.hpp"
#include "printers/spool/spool.hpp"
#include "tests/sim/crash_points.hpp"

namespace kenpin::sim {
namespace {

using spool::Spool;
using support::FaultDisk;

constexpr const char* file = "spool.db";
const Instant morning = from_ms(1'795'000'000'000);
const spool::DocumentId first{"S1/waybill/1"}, second{"S2/waybill/1"};
const PrinterId printer{"LP1"};

using Act = std::function<Outcome(Spool&)>;

Result<Spool> open(FaultDisk& disk) {
    return Spool::open("sqlite:" + disk.path(file), morning);
}

Spool must_open(FaultDisk& disk) {
    auto opened = open(disk);
    KENPIN_CHECK(static_cast<bool>(opened));
    return std::move(opened).value();
}

template <class T>
Outcome done_or_error(const Result<T>& result) {
    if (!result) return result.error();
    return Done{};
}

spool::NewJob job(const spool::DocumentId& document) {
    return {.printer = printer, .document = document, .sealed = "sealed"};
}

Outcome apply(Spool& spool, const spool::DocumentId& document, const spool::JobEvent& event) {
    const auto jobs = spool.jobs(document);
    KENPIN_CHECK(jobs && !jobs.value().empty());
    return done_or_error(spool.apply(jobs.value().back().id, event, morning));
}

/// `steps`: what became of the first document before.
Transaction of_spool(std::string name, const std::vector<spool::JobEvent>& steps, const Act& act) {
    return {.name = std::move(name),
            .file = file,
            .before =
                [](FaultDisk& disk) {
                    auto spool = must_open(disk);
                    KENPIN_CHECK(static_cast<bool>(spool.enqueue(job(first), morning)));
                },
            .run =
                [steps, act](FaultDisk& disk, Attempt& attempt) {
                    auto spool = must_open(disk);
                    for (const auto& step : steps)        // here: what was begun is unknown after a restart
                        (void)apply(spool, first, step);  // refused when it is run again
                    (void)attempt.run([&] { return act(spool); });  // the attempt keeps the answer
                },
            .start =
                [](FaultDisk& disk, const std::function<void()>& then) {
                    const auto opened = open(disk);
                    then();
                    return static_cast<bool>(opened);
                },
            .ends_with_program = !steps.empty()};
}

Act takes(const spool::JobEvent& event) {
    return [event](Spool& spool) { return apply(spool, first, event); };
}

Transaction of_open(std::string name, std::function<void(FaultDisk&)> before) {
    auto transaction = of_spool(std::move(name), {}, {});
    transaction.before = std::move(before);
    transaction.is_in_steps = true;
    transaction.run = [](FaultDisk& disk, Attempt& attempt) {
        (void)attempt.run([&] { return done_or_error(open(disk)); });  // the attempt keeps the answer
    };
    return transaction;
}

}  // namespace

std::vector<Transaction> transactions_of_spool() {
    using namespace spool;
    return {
        of_spool("a paper is queued", {},
                 [](Spool& spool) { return done_or_error(spool.enqueue(job(second), morning)); }),
        of_spool("a paper is begun", {}, takes(Begun{})),
        of_spool("a paper was sent whole", {Begun{}}, takes(WholeSent{})),
        of_spool("nothing of a paper was sent", {Begun{}}, takes(NothingSent{})),
        of_spool("part of a paper was sent", {Begun{}}, takes(PartSent{})),
        of_spool("the printer forgot a paper", {Begun{}, WholeSent{}}, takes(Forgotten{})),
        of_spool("a person saw no paper", {Begun{}, PartSent{}}, takes(NotThere{})),
        of_spool("a paper cannot be drawn", {}, takes(Undrawable{})),
        of_spool("the label in hand is scanned", {Begun{}, WholeSent{}},
                 [](Spool& spool) { return done_or_error(spool.prove(first, Proof::scanned, morning)); }),
        of_spool("a label is printed once more", {Begun{}, PartSent{}},
                 [](Spool& spool) { return done_or_error(spool.reprint(first, "torn", "sealed", morning)); }),
        of_spool(
            "all labels of a printer are forgotten", {Begun{}, WholeSent{}},
            [](Spool& spool) { return done_or_error(spool.apply_to_sent(printer, Forgotten{}, morning)); }),
        of_spool("a document is void", {}, [](Spool& spool) { return spool.void_document(first, morning); }),
        of_spool("documents grow too old", {},
                 [](Spool& spool) {
                     return spool.erase_expired(morning + limits::print_document_life +
                                                std::chrono::hours{1});
                 }),
        of_open("a spool is opened for the first time", [](FaultDisk&) {}),
        of_open("a spool is opened while a paper was being sent", [](FaultDisk& disk) {
            auto spool = must_open(disk);
            KENPIN_CHECK(static_cast<bool>(spool.enqueue(job(first), morning)));
            KENPIN_CHECK(static_cast<bool>(apply(spool, first, Begun{})));
        })};
}

}  // namespace kenpin::sim
