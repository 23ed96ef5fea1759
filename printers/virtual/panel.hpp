#pragma once
// The printer's panel over HTTP, loopback only: GET / (page.hpp), GET /labels, GET /labels/N.png, GET and
// POST /faults. It runs in the threads of cpp-httplib; it reads snapshots and posts wishes, the printer's
// thread does the rest.
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/inbox.hpp"
#include "core/base/latest.hpp"
#include "core/base/result.hpp"
#include "printers/virtual/device.hpp"
#include "printers/virtual/tray.hpp"

namespace kenpin::virtual_printer {

struct FaultWish {
    std::string json;          // the members of Faults to change; null takes one back
    std::uint64_t ticket = 0;  // PanelView::applied reaches it once it holds
};

struct PanelView {
    std::vector<TrayLabel> labels;
    Faults faults;
    int waiting = 0;
    std::uint64_t applied = 0;
};

/// `faults` changed as `json` says. Errors: corrupt (no object, unknown member, wrong type).
Result<Faults> changed(const Faults& faults, std::string_view json);
std::string to_json(const Faults& faults);

class Panel {
public:
    /// `port` 0: any. Errors: busy (taken).
    static Result<std::unique_ptr<Panel>> start(int port, const std::filesystem::path& folder,
                                                Inbox<FaultWish>& wishes, const Latest<PanelView>& view);
    virtual ~Panel() = default;
    virtual int port() const = 0;
};

}  // namespace kenpin::virtual_printer
