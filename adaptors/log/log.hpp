#pragma once
// Log lines: `2026-11-24T08:00:00.000+0900 warn kenpin-server printer bench1 does not answer`. spdlog's only
// home. Parts are written with operator<<, so Private<T> prints *** and what has no operator<< does not
// compile. Thread: start() before other threads begin; the rest from any thread.
#include <optional>
#include <sstream>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/base/strong.hpp"

namespace kenpin::log {

enum class Level { debug, info, warn, error };

/// "debug", "info", "warn" or "error".
std::optional<Level> level_named(std::string_view name);

struct Settings {
    std::string program;  // stands in each line
    Level least = Level::info;
    std::string file;  // empty: stderr; else also this file, a new one begun after 20 MB, five kept
};

/// Errors: unreachable (the file cannot be opened). Before it is called, lines of info and above go to
/// stdout.
Outcome start(const Settings& settings);
/// Writes out what is still held back.
void flush();

bool is_on(Level level);
/// One line; line breaks in `text` are written as \n, so that nobody can forge a line.
void write(Level level, std::string_view text);

template <class Tag, class Rep>
std::ostream& operator<<(std::ostream& out, const Strong<Tag, Rep>& id) {
    return out << id.value;
}

template <class... Parts>
void line(Level level, const Parts&... parts) {
    if (!is_on(level)) return;
    std::ostringstream text;
    (text << ... << parts);
    write(level, text.str());
}

/// log::warn("printer ", printer, " does not answer: ", error.detail);
template <class... Parts>
void debug(const Parts&... parts) {
    line(Level::debug, parts...);
}
template <class... Parts>
void info(const Parts&... parts) {
    line(Level::info, parts...);
}
template <class... Parts>
void warn(const Parts&... parts) {
    line(Level::warn, parts...);
}
template <class... Parts>
void error(const Parts&... parts) {
    line(Level::error, parts...);
}

}  // namespace kenpin::log
