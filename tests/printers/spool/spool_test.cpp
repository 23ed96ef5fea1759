#include "printers/spool/spool.hpp"

#include <fstream>
#include <iterator>

#include <doctest/doctest.h>

#include "core/base/limits.hpp"
#include "printers/spool/desk.hpp"
#include "tests/support/process.hpp"

using namespace kenpin;
using namespace kenpin::spool;

namespace {

const PrinterId zebra{"bench-1-label"};
const Instant morning = from_ms(1'795'000'000'000);

NewJob label_of(const std::string& shipment) {
    return {.printer = zebra, .document = {shipment + "/waybill/1"}, .sealed = "sealed-" + shipment};
}

Spool open_memory() {
    auto spool = Spool::open("sqlite::memory:", morning);
    REQUIRE(spool);
    return std::move(spool).value();
}

transport::Sent whole(std::string_view bytes) {
    return {bytes.size(), bytes.size(), std::nullopt};
}

// A printer that counts what it was given.
struct Tray {
    int labels = 0;
    std::function<transport::Sent(std::string_view)> takes_all() {
        return [this](std::string_view bytes) {
            ++labels;
            return whole(bytes);
        };
    }
};

std::string file_bytes(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("the same paper queued twice is one job") {
    auto spool = open_memory();
    const auto first = spool.enqueue(label_of("S1"), morning);
    const auto again = spool.enqueue(label_of("S1"), morning);
    REQUIRE(first);
    REQUIRE(again);
    CHECK(first.value().id == again.value().id);
    CHECK(spool.jobs({"S1/waybill/1"}).value().size() == 1);
    REQUIRE(spool.apply(first.value().id, Begun{}, morning));
    CHECK(spool.enqueue(label_of("S1"), morning).value().state == JobState::sending);
}

TEST_CASE("labels leave in the order they came, and at most two of them unproven") {
    auto spool = open_memory();
    for (const auto* shipment : {"S1", "S2", "S3"}) REQUIRE(spool.enqueue(label_of(shipment), morning));
    Tray tray;
    while (true) {
        const auto next = spool.next(zebra);
        REQUIRE(next);
        if (!next.value()) break;
        REQUIRE(print_job(spool, *next.value(), "zpl", tray.takes_all(), morning));
    }
    CHECK(tray.labels == limits::labels_in_flight);
    CHECK(spool.in_state(zebra, JobState::sent).value().front().document.value == "S1/waybill/1");
    REQUIRE(spool.prove({"S1/waybill/1"}, Proof::scanned, morning));
    CHECK(spool.next(zebra).value()->document.value == "S3/waybill/1");
    CHECK_FALSE(spool.next({"another"}).value().has_value());
}

TEST_CASE("papers queued at once are all there, and the same again changes nothing") {
    auto spool = open_memory();
    const std::vector<NewJob> pieces{label_of("S1"), label_of("S2"), label_of("S1")};
    const auto queued = spool.enqueue(pieces, morning);
    REQUIRE(queued);
    CHECK(queued.value()[0].id == queued.value()[2].id);
    CHECK(queued.value()[0].id != queued.value()[1].id);
    CHECK(spool.enqueue(pieces, morning).value().front().id == queued.value().front().id);
    CHECK(spool.in_state(zebra, JobState::queued).value().size() == 2);
}

TEST_CASE(
    "two labels leave together; when the line breaks, what was not begun waits and what was is unknown") {
    struct Moment {
        std::size_t taken;  // bytes of the first label that got through
        JobState first, second;
        int tries;
    };
    for (const auto& moment :
         {Moment{3, JobState::sent, JobState::sent, 2}, Moment{1, JobState::unknown, JobState::queued, 1},
          Moment{0, JobState::queued, JobState::queued, 1}}) {
        auto spool = open_memory();
        for (const auto* shipment : {"S1", "S2", "S3"}) REQUIRE(spool.enqueue(label_of(shipment), morning));
        std::vector<Ready> pair;
        const auto next = spool.next_labels(zebra).value();
        for (const auto& job : next) pair.push_back({job, "zpl"});
        REQUIRE(pair.size() == limits::labels_in_flight);
        int tries = 0;
        const auto send = [&](const Job&, std::string_view bytes) {
            ++tries;
            CHECK(spool.in_state(zebra, JobState::sending).value().size() ==
                  2);  // durable before a byte leaves
            if (moment.taken == bytes.size()) return whole(bytes);
            return transport::Sent{moment.taken, bytes.size(), Error{Error::Kind::unreachable, "reset"}};
        };
        const auto became = print_jobs(spool, pair, send, morning);
        REQUIRE(became);
        CHECK(became.value()[0].state == moment.first);
        CHECK(became.value()[1].state == moment.second);
        CHECK(tries == moment.tries);
    }
}

TEST_CASE("what happened to several jobs is written down whole or not at all") {
    auto spool = open_memory();
    const auto one = spool.enqueue(label_of("S1"), morning).value();
    const auto two = spool.enqueue(label_of("S2"), morning).value();
    REQUIRE(spool.apply(two.id, Cancelled{}, morning));
    CHECK_FALSE(spool.apply({{one.id, Begun{}}, {two.id, Begun{}}}, morning));
    CHECK(spool.job(one.id).value().state == JobState::queued);
}

TEST_CASE(
    "another printer takes over what no printer has seen; what was begun stays where it may be on paper") {
    auto spool = open_memory();
    const PrinterId stand_in{"bench-1-label-2"};
    for (const auto* shipment : {"S1", "S2", "S3"}) REQUIRE(spool.enqueue(label_of(shipment), morning));
    Tray tray;
    REQUIRE(print_job(spool, *spool.next(zebra).value(), "zpl", tray.takes_all(), morning));
    CHECK(spool.hand_over(zebra, stand_in, morning).value() == 2);
    CHECK(spool.jobs({"S1/waybill/1"}).value().front().printer == zebra);
    CHECK(spool.in_state(zebra, JobState::sent).value().size() == 1);
    CHECK(spool.next(stand_in).value()->document.value == "S2/waybill/1");
    CHECK_FALSE(spool.next(zebra).value().has_value());
    CHECK(spool.enqueue(label_of("S2"), morning).value().printer ==
          stand_in);  // asked for again: still one job
    CHECK(spool.hand_over(zebra, stand_in, morning).value() == 0);
}

TEST_CASE("slips are not held back by unproven slips") {
    auto spool = open_memory();
    for (const auto* name : {"S1/slip/1", "S2/slip/1", "S3/slip/1"})
        REQUIRE(spool.enqueue({.printer = zebra, .document = {name}, .paper = Paper::slip, .sealed = "x"},
                              morning));
    Tray tray;
    for (auto next = spool.next(zebra); next.value(); next = spool.next(zebra))
        REQUIRE(print_job(spool, *next.value(), "pdf", tray.takes_all(), morning));
    CHECK(tray.labels == 3);
}

TEST_CASE("how far a job went decides what it becomes") {
    auto spool = open_memory();
    const auto job = spool.enqueue(label_of("S1"), morning).value();
    const Error broken{Error::Kind::unreachable, "reset"};
    const auto nothing = [&](std::string_view bytes) { return transport::Sent{0, bytes.size(), broken}; };
    const auto half = [&](std::string_view bytes) { return transport::Sent{1, bytes.size(), broken}; };
    CHECK(print_job(spool, job, "zpl", nothing, morning).value().state == JobState::queued);
    CHECK(print_job(spool, job, "zpl", half, morning).value().state == JobState::unknown);
    CHECK_FALSE(spool.next(zebra).value().has_value());
    CHECK_FALSE(print_job(spool, job, "zpl", whole, morning));
}

TEST_CASE("kill -9 at any moment: nothing is printed twice by itself and nothing is forgotten") {
    struct Moment {
        const char* name;
        std::vector<JobEvent> before;
        JobState after_restart;
        int labels_after;  // that the restarted program prints by itself
    };
    const std::vector<Moment> moments{
        {"queued", {}, JobState::queued, 1},
        {"begun, no byte sent", {Begun{}}, JobState::unknown, 0},
        {"sent", {Begun{}, WholeSent{}}, JobState::sent, 0},
        {"part sent", {Begun{}, PartSent{}}, JobState::unknown, 0},
        {"nothing sent", {Begun{}, NothingSent{}}, JobState::queued, 1},
        {"printed", {Begun{}, WholeSent{}, Proven{Proof::scanned}}, JobState::printed, 0},
        {"given up", {Begun{}, PartSent{}, NotThere{}}, JobState::failed, 0},
        {"cancelled", {Cancelled{}}, JobState::cancelled, 0}};
    for (const auto& moment : moments) {
        INFO(moment.name);
        const support::TempDir dir;
        const auto url = "sqlite:" + (dir / "spool.db").string();
        JobId id;
        {
            auto spool = Spool::open(url, morning);
            REQUIRE(spool);
            auto open = std::move(spool).value();
            id = open.enqueue(label_of("S1"), morning).value().id;
            for (const auto& event : moment.before) REQUIRE(open.apply(id, event, morning));
        }  // the program is gone; only the file is left
        auto again = Spool::open(url, morning);
        REQUIRE(again);
        auto spool = std::move(again).value();
        CHECK(spool.job(id).value().state == moment.after_restart);
        Tray tray;
        for (auto next = spool.next(zebra); next.value(); next = spool.next(zebra))
            REQUIRE(print_job(spool, *next.value(), "zpl", tray.takes_all(), morning));
        CHECK(tray.labels == moment.labels_after);
        CHECK(spool.enqueue(label_of("S1"), morning).value().id == id);  // asking again prints nothing either
        CHECK_FALSE(spool.next(zebra).value().has_value());
    }
}

TEST_CASE("a reprint keeps the paper's name, counts the copy up and wants a reason") {
    auto spool = open_memory();
    const DocumentId document{"S1/waybill/1"};
    CHECK_FALSE(spool.reprint(document, "smudged", "sealed", morning));
    const auto first = spool.enqueue(label_of("S1"), morning).value();
    CHECK_FALSE(spool.reprint(document, "smudged", "sealed", morning));  // it will come out anyway
    REQUIRE(spool.apply(first.id, Begun{}, morning));
    CHECK_FALSE(spool.reprint(document, "", "sealed", morning));
    const auto second = spool.reprint(document, "smudged", "sealed", morning);
    REQUIRE(second);
    CHECK(second.value().copy_no == 2);
    CHECK(second.value().reason == "smudged");
    CHECK(second.value().state == JobState::queued);
    CHECK(spool.job(first.id).value().state == JobState::sending);
}

TEST_CASE("the scanned label proves the newest unproven copy and erases the address") {
    const support::TempDir dir;
    const auto path = dir / "spool.db";
    auto spool = std::move(Spool::open("sqlite:" + path.string(), morning)).value();
    auto job = label_of("S1");
    job.sealed = "SEALED-DOCUMENT-OF-S1";
    const auto id = spool.enqueue(job, morning).value().id;
    CHECK(spool.sealed(id).value() == "SEALED-DOCUMENT-OF-S1");
    REQUIRE(spool.apply(id, Begun{}, morning));
    REQUIRE(spool.apply(id, PartSent{}, morning));
    const auto proven = spool.prove(job.document, Proof::scanned, morning);
    REQUIRE(proven);
    CHECK(proven.value()->state == JobState::printed);
    CHECK(proven.value()->proof == Proof::scanned);
    CHECK(spool.sealed(id).value().empty());
    CHECK_FALSE(spool.prove(job.document, Proof::scanned, morning).value().has_value());
    CHECK(file_bytes(path).find(sqlite::to_hex("SEALED-DOCUMENT-OF-S1")) == std::string::npos);
}

TEST_CASE("a void paper no longer prints, and an old one is erased unprinted") {
    auto spool = open_memory();
    const auto voided = spool.enqueue(label_of("S1"), morning).value().id;
    REQUIRE(spool.void_document({"S1/waybill/1"}, morning));
    CHECK(spool.job(voided).value().state == JobState::cancelled);
    CHECK(spool.sealed(voided).value().empty());

    const auto old = spool.enqueue(label_of("S2"), morning).value().id;
    REQUIRE(spool.erase_expired(morning + limits::print_document_life));
    CHECK(spool.job(old).value().state == JobState::queued);
    REQUIRE(spool.erase_expired(morning + limits::print_document_life + Millis{1}));
    CHECK(spool.job(old).value().state == JobState::cancelled);
    CHECK(spool.job(old).value().reason == "expired");
    CHECK(spool.sealed(old).value().empty());
}

TEST_CASE(
    "a printer that has all on paper proves what was sent; one that was switched off leaves it unknown") {
    auto spool = open_memory();
    for (const auto* shipment : {"S1", "S2"}) {
        const auto id = spool.enqueue(label_of(shipment), morning).value().id;
        REQUIRE(spool.apply(id, Begun{}, morning));
        REQUIRE(spool.apply(id, WholeSent{}, morning));
    }
    CHECK(spool.apply_to_sent({"another"}, Forgotten{}, morning).value().empty());
    CHECK(spool.apply_to_sent(zebra, Forgotten{}, morning).value().size() == 2);
    CHECK(spool.apply_to_sent(zebra, Proven{Proof::printer}, morning).value().empty());
    CHECK(spool.in_state(zebra, JobState::unknown).value().size() == 2);
}
