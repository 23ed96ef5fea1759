#pragma once
// The printer's socket: takes labels in its language on loopback, prints into the tray, answers status
// questions, shows its faults. One thread, one poll loop; it ends on SIGTERM or SIGINT.
#include <cstdint>
#include <functional>

#include "core/base/inbox.hpp"
#include "core/base/latest.hpp"
#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "printers/encode/printer_model.hpp"
#include "printers/virtual/panel.hpp"
#include "printers/virtual/tray.hpp"

namespace kenpin::virtual_printer {

struct ServeSettings {
    int port = 0;                  // 0: any
    encode::PrinterModel model{};  // what it is
    Millis label_time{0};          // to print one label
};

class Serve {
public:
    /// Blocks SIGTERM and SIGINT in this thread and in those it starts later. Errors: busy (port taken),
    /// refused.
    static Result<std::unique_ptr<Serve>> open(const ServeSettings& settings, Tray& tray,
                                               Inbox<FaultWish>& wishes, Latest<PanelView>& view);
    virtual ~Serve() = default;
    virtual int port() const = 0;
    /// Until a signal asks it to end. Error: what made the tray unusable.
    virtual Outcome run() = 0;
};

}  // namespace kenpin::virtual_printer
