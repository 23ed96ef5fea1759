#pragma once
// One ZPL printer on the network, with the memory that a proof needs: the printer's "nothing left to print"
// proves the labels sent before only while the connection that carried them lives. A printer that was
// switched off and on says the same and has forgotten them.
#include <chrono>
#include <optional>
#include <string_view>

#include "core/base/result.hpp"
#include "printers/encode/status.hpp"
#include "printers/transport/tcp.hpp"

namespace kenpin::transport {

struct PrinterLimits {
    std::chrono::milliseconds connect{2'000};
    std::chrono::milliseconds progress{5'000};  // of sending, from the last byte taken
    std::chrono::milliseconds answer{1'000};
};

class ZplPrinter {
public:
    explicit ZplPrinter(Address address, PrinterLimits limits = {})
        : address_(std::move(address)), limits_(limits) {}

    /// Sends one job and waits until the printer's side has acknowledged its bytes. Opens a connection if
    /// there is none. `taken` = 0 with an error: the printer has seen nothing.
    Sent send(std::string_view job);

    struct Answer {
        encode::PrinterStatus status;
        bool is_proof = false;  // all that this connection carried is on paper
    };
    /// Asks how it is. Errors as ask_zpl_status. A lost connection takes the hope of a proof with it; silence
    /// does not.
    Result<Answer> ask();
    /// A connection that carried a job is alive: a proof may still come.
    bool may_prove() const { return link_.has_value(); }

private:
    Outcome connect();

    Address address_;
    PrinterLimits limits_;
    std::optional<TcpLink> link_;
};

}  // namespace kenpin::transport
