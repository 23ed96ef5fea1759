#include "tests/support/private_display.hpp"

namespace kenpin::support {

using std::chrono::seconds;

// Xvfb picks the number itself and says it on its standard output (-displayfd 1).
Result<std::unique_ptr<PrivateDisplay>> PrivateDisplay::start(int width, int height) {
    const auto size = std::to_string(width) + "x" + std::to_string(height) + "x24";
    auto xvfb = Process::start(
        {.argv = {"Xvfb", "-displayfd", "1", "-screen", "0", size, "-nolisten", "tcp", "-noreset"}});
    if (!xvfb) return xvfb.error();
    std::unique_ptr<PrivateDisplay> display(new PrivateDisplay(std::move(xvfb).value()));
    for (int nth = 1;; ++nth) {  // it also tells which numbers are taken
        const auto line = display->xvfb_.wait_for_line("", seconds{20}, nth);
        if (!line) return Error{Error::Kind::refused, "Xvfb does not start: " + display->xvfb_.output()};
        if (line->empty() || line->find_first_not_of("0123456789") != std::string::npos) continue;
        display->name_ = ":" + *line;
        return display;
    }
}

Outcome PrivateDisplay::photograph(const std::filesystem::path& file) const {
    return photograph_display(name_, file);
}

Outcome photograph_display(const std::string& name, const std::filesystem::path& file, Frame frame) {
    std::vector<std::string> argv{"import", "-display", name, "-window", "root"};
    if (frame.width > 0) {
        const auto size = std::to_string(frame.width) + "x" + std::to_string(frame.height);
        argv.insert(
            argv.end(),
            {"-crop", size + "+" + std::to_string(frame.x) + "+" + std::to_string(frame.y), "+repage"});
    }
    argv.push_back(file.string());
    auto import = Process::start({.argv = argv});
    if (!import) return import.error();
    auto running = std::move(import).value();
    const auto end = running.wait(seconds{30});
    if (!end || end->code != 0) return Error{Error::Kind::refused, "no picture: " + running.output()};
    return Done{};
}

}  // namespace kenpin::support
