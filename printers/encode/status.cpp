#include "printers/encode/status.hpp"

#include <algorithm>

namespace kenpin::encode {

namespace {

bool stops_printing(Condition condition) {
    return condition != Condition::busy && condition != Condition::media_low &&
           condition != Condition::head_too_cold;
}

}  // namespace

const char* to_text(Condition condition) {
    switch (condition) {
        case Condition::paused:
            return "paused";
        case Condition::busy:
            return "busy";
        case Condition::media_out:
            return "media_out";
        case Condition::media_low:
            return "media_low";
        case Condition::ribbon_out:
            return "ribbon_out";
        case Condition::head_open:
            return "head_open";
        case Condition::head_too_hot:
            return "head_too_hot";
        case Condition::head_too_cold:
            return "head_too_cold";
        case Condition::jam:
            return "jam";
        case Condition::cutter_fault:
            return "cutter_fault";
        case Condition::label_waiting:
            return "label_waiting";
        case Condition::wrong_media:
            return "wrong_media";
        case Condition::needs_attention:
            return "needs_attention";
    }
    return "needs_attention";
}

bool PrinterStatus::has(Condition condition) const {
    return std::find(conditions.begin(), conditions.end(), condition) != conditions.end();
}

bool PrinterStatus::can_print() const {
    return std::none_of(conditions.begin(), conditions.end(), stops_printing);
}

void PrinterStatus::note(Condition condition) {
    const auto place = std::lower_bound(conditions.begin(), conditions.end(), condition);
    if (place == conditions.end() || *place != condition) conditions.insert(place, condition);
}

}  // namespace kenpin::encode
