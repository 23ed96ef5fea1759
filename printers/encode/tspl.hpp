#pragma once
// TSPL and TSPL2, the language of TSC printers and of many low-priced ones. Sources: TSC TTP-244 Plus manual
// (<ESC>!?, <ESC>!S), Gprinter manual (BITMAP). Pure.
//
// The printer says how it is at any time, but never which label is out: the scan of the label in hand is the
// only proof. Firmware before V6.29 leaves <ESC>!S unanswered and answers <ESC>!? with one byte; a byte 02 of
// it looks like the beginning of the other's answer, and is told apart by what follows.
#include <string>
#include <string_view>
#include <vector>

#include "printers/encode/language.hpp"

namespace kenpin::encode {

struct TsplReply {
    PrinterStatus status;
    bool is_one_byte = false;
};

/// Answers, split anywhere and glued together. What is none is skipped.
class TsplStatusParser {
public:
    /// <ESC>!? has been asked: one lone byte is its answer.
    void expect_byte() { bytes_expected_ = 1; }  // older ones that stayed unanswered are given up
    std::vector<TsplReply> feed(std::string_view bytes);

private:
    void sort_out(std::vector<TsplReply>& out);
    std::string pending_;
    int bytes_expected_ = 0;
};

extern const Language tspl;

}  // namespace kenpin::encode
