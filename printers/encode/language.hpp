#pragma once
// A printer language: how a job is written in it, how its printers answer, and (for the printer made of
// software) how they read. Each is one pair of files here and one row of the table in language.cpp; nothing
// else in the product knows a language by its name.
#include <memory>
#include <span>
#include <string>
#include <string_view>

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

struct Language {
    const char* name;  // of options and tables: "zpl"
    PrinterProof proof;
    /// One label, one copy. Sets every mode that it relies on. Errors: those of check_job, or refused where
    /// the language cannot say it.
    Result<std::string> (*encode)(const LabelJob& job);
    /// For one connection to a printer with this roll.
    std::unique_ptr<Dialogue> (*dialogue)(const Media& media, const Head& head);
    std::unique_ptr<PrinterHalf> (*printer)(const Media& media, const Head& head);
};

std::span<const Language* const> languages();
/// Nothing: no such language.
const Language* language_of(std::string_view name);

}  // namespace kenpin::encode
