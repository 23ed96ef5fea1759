// The way of a label over the network, in every language of the table: spool, desk, TCP, a printer made of
// software, and back what the printer says of it.
#include <thread>

#include <doctest/doctest.h>

#include "adaptors/text/png.hpp"
#include "printers/spool/desk.hpp"
#include "tests/printers/e2e/labels.hpp"
#include "tests/printers/e2e/virtual_printer.hpp"

using namespace kenpin;
using namespace kenpin::spool;
using namespace std::chrono_literals;
using support::tracking_of;

namespace {

const PrinterId bench_printer{"bench-1-label"};
const Instant morning = from_ms(1'795'000'000'000);

layout::Label label_of(int n) {
    auto fields = layout::sample_waybill();
    fields.tracking = tracking_of(n);
    return layout::draw_waybill(fields, 8).value();
}

DocumentId document(int n) {
    return {"S" + std::to_string(n) + "/waybill/1"};
}

struct Bench {
    support::TempDir dir;
    encode::PrinterModel model;
    support::VirtualPrinter printer;
    Spool spool;
    LabelDesk desk;

    explicit Bench(const encode::Language& language)
        : model{.language = &language},
          printer(dir / "tray", 0, {"--language", language.name, "--label-ms", "300"}),
          spool(std::move(Spool::open("sqlite:" + (dir / "spool.db").string(), morning)).value()),
          desk(spool, bench_printer,
               transport::LabelPrinter(model, {"127.0.0.1", printer.port()}, {.answer = 600ms}),
               [this](const Job& job, const std::string& sealed) {
                   const auto label = label_of(std::stoi(sealed));
                   return model.language->encode({.bitmap = label.bitmap,
                                                  .media = model.media,
                                                  .head = model.head,
                                                  .mark = mark_of(job)});
               }) {}

    void queue(int from, int to) {
        for (int n = from; n <= to; ++n)
            REQUIRE(spool.enqueue(
                {.printer = bench_printer, .document = document(n), .sealed = std::to_string(n)}, morning));
    }
    Job job(int n) { return spool.jobs(document(n)).value().back(); }
    // Steps until `is_so` or ten seconds are over.
    template <class IsSo>
    bool until(IsSo&& is_so) {
        for (int tries = 0; tries < 200; ++tries) {
            const auto step = desk.step(morning);
            if (is_so(step)) return true;
            std::this_thread::sleep_for(50ms);
        }
        return false;
    }
};

template <class Check>
void for_each_language(Check&& check) {
    for (const auto* language : encode::languages()) {
        INFO("language ", language->name);
        check(*language);
    }
}

}  // namespace

TEST_CASE("in every language the very dots come out, and are proven by the printer or by the scan in hand") {
    for_each_language([](const encode::Language& language) {
        Bench bench(language);
        const bool can_prove = language.proof != encode::PrinterProof::none;
        bench.queue(1, 2);
        CHECK(bench.until([&](const DeskStep&) {
            return bench.job(2).state == (can_prove ? JobState::printed : JobState::sent);
        }));
        REQUIRE(bench.printer.wait_for_labels(2));
        for (const int n : {1, 2}) {
            const auto drawn = label_of(n).bitmap;
            const auto picture = text::gray_of_png(bench.printer.png(n));
            REQUIRE(picture);
            CHECK(picture.value().pixels ==
                  layout::crop(drawn, {0, 0, drawn.width_dots, drawn.height_dots}).pixels);
            CHECK(bench.job(n).proof == (can_prove ? Proof::printer : Proof::none));
            if (can_prove) continue;
            (void)bench.desk.step(morning);
            CHECK(bench.job(n).state == JobState::sent);  // it is out, and nobody has said so
            REQUIRE(bench.spool.prove(document(n), Proof::scanned, morning));
            CHECK(bench.job(n).state == JobState::printed);
        }
    });
}

TEST_CASE(
    "in every language an empty roll is said aloud, and no label inside the printer is called printed") {
    for_each_language([](const encode::Language& language) {
        Bench bench(language);
        REQUIRE(bench.printer.set_faults(R"({"media_out_after":1,"split_replies":true})"));
        bench.queue(1, 4);
        const bool is_loud = bench.until([&](const DeskStep& step) {
            return step.status && step.status->has(encode::Condition::media_out);
        });
        const auto status = bench.desk.step(morning).status;
        CHECK((is_loud || !status));  // a language without answers stays silent
        CHECK(bench.spool.in_state(bench_printer, JobState::printed).value().size() <= 1);
        CHECK(bench.spool.in_state(bench_printer, JobState::queued).value().size() >= 1);
        CHECK(bench.printer.tracking_numbers().size() == 1);
    });
}

TEST_CASE(
    "in every language a printer that lost its power leaves its labels unknown, and prints none again") {
    for_each_language([](const encode::Language& language) {
        Bench bench(language);
        REQUIRE(bench.printer.set_faults(R"({"wait_peel":-1})"));  // a label hangs there; the next one waits
        bench.queue(1, 1);
        (void)bench.desk.step(morning);
        // If it has said so, nothing was sent to it: there is nothing to lose.
        const bool was_sent = bench.job(1).state == JobState::sent;
        REQUIRE(bench.printer.set_faults(R"({"wait_peel":null,"power_cycle":true})"));
        CHECK(bench.until([&](const DeskStep&) {
            return was_sent ? bench.job(1).state == JobState::unknown
                            : bench.job(1).state != JobState::queued;
        }));
        if (was_sent) CHECK(bench.printer.tracking_numbers().empty());
    });
}
