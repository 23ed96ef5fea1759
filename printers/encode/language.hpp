#pragma once
// A printer language: how a job is written in it, how its printers answer, and (for the printer made of
// software) how they read. Each is one pair of files here and one row of the table in language.cpp; nothing
// else in the product knows a language by its name.
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "printers/encode/dialogue.hpp"
#include "printers/encode/label_job.hpp"
#include "printers/encode/printer_half.hpp"

namespace kenpin::encode {

/// What can be believed about paper in a language, when the printer itself says it.
enum class PrinterProof {
    none,        // only the scan of the label in hand
    queue_done,  // "nothing left", in answer to a question asked after the job
    job_done,    // it names the job, or reports each one by itself
};

/// What a printer says of itself.
struct Identity {
    std::string model;
    int dots_per_mm = 0;  // 0: it does not say
};

struct Language {
    const char* name;  // of options and tables: "zpl"
    PrinterProof proof;
    /// One label, one copy. Sets every mode that it relies on. Errors: those of check_job, or refused where
    /// the language cannot say it.
    Result<std::string> (*encode)(const LabelJob& job);
    /// For one connection to a printer with this roll.
    std::unique_ptr<Dialogue> (*dialogue)(const Media& media, const Head& head);
    std::unique_ptr<PrinterHalf> (*printer)(const Media& media, const Head& head);
    /// The question by which it says what it is, and what its answer means; null: the language has none.
    const char* ask_identity = nullptr;
    std::optional<Identity> (*identity)(std::string_view answer) = nullptr;
};

std::span<const Language* const> languages();
/// All of them in the order in which a printer of unknown kind may be asked: first those that ask by control
/// characters, which others pass over, then those whose letters another printer might print.
std::vector<const Language*> by_harmlessness();
/// Nothing: no such language.
const Language* language_of(std::string_view name);

}  // namespace kenpin::encode
