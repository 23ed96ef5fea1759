#pragma once
// SBPL, the language of SATO printers. Source: CL4NX/CL6NX programming reference ("Status 3", "Status 4",
// GB), GL4xxe and CT4xx programming references. Pure.
//
// The printer must be set to Status 3 or Status 4; both are understood, with and without the size in front
// ("legacy status"). ENQ is answered at once, also before the job in the receive buffer is looked at:
// "nothing left" alone proves nothing. Proof of a job:
//
//   sent --ENQ names its id (and, in Status 4, its name)--> seen --ENQ: waiting, 000000 left--> on paper
//     a job that was not seen, or was seen last while something stopped it, is left to the scan: it may have
//     been cancelled at the printer, which then says the same
#include <string>
#include <string_view>
#include <vector>

#include "printers/encode/language.hpp"

namespace kenpin::encode {

struct SbplReply {
    PrinterStatus status;
    std::string id;    // two characters; empty: none
    std::string name;  // of the job, Status 4 only; empty: none
    bool is_waiting_for_data = false;
};

/// Replies to ENQ, split anywhere and glued together. What is none is skipped.
class SbplStatusParser {
public:
    std::vector<SbplReply> feed(std::string_view bytes);

private:
    std::string frame_;  // since STX
    bool is_in_frame_ = false;
};

extern const Language sbpl;

}  // namespace kenpin::encode
