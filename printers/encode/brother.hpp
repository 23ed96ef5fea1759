#pragma once
// Brother's raster language (QL and TD label printers). Sources: Brother raster command references for QL-800
// and QL-1100, LPrint devdocs/BROTHER.md. Pure.
//
// The printer is asked before it prints, never while it prints; it says by itself when a label is out. It
// says "printing completed" for a label on a wrong roll too: that is believed only if the roll was right when
// asked.
//
//   ESC i S -> roll is right --job--> printing (only listened to) --"printing completed"--> on paper
//                                       `--error--> left to the scan; asked again before the next one
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "printers/encode/language.hpp"

namespace kenpin::encode {

struct BrotherReply {
    enum class Kind { answer, printing_completed, error, turned_off, notification, phase_change, other };
    Kind kind = Kind::answer;
    PrinterStatus status;  // without the roll
    bool is_continuous = false;
    int width_mm = 0;
    int length_mm = 0;  // 0: continuous
};

/// Replies of 32 bytes, split anywhere and glued together. What is none is skipped.
class BrotherStatusParser {
public:
    std::vector<BrotherReply> feed(std::string_view bytes);

private:
    std::string pending_;
};

extern const Language brother;

}  // namespace kenpin::encode
