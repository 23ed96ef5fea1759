#pragma once
// What is written beside a file of a watched folder of which something was not taken: which record, why, what
// to do, in Japanese and English. No content of the file stands in it.
#include <string>
#include <vector>

#include "server/app/intake_rules.hpp"
#include "server/app/order_files.hpp"

namespace kenpin::app {

/// What became of one file.
struct FileStory {
    std::string file;  // as shown
    TakenCounts counts{};
    std::vector<Taken> not_taken{};  // held for a code or refused, and records that are no order
    bool has_orders = true;          // false: a header and nothing else
    bool is_taken_whole() const { return not_taken.empty() && has_orders; }
    /// Nothing of it is here: not the file of an order, or the other one of its two is missing.
    bool is_refused() const { return counts.taken == 0 && counts.unchanged == 0 && !not_taken.empty(); }
};
void tell(FileStory& story, const Taken& taken);

/// Empty when all of it was taken and there was something to take.
std::string note_of(const FileStory& story, const IntakeRules& rules);

}  // namespace kenpin::app
