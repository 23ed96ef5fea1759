#pragma once
// The printer's side of a language, as far as we speak it: for the printer made of software. Takes the stream
// in pieces of any size; bytes from outside, bounded, never trusted. Pure.
#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/images.hpp"
#include "printers/encode/label_job.hpp"
#include "printers/encode/status.hpp"

namespace kenpin::encode {

struct ReceivedLabel {
    Bitmap bitmap;
    int quantity = 1;
    std::vector<std::string> settings{};     // every command that set a mode, in order, as text
    JobMark mark{.number = -1, .name = {}};  // as the job says it; number -1: it does not
    bool wants_report = false;               // the printer shall say by itself when it is out
};
/// A status question; 0 is the language's usual one.
struct Asked {
    int question = 0;
};
struct NotUnderstood {
    std::string why;  // never the data itself
};
using Received = std::variant<ReceivedLabel, Asked, NotUnderstood>;

/// How it is inside the printer when it answers.
struct Inside {
    PrinterStatus status{};
    JobMark printing{.number = -1, .name = {}};  // the label in print; number -1: none, or it has no mark
    Media media{};                               // the roll that is loaded
    Head head{};
    bool wants_report = false;  // of the label that has just come out or was stopped
};

class PrinterHalf {
public:
    PrinterHalf() = default;
    PrinterHalf(const PrinterHalf&) = delete;
    PrinterHalf& operator=(const PrinterHalf&) = delete;
    virtual ~PrinterHalf() = default;

    virtual std::vector<Received> receive(std::string_view bytes) = 0;
    virtual bool is_inside_label() const = 0;
    /// The answer's bytes; empty: it stays silent, as real ones do in some conditions.
    virtual std::string answer(int question, const Inside& inside) const = 0;
    /// What it says unasked when a label is out, or when something stops it; empty: nothing.
    virtual std::string report_printed(const Inside& inside) const;
    virtual std::string report_stopped(const Inside& inside) const;
};

/// One that takes its stream command by command.
class CommandHalf : public PrinterHalf {
public:
    std::vector<Received> receive(std::string_view bytes) final;
    bool is_inside_label() const override { return !pending_.empty(); }

protected:
    /// Looks at the command at the start of `stream` (never empty). Answers how many bytes it takes, and acts
    /// on it; 0: it is not whole yet, and nothing was done.
    virtual std::size_t take(std::string_view stream, std::vector<Received>& out) = 0;

private:
    std::string pending_;
};

}  // namespace kenpin::encode
