#pragma once
// The tray: every label that came out, as label-NNNN.png and a line in labels.jsonl. Thread: the printer's.
#include <filesystem>
#include <string>
#include <vector>

#include "adaptors/codes/decoder.hpp"
#include "core/base/images.hpp"
#include "core/base/result.hpp"

namespace kenpin::virtual_printer {

struct TrayLabel {
    int n = 0;             // from 1, goes on after a restart in the same folder
    std::string file;      // "label-0001.png"
    std::string tracking;  // digits of its NW-7 as read back from the picture; empty: not readable
    std::string code;      // the whole code with its start and stop letters
    int width = 0;         // dots
    int height = 0;
    std::string t;  // when, ISO 8601
};

class Tray {
public:
    /// Makes `folder`; takes up what lies there from before. Errors: refused, corrupt.
    static Result<Tray> open(const std::filesystem::path& folder);
    Outcome put(const Bitmap& label);
    const std::vector<TrayLabel>& labels() const { return labels_; }
    const std::filesystem::path& folder() const { return folder_; }

private:
    explicit Tray(std::filesystem::path folder) : folder_(std::move(folder)) {}
    std::filesystem::path folder_;
    std::vector<TrayLabel> labels_;
    codes::Decoder decoder_;
};

/// One JSON object, without line break.
std::string to_json(const TrayLabel& label);
/// A JSON array.
std::string to_json(const std::vector<TrayLabel>& labels);

}  // namespace kenpin::virtual_printer
