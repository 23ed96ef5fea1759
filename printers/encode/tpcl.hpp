#pragma once
// TPCL, the language of Toshiba TEC printers. Sources: external equipment interface specifications of B-EV4,
// B-SX4T/B-SX5T and B-EP (SG, XS, WS, status list). Pure.
//
// Each job asks for a status by itself when it has ended ("40"). The status does not say which job: it is
// believed only on a connection on which the printer was found idle before the first job, for it might be the
// end of a job that an earlier connection brought.
#include <string>
#include <string_view>
#include <vector>

#include "printers/encode/language.hpp"

namespace kenpin::encode {

struct TpclReply {
    PrinterStatus status;
    bool is_unasked = false;
    bool is_issue_ended = false;  // "40": all labels of a job are out
    bool is_idle = false;         // "00" and none left
};

/// Statuses of 13 bytes, split anywhere and glued together. What is none is skipped.
class TpclStatusParser {
public:
    std::vector<TpclReply> feed(std::string_view bytes);

private:
    void drop_what_begins_no_frame();
    std::string pending_;
};

extern const Language tpcl;

}  // namespace kenpin::encode
