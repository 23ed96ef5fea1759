#pragma once
// One label printer on the network, whatever language it speaks, with the memory that a proof needs: the talk
// (encode/dialogue.hpp) lives as long as the connection that carried the labels, for a printer that was
// switched off and on has forgotten them. One thread (the printing thread).
#include <chrono>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "printers/encode/printer_model.hpp"
#include "printers/transport/tcp.hpp"

namespace kenpin::transport {

struct PrinterLimits {
    std::chrono::milliseconds connect{2'000};
    std::chrono::milliseconds progress{5'000};  // of sending, from the last byte taken
    std::chrono::milliseconds answer{1'000};    // to one round of questions
};

class LabelPrinter {
public:
    LabelPrinter(encode::PrinterModel model, Address address, PrinterLimits limits = {})
        : model_(std::move(model)), address_(std::move(address)), limits_(limits) {}

    /// Sends one job and waits until the printer's side has acknowledged its bytes. Opens a connection if
    /// there is none; one that has died meanwhile is an error, for it may have taken labels with it. `taken`
    /// = 0 with an error: the printer has seen nothing of this job.
    Sent send(std::string_view job, const encode::JobMark& mark);

    /// Asks how it is, as its language does. Nothing: it says nothing about itself, now or ever. Errors:
    /// unreachable (the connection is gone, and with it the hope of a proof), busy (asked and silent; the
    /// hope stays).
    Result<std::optional<encode::PrinterStatus>> ask();
    /// Jobs that the printer itself has proven to be on paper, each told once; also after an error.
    std::vector<encode::JobMark> take_proven();
    /// A connection is alive: labels sent over it may still be proven.
    bool may_prove() const { return line_.has_value(); }

private:
    struct Line {
        TcpLink link;
        std::unique_ptr<encode::Dialogue> talk;
    };
    Outcome connect();
    Result<int> listen(std::chrono::milliseconds limit);
    Result<int> wait_for_answer(std::chrono::milliseconds limit);
    Outcome converse();

    encode::PrinterModel model_;
    Address address_;
    PrinterLimits limits_;
    std::optional<Line> line_;
    std::vector<encode::JobMark> proven_;
};

}  // namespace kenpin::transport
