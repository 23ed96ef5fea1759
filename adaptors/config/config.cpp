#define TOML_EXCEPTIONS 0
#include "adaptors/config/config.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <toml++/toml.h>

namespace kenpin::config {

// Turns toml++'s tree into ours. A free struct, so that the header shows nothing of toml++.
struct Reader {
    const std::string& name;

    Outcome take(const toml::table& table, const std::string& prefix, Config& into) const {
        for (const auto& [key, node] : table) {
            const auto dotted = prefix + std::string(key.str());
            if (auto taken = take_node(node, dotted, into); !taken) return taken;
        }
        return Done{};
    }

    Outcome take_node(const toml::node& node, const std::string& dotted, Config& into) const {
        if (const auto* table = node.as_table()) return take(*table, dotted + ".", into);
        if (const auto* array = node.as_array()) return take_array(*array, dotted, into);
        if (const auto* text = node.as_string())
            into.leaves_.insert_or_assign(dotted, text->get());
        else if (const auto* number = node.as_integer())
            into.leaves_.insert_or_assign(dotted, number->get());
        else if (const auto* flag = node.as_boolean())
            into.leaves_.insert_or_assign(dotted, flag->get());
        else
            return into.wrong(dotted, "is a kind of value that no setting has");
        return Done{};
    }

    Outcome take_array(const toml::array& array, const std::string& dotted, Config& into) const {
        if (!array.empty() && array.is_homogeneous(toml::node_type::table))
            return take_tables(array, dotted, into);
        std::vector<std::string> texts;
        for (const auto& node : array) {
            const auto* text = node.as_string();
            if (text == nullptr) return into.wrong(dotted, "is no list of texts");
            texts.push_back(text->get());
        }
        into.leaves_.insert_or_assign(dotted, std::move(texts));
        return Done{};
    }

    Outcome take_tables(const toml::array& array, const std::string& dotted, Config& into) const {
        std::vector<Config> tables;
        for (std::size_t i = 0; i < array.size(); ++i) {
            Config table;
            table.name_ = name + " [[" + dotted + "]] " + std::to_string(i + 1);
            if (auto taken = take(*array[i].as_table(), "", table); !taken) return taken;
            tables.push_back(std::move(table));
        }
        into.leaves_.insert_or_assign(dotted, std::move(tables));
        return Done{};
    }
};

Result<Config> Config::read_file(const std::string& path) {
    std::error_code failed;
    const auto kind = std::filesystem::status(path, failed).type();
    if (kind == std::filesystem::file_type::not_found)
        return Error{Error::Kind::not_found, path + ": no such file"};
    if (kind != std::filesystem::file_type::regular)
        return Error{Error::Kind::unreachable,
                     path + ": " + (failed ? "cannot be looked at, " + failed.message() : "is no file")};
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file) return Error{Error::Kind::unreachable, path + ": cannot be read"};
    return parse(text.str(), path);
}

Result<Config> Config::parse(const std::string& toml, const std::string& name) {
    const auto parsed = toml::parse(toml, name);
    if (!parsed) {
        const auto& error = parsed.error();
        return Error{Error::Kind::corrupt, name + ", line " + std::to_string(error.source().begin.line) +
                                               ": " + std::string(error.description())};
    }
    Config config;
    config.name_ = name;
    if (auto taken = Reader{name}.take(parsed.table(), "", config); !taken) return taken.error();
    return config;
}

Error Config::missing(const std::string& key) const {
    return Error{Error::Kind::not_found, name_ + ": " + key + " is missing"};
}

Error Config::wrong(const std::string& key, const std::string& reason) const {
    return Error{Error::Kind::refused, name_ + ": " + key + " " + reason};
}

bool Config::has(const std::string& key) const {
    return leaves_.contains(key);
}

template <class T>
Result<T> Config::typed(const std::string& key, const char* wanted) const {
    const auto found = leaves_.find(key);
    if (found == leaves_.end()) return missing(key);
    const auto* value = std::get_if<T>(&found->second);
    if (value == nullptr) return wrong(key, std::string("must be ") + wanted);
    return *value;
}

Result<std::string> Config::text(const std::string& key) const {
    return typed<std::string>(key, "a text");
}

Result<std::int64_t> Config::integer(const std::string& key, Range range) const {
    auto number = typed<std::int64_t>(key, "a whole number");
    if (number && (number.value() < range.least || number.value() > range.most))
        return wrong(key, "must be " + std::to_string(range.least) + " to " + std::to_string(range.most));
    return number;
}

Result<bool> Config::flag(const std::string& key) const {
    return typed<bool>(key, "true or false");
}

Result<std::vector<std::string>> Config::texts(const std::string& key) const {
    return typed<std::vector<std::string>>(key, "a list of texts");
}

Result<std::string> Config::text(const std::string& key, const std::string& otherwise) const {
    if (!has(key)) return otherwise;
    return text(key);
}

Result<std::int64_t> Config::integer(const std::string& key, Range range, std::int64_t otherwise) const {
    if (!has(key)) return otherwise;
    return integer(key, range);
}

Result<bool> Config::flag(const std::string& key, bool otherwise) const {
    if (!has(key)) return otherwise;
    return flag(key);
}

Result<std::vector<std::string>> Config::texts(const std::string& key,
                                               const std::vector<std::string>& otherwise) const {
    if (!has(key)) return otherwise;
    return texts(key);
}

Result<std::vector<Config>> Config::tables(const std::string& key) const {
    if (!has(key)) return std::vector<Config>{};
    return typed<std::vector<Config>>(key, "a list of [[tables]]");
}

Outcome Config::only_known(const std::vector<std::string>& known) const {
    const auto is_known = [&](const std::string& key) {
        return std::find(known.begin(), known.end(), key) != known.end();
    };
    for (const auto& [key, leaf] : leaves_) {
        if (is_known(key)) continue;
        const auto table = key.substr(0, key.find('.'));
        if (is_known(table)) return wrong(table, "is a list: write [[" + table + "]]");
        return wrong(key, "is no setting of ours");
    }
    return Done{};
}

}  // namespace kenpin::config
