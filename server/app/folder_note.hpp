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
    int taken = 0, unchanged = 0;
    std::vector<Taken> not_taken{};  // held for a code or refused, and records that are no order
    bool is_taken_whole() const { return not_taken.empty(); }
    /// Nothing of it is here: not the file of an order, or the other one of its two is missing.
    bool is_refused() const { return taken == 0 && unchanged == 0 && !not_taken.empty(); }
};
void tell(FileStory& story, const Taken& taken);

/// Empty when all of it was taken.
std::string note_of(const FileStory& story, const IntakeRules& rules);

}  // namespace kenpin::app
