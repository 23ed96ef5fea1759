#pragma once
// A real Chromium without a window, driven over WebDriver (chromium-driver). Ended with the test.
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include "core/base/result.hpp"
#include "tests/support/process.hpp"

namespace kenpin::support {

class Browser {
public:
    /// Errors: refused when chromium-driver is not installed or does not start.
    static Result<std::unique_ptr<Browser>> start(int width, int height);
    Browser(const Browser&) = delete;
    Browser& operator=(const Browser&) = delete;
    ~Browser();

    Outcome open(const std::string& url);
    /// The value of a JavaScript expression, as JSON text. Errors: refused.
    Result<std::string> evaluate(const std::string& expression);
    /// Waits until the expression is true; false: not within `limit`.
    bool wait_until(const std::string& expression, std::chrono::milliseconds limit);
    /// What it shows, as a PNG.
    Outcome photograph(const std::filesystem::path& file);

private:
    Browser(Process driver, std::string base) : driver_(std::move(driver)), session_(std::move(base)) {}
    Process driver_;
    TempDir profile_;
    std::string session_;  // URL of the session
};

}  // namespace kenpin::support
