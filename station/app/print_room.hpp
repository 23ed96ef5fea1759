#pragma once
// The papers of one bench: fetches print documents early, queues what the flow asks for, prints as printers
// allow, and says what became of it. A paper is asked for by (shipment, paper, piece, copy) and queued once,
// however often it is asked for; what a crash left unproven is never printed again by itself
// (printers/spool).
//
//   prepare ──fetch──> document (sealed, here) ──print──> spool ──desks──> reports
//                            └────────── erase: closed (the label is proven) or withdrawn
//
// A second label printer may stand in: what waits for the first goes there once that cannot print for some
// seconds; new labels go to the first again as soon as it can.
//
// Synchronous; the printing thread (print_thread.hpp) drives it.
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "printers/spool/desk.hpp"
#include "printers/spool/spool.hpp"
#include "station/app/document_store.hpp"
#include "station/app/paper_maker.hpp"
#include "station/app/ports.hpp"

namespace kenpin::app {

/// The sealed document of a shipment from the server. Errors: unreachable, not_found (not queued for this
/// bench).
using FetchDocument = std::function<Result<std::string>(const ShipmentId&)>;
/// Takes flow::PaperReported and flow::PrinterReported.
using Report = std::function<void(const flow::Event&)>;

struct PrintRoomSetup {
    std::string spool_url;      // as sqlite::Database takes it
    std::string documents_url;  // the same, another file
    PrinterId label_printer;
    std::optional<transport::Address> label_address;  // nothing: no labels are printed here
    PrinterId stand_in_printer{};
    std::optional<transport::Address>
        stand_in_address{};  // of the same model; takes over while the first cannot
    PrinterId slip_printer;
    std::optional<transport::CupsQueue> slip_queue;  // nothing: no slips
    encode::PrinterModel label_model{};
};

class PrintRoom {
public:
    static Result<std::unique_ptr<PrintRoom>> open(PrintRoomSetup setup, FetchDocument fetch, Report report,
                                                   Instant now);
    PrintRoom(const PrintRoom&) = delete;
    PrintRoom& operator=(const PrintRoom&) = delete;

    /// A wrong key is only logged: the papers wait for the right one.
    void use_key(const std::string& base64);
    void prepare(const ShipmentId& shipment, const std::vector<TrackingNo>& numbers);
    void print(const flow::PrintPapers& wanted, Instant now);
    void erase(const ShipmentId& shipment, PapersEnd why, Instant now);

    /// Does what can be done now; answers how long nothing else will be due.
    Millis step(Instant now, Millis mono);

private:
    PrintRoom(PrintRoomSetup setup, FetchDocument fetch, Report report, spool::Spool spool,
              DocumentStore documents);
    struct Wanted {  // of a shipment whose document is not here yet, or names other numbers
        std::vector<flow::PrintPapers::Paper> papers{};
        std::vector<TrackingNo> numbers{};
    };

    void report_unknown(Instant now);
    std::optional<protocol::PrintDocument> document(const ShipmentId& shipment);
    bool names_what_is_wanted(const protocol::PrintDocument& document) const;
    bool queue(const ShipmentId& shipment, const std::vector<flow::PrintPapers::Paper>& papers, Instant now);
    bool queue_jobs(const std::vector<spool::NewJob>& wanted, Instant now);
    void report_no_printer(const ShipmentId& shipment, const flow::PrintPapers::Paper& paper, Instant now);
    void erase_expired(Instant now, Millis mono);
    void fetch_wanted(Instant now, Millis mono);
    Outcome fetch_one(const ShipmentId& shipment, const Wanted& wanted, Instant now);
    struct LabelStand {  // a label printer at this bench
        PrinterId printer;
        spool::LabelDesk desk;
        Millis next_at{0};
        std::optional<Millis> trouble_since{};  // it cannot print
    };

    void add_label_printer(const PrinterId& printer, const transport::Address& address);
    void run_labels(Instant now, Millis mono);
    void run_label_printer(LabelStand& stand, Instant now, Millis mono);
    void hand_over(Instant now, Millis mono);
    void run_slips(Instant now, Millis mono);
    bool has_label_work(const PrinterId& printer);
    void report_all(const std::vector<spool::Job>& jobs, Instant now);
    void report_job(const spool::Job& job, Instant now);
    void report_printer(const PrinterId& printer, const spool::DeskStep& step, Instant now);
    void prove_labels(const ShipmentId& shipment, Instant now);

    PrintRoomSetup setup_;
    FetchDocument fetch_;
    Report report_;
    spool::Spool spool_;
    DocumentStore documents_;
    PaperMaker maker_;
    std::vector<LabelStand> labels_;  // the first, and the one that stands in for it
    std::optional<spool::SlipDesk> slips_;
    std::map<ShipmentId, Wanted> wanted_;
    std::map<PrinterId, std::string> printer_states_;
    Millis fetch_at_{0};
    Millis erase_at_{0};
    Millis fetch_pause_{0};
    Millis slips_at_{0};
    bool is_woken_ = true;  // something was queued
};

}  // namespace kenpin::app
