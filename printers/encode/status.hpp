#pragma once
// How a printer is, in the floor's words, whatever language it said it in. Pure.
#include <vector>

namespace kenpin::encode {

enum class Condition {
    paused,
    busy,
    media_out,
    media_low,
    ribbon_out,
    head_open,
    head_too_hot,
    head_too_cold,
    jam,
    cutter_fault,
    label_waiting,    // to be taken off the peeler
    wrong_media,      // another roll than the job needs
    needs_attention,  // an error without a closer name
};
/// The word for logs and events: "media_out".
const char* to_text(Condition condition);

struct PrinterStatus {
    std::vector<Condition> conditions;  // each at most once, in the order of the enum
    int formats_waiting = 0;            // labels received and not yet begun
    int labels_remaining = 0;           // of the label in print
    bool is_partial_format = false;     // the start of a label without its end
    bool is_only_errors = false;        // the counters were not reported

    bool has(Condition condition) const;
    void note(Condition condition);
    /// Nothing stops it from printing the next label.
    bool can_print() const;
    /// Everything it has received is on paper.
    bool is_drained() const {
        return !is_only_errors && formats_waiting == 0 && labels_remaining == 0 && !is_partial_format;
    }
};

/// The one word by which the floor knows it, of several the one that somebody must mend first: "ready", a
/// condition's own word, or "error" for what has no closer name. Busy is "ready": it changes with every
/// label. Every word but "ready" stands in assets/i18n as printer.WORD, with what to do.
const char* floor_word(const PrinterStatus& status);

}  // namespace kenpin::encode
