#include "adaptors/log/log.hpp"

#include <memory>
#include <vector>

#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace kenpin::log {
namespace {

constexpr std::size_t file_bytes = 20UL * 1024 * 1024;
constexpr std::size_t files_kept = 5;
constexpr const char* pattern = "%Y-%m-%dT%H:%M:%S.%e%z %l %n %v";

spdlog::level::level_enum to_spdlog(Level level) {
    switch (level) {
        case Level::debug:
            return spdlog::level::debug;
        case Level::info:
            return spdlog::level::info;
        case Level::warn:
            return spdlog::level::warn;
        case Level::error:
            return spdlog::level::err;
    }
    return spdlog::level::info;
}

std::string on_one_line(std::string_view text) {
    std::string line;
    line.reserve(text.size());
    for (const char c : text) {
        if (c == '\n')
            line += "\\n";
        else if (c == '\r')
            line += "\\r";
        else
            line += c;
    }
    return line;
}

}  // namespace

std::optional<Level> level_named(std::string_view name) {
    if (name == "debug") return Level::debug;
    if (name == "info") return Level::info;
    if (name == "warn") return Level::warn;
    if (name == "error") return Level::error;
    return std::nullopt;
}

Outcome start(const Settings& settings) {
    try {
        std::vector<spdlog::sink_ptr> sinks{std::make_shared<spdlog::sinks::stderr_sink_mt>()};
        if (!settings.file.empty())
            sinks.push_back(std::make_shared<spdlog::sinks::rotating_file_sink_mt>(settings.file, file_bytes,
                                                                                   files_kept));
        auto logger = std::make_shared<spdlog::logger>(settings.program, sinks.begin(), sinks.end());
        logger->set_pattern(pattern);
        logger->set_level(to_spdlog(settings.least));
        logger->flush_on(spdlog::level::warn);
        spdlog::set_default_logger(std::move(logger));  // spdlog keeps it for all threads
        spdlog::flush_every(std::chrono::seconds{1});
        return Done{};
    } catch (const spdlog::spdlog_ex&) {
        return Error{Error::Kind::unreachable, settings.file + ": the log file cannot be opened"};
    }
}

void flush() {
    spdlog::default_logger_raw()->flush();
}

bool is_on(Level level) {
    return spdlog::default_logger_raw()->should_log(to_spdlog(level));
}

void write(Level level, std::string_view text) {
    const auto line = on_one_line(text);
    spdlog::default_logger_raw()->log(to_spdlog(level), spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace kenpin::log
