#pragma once
// A display for tests and for machines without one: a real Xvfb on a free number, ended with its owner.
#include <filesystem>
#include <memory>
#include <string>

#include "core/base/result.hpp"
#include "tests/support/process.hpp"

namespace kenpin::support {

class PrivateDisplay {
public:
    /// Errors: refused when Xvfb is not installed or does not start.
    static Result<std::unique_ptr<PrivateDisplay>> start(int width, int height);

    const std::string& name() const { return name_; }  // ":99", for DISPLAY
    /// What is on the display now, as a PNG. Errors: refused.
    Outcome photograph(const std::filesystem::path& file) const;

private:
    explicit PrivateDisplay(Process xvfb) : xvfb_(std::move(xvfb)) {}
    Process xvfb_;
    std::string name_;
};

struct Frame {
    int x = 0, y = 0, width = 0, height = 0;  // pixels; width 0: all of the display
};
/// A picture of a part of display `name`. Errors: refused.
Outcome photograph_display(const std::string& name, const std::filesystem::path& file, Frame frame = {});

}  // namespace kenpin::support
