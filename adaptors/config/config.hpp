#pragma once
// A configuration file (TOML), read into memory with getters that say which file, which key and what is wrong
// with it. toml++'s only home. Thread: a Config does not change; any thread may read it.
#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "core/base/result.hpp"

namespace kenpin::config {

struct Range {
    std::int64_t least, most;  // both allowed
};

/// One table of the file. Keys are plain or dotted: "server.port".
class Config {
public:
    /// An empty configuration: every key is missing, defaults hold.
    Config() = default;
    /// Errors: not_found (no such file), corrupt (no TOML; the line is named).
    static Result<Config> read_file(const std::string& path);
    /// `name` stands for the file in errors.
    static Result<Config> parse(const std::string& toml, const std::string& name);

    bool has(const std::string& key) const;

    /// Errors: not_found (no such key), refused (another type, out of range).
    Result<std::string> text(const std::string& key) const;
    Result<std::int64_t> integer(const std::string& key, Range range) const;
    Result<bool> flag(const std::string& key) const;
    Result<std::vector<std::string>> texts(const std::string& key) const;

    /// The same, `otherwise` when the key is missing; a wrong type stays an error.
    Result<std::string> text(const std::string& key, const std::string& otherwise) const;
    Result<std::int64_t> integer(const std::string& key, Range range, std::int64_t otherwise) const;
    Result<bool> flag(const std::string& key, bool otherwise) const;
    Result<std::vector<std::string>> texts(const std::string& key,
                                           const std::vector<std::string>& otherwise) const;

    /// Each [[key]] in order; none is an empty vector. Errors: refused (the key is something else).
    Result<std::vector<Config>> tables(const std::string& key) const;

    /// Refuses a key that nobody reads, so that a typing mistake does not pass as a default. Keys of
    /// [[tables]] are named once by the table's own name and checked on the tables themselves.
    Outcome only_known(const std::vector<std::string>& known) const;

    /// What to answer when `key` has the right type and still cannot be: refused, with file and record named.
    Error wrong(const std::string& key, const std::string& reason) const;

private:
    using Leaf = std::variant<std::string, std::int64_t, bool, std::vector<std::string>, std::vector<Config>>;
    friend struct Reader;

    Error missing(const std::string& key) const;
    template <class T>
    Result<T> typed(const std::string& key, const char* wanted) const;

    std::string name_;
    std::map<std::string, Leaf> leaves_;  // by dotted key
};

}  // namespace kenpin::config
