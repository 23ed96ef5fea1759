#include "server/ctl/label_file.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include <nlohmann/json.hpp>

#include "adaptors/config/config.hpp"

namespace kenpin::ctl {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using layout::RawTable;

constexpr config::Range any_length{0, 1'000};  // millimetres without a fraction

Result<RawTable> table_of(const config::Config& from, std::span<const std::string_view> keys,
                          std::vector<std::string> further) {
    std::string all;
    for (const auto key : keys) {
        further.emplace_back(key);
        all += (all.empty() ? "" : ", ") + std::string(key);
    }
    if (const auto known = from.only_known(further); !known)
        return Error{Error::Kind::refused, "template " + known.error().detail + " → one of " + all};
    RawTable out;
    for (const auto& key : keys) {
        const std::string name(key);
        if (!from.has(name)) continue;
        if (const auto text = from.text(name); text)
            out[name] = text.value();
        else if (const auto flag = from.flag(name); flag)
            out[name] = flag.value() ? "true" : "false";
        else if (const auto length = from.integer(name, any_length); length)
            out[name] = std::to_string(length.value());
        else
            return from.wrong(name, "is neither a text nor a whole number 0 to 1000 nor true or false");
    }
    return out;
}

Result<std::vector<RawTable>> tables_of(const config::Config& from, const std::string& key,
                                        std::span<const std::string_view> keys) {
    const auto tables = from.tables(key);
    if (!tables) return tables.error();
    std::vector<RawTable> out;
    for (const auto& table : tables.value()) {
        auto read = table_of(table, keys, {});
        if (!read) return read.error();
        out.push_back(std::move(read).value());
    }
    return out;
}

Error not_understood(const std::string& what) {
    return {Error::Kind::refused, "data: " + what};
}

Result<layout::Values> fields_of(const Json& object) {
    layout::Values out;
    for (const auto& [name, value] : object.items()) {
        if (name == "rows" && value.is_array()) continue;
        if (value.is_string())
            out[name] = value.get<std::string>();
        else if (value.is_number_integer() || value.is_boolean())
            out[name] = value.dump();
        else if (!value.is_null())
            return not_understood("a value is neither a text nor a whole number nor true or false");
    }
    return out;
}

Result<layout::PaperValues> paper_of(const Json& object) {
    if (!object.is_object()) return not_understood("not an object: {\"field\": \"value\"}");
    auto fields = fields_of(object);
    if (!fields) return fields.error();
    std::vector<layout::Values> rows;
    for (const auto& row : object.value("rows", Json::array())) {
        if (!row.is_object()) return not_understood("a row that is no object");
        auto read = fields_of(row);
        if (!read) return read.error();
        rows.push_back(std::move(read).value());
    }
    return layout::PaperValues{Private(std::move(fields).value()), Private(std::move(rows))};
}

Result<layout::Template> template_in(const config::Config& file, const std::string& name) {
    layout::RawTemplate raw{name, {}, {}, {}, {}};
    auto paper = table_of(file, layout::paper_keys(), {"field", "part", "column"});
    auto fields = tables_of(file, "field", layout::field_keys());
    auto parts = tables_of(file, "part", layout::part_keys());
    auto columns = tables_of(file, "column", layout::column_keys());
    if (!paper) return paper.error();
    if (!fields) return fields.error();
    if (!parts) return parts.error();
    if (!columns) return columns.error();
    raw.paper = std::move(paper).value();
    raw.fields = std::move(fields).value();
    raw.parts = std::move(parts).value();
    raw.columns = std::move(columns).value();
    return layout::template_of(raw);
}

}  // namespace

Result<layout::Template> template_from(const std::string& toml, const std::string& name) {
    const auto file = config::Config::parse(toml, name);
    if (!file) return file.error();
    return template_in(file.value(), name);
}

Result<layout::Template> read_template(const std::string& named, const fs::path& folder) {
    const bool is_path = named.ends_with(".toml");
    if (!is_path && named.find('/') != std::string::npos)
        return Error{Error::Kind::refused, "a template is a name or a path that ends in .toml"};
    const fs::path path = is_path ? fs::path(named) : folder / (named + ".toml");
    std::error_code failed;
    if (const auto size = fs::file_size(path, failed); !failed && size > 1'000'000)
        return Error{Error::Kind::refused, path.string() + ": over 1 MB, no template"};
    const auto file = config::Config::read_file(path.string());
    if (!file) return file.error();
    return template_in(file.value(), path.stem().string());
}

std::vector<std::string> templates_in(const fs::path& folder) {
    std::vector<std::string> out;
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(folder, failed))
        if (entry.path().extension() == ".toml") out.push_back(entry.path().stem().string());
    std::sort(out.begin(), out.end());
    return out;
}

fs::path labels_folder() {
    std::error_code failed;
    for (auto folder = fs::read_symlink("/proc/self/exe", failed).parent_path(); folder.has_relative_path();
         folder = folder.parent_path())
        if (const auto labels = folder / "assets" / "labels"; fs::is_directory(labels, failed)) return labels;
    return "/usr/share/kenpin/assets/labels";
}

Result<std::vector<layout::PaperValues>> values_from(std::string_view json) {
    const auto said = Json::parse(json, nullptr, false);
    if (said.is_discarded()) return not_understood("no JSON");
    std::vector<layout::PaperValues> out;
    for (const auto& object : said.is_array() ? said : Json::array({said})) {
        auto paper = paper_of(object);
        if (!paper) return paper.error();
        out.push_back(std::move(paper).value());
    }
    if (out.empty()) return not_understood("an empty list");
    return out;
}

}  // namespace kenpin::ctl
