#include "printers/encode/status.hpp"

#include <algorithm>
#include <array>

namespace kenpin::encode {

namespace {

bool stops_printing(Condition condition) {
    return condition != Condition::busy && condition != Condition::media_low &&
           condition != Condition::head_too_cold;
}

// An open cover makes everything else look wrong, so it stands first; what still prints stands last.
constexpr std::array<Condition, 12> by_urgency{
    Condition::head_open, Condition::media_out,       Condition::ribbon_out,    Condition::wrong_media,
    Condition::jam,       Condition::cutter_fault,    Condition::label_waiting, Condition::head_too_hot,
    Condition::paused,    Condition::needs_attention, Condition::media_low,     Condition::head_too_cold};

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

const char* floor_word(const PrinterStatus& status) {
    const auto* worst = std::find_if(by_urgency.begin(), by_urgency.end(),
                                     [&](Condition condition) { return status.has(condition); });
    if (worst == by_urgency.end()) return "ready";
    return *worst == Condition::needs_attention ? "error" : to_text(*worst);
}

}  // namespace kenpin::encode
