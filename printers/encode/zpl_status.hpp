#pragma once
// What a ZPL printer answers: ~HS (three framed lines) and ~HQES (a framed text). Answers may arrive split
// anywhere and glued together. Bytes from outside: bounded. Pure.
#include <string>
#include <string_view>
#include <vector>

#include "printers/encode/status.hpp"

namespace kenpin::encode {

class ZplStatusParser {
public:
    /// The statuses completed by these bytes. What is no status is skipped.
    std::vector<PrinterStatus> feed(std::string_view bytes);

private:
    std::string frame_;  // since STX
    bool is_in_frame_ = false;
    std::string first_, second_;  // lines of a ~HS answer so far
    void take_frame(const std::string& frame, std::vector<PrinterStatus>& out);
};

}  // namespace kenpin::encode
