#include "tests/support/openapi.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include <yaml-cpp/yaml.h>

#include "places.hpp"

namespace kenpin::support {
namespace {

using Json = nlohmann::json;

Json scalar(const YAML::Node& node) {
    const auto& text = node.Scalar();
    if (node.Tag() == "!") return text;  // quoted
    if (text == "true" || text == "false") return text == "true";
    if (text == "null" || text == "~") return nullptr;
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc{} && end == text.data() + text.size()) return number;
    return text;
}

Json to_json(const YAML::Node& node) {
    if (node.IsMap()) {
        Json out = Json::object();
        for (const auto& entry : node) out[entry.first.Scalar()] = to_json(entry.second);
        return out;
    }
    if (node.IsSequence()) {
        Json out = Json::array();
        for (const auto& one : node) out.push_back(to_json(one));
        return out;
    }
    return node.IsNull() ? Json() : scalar(node);
}

bool is_of_type(const Json& value, const std::string& type) {
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "string") return value.is_string();
    if (type == "integer") return value.is_number_integer();
    if (type == "boolean") return value.is_boolean();
    throw std::runtime_error("openapi.yaml: a type that the test does not know: " + type);
}

// A word that the checks below do not know would be a promise that nobody keeps.
void only_known_words(const Json& schema) {
    static const std::set<std::string> known = {
        "type",    "properties", "required",    "items",    "enum",   "nullable",  "additionalProperties",
        "minimum", "maximum",    "description", "example",  "format", "minLength", "maxLength",
        "pattern", "minItems",   "maxItems",    "readOnly", "default"};
    for (const auto& [word, value] : schema.items())
        if (!known.contains(word)) throw std::runtime_error("openapi.yaml: unknown word " + word);
}

}  // namespace

OpenApi OpenApi::read() {
    return OpenApi(to_json(YAML::LoadFile(std::string(KENPIN_SOURCE_ROOT) + "/docs/api/openapi.yaml")));
}

const Json& OpenApi::resolved(const Json& node) const {
    const auto ref = node.find("$ref");
    if (ref == node.end()) return node;
    return resolved(text_.at(Json::json_pointer(ref->get<std::string>().substr(1))));
}

const Json& OpenApi::operation(const std::string& method, const std::string& path) const {
    return text_.at("paths").at(path).at(method);
}

std::vector<OpenApi::Operation> OpenApi::operations() const {
    std::vector<Operation> all;
    for (const auto& [path, methods] : text_.at("paths").items())
        for (const auto& [method, described] : methods.items()) {
            Operation one{.method = method, .path = path, .scope = described.value("x-scope", "")};
            for (const auto& parameter : described.value("parameters", Json::array())) {
                const auto& found = resolved(parameter);
                one.parameters.insert(found.at("in").get<std::string>() + " " +
                                      found.at("name").get<std::string>());
            }
            for (const auto& [status, answer] : described.at("responses").items())
                one.statuses.insert(std::stoi(status));
            all.push_back(std::move(one));
        }
    return all;
}

Json OpenApi::request_example(const std::string& method, const std::string& path) const {
    const auto& described = operation(method, path);
    if (!described.contains("requestBody")) return nullptr;
    const auto& content = described["requestBody"].at("content");
    return content.contains("application/json") ? content["application/json"].value("example", Json())
                                                : Json();
}

std::vector<std::string> OpenApi::request_faults(const std::string& method, const std::string& path,
                                                 const Json& body) const {
    std::vector<std::string> faults;
    check(operation(method, path).at("requestBody").at("content").at("application/json").at("schema"), body,
          "body", faults);
    return faults;
}

std::vector<std::string> OpenApi::faults(const std::string& method, const std::string& path,
                                         const Said& said) const {
    const auto status = std::to_string(said.status);
    const auto& responses = operation(method, path).at("responses");
    if (!responses.contains(status)) return {"status " + status + " is not described"};
    const auto content = resolved(responses[status]).value("content", Json::object());
    const auto type = said.content_type.substr(0, said.content_type.find(';'));
    if (!content.contains(type)) return {"content type " + type + " is not described for " + status};
    std::vector<std::string> found;
    if (type.ends_with("json")) check(content[type].at("schema"), Json::parse(said.body), "answer", found);
    return found;
}

void OpenApi::check(const Json& unresolved, const Json& value, const std::string& where,
                    std::vector<std::string>& faults) const {
    const auto& schema = resolved(unresolved);
    only_known_words(schema);
    if (value.is_null() && schema.value("nullable", false)) return;
    if (const auto type = schema.value("type", ""); !type.empty() && !is_of_type(value, type))
        return faults.push_back(where + ": not of type " + type);
    if (schema.contains("enum")) {
        const auto& allowed = schema["enum"];
        if (std::find(allowed.begin(), allowed.end(), value) == allowed.end())
            faults.push_back(where + ": not one of the described values");
    }
    if (value.is_number_integer() &&
        (value < schema.value("minimum", value) || value > schema.value("maximum", value)))
        faults.push_back(where + ": outside its range");
    if (value.is_array())
        for (std::size_t i = 0; i < value.size(); ++i)
            check(schema.at("items"), value[i], where + "[" + std::to_string(i) + "]", faults);
    if (!value.is_object()) return;
    for (const auto& name : schema.value("required", Json::array()))
        if (!value.contains(name)) faults.push_back(where + ": " + name.get<std::string>() + " is missing");
    const auto properties = schema.value("properties", Json::object());
    for (const auto& [name, one] : value.items()) {
        const auto inside = where + "." + name;
        if (properties.contains(name))
            check(properties[name], one, inside, faults);
        else if (!schema.contains("additionalProperties"))
            faults.push_back(inside + ": not described");
        else if (schema["additionalProperties"].is_object())
            check(schema["additionalProperties"], one, inside, faults);
    }
}

}  // namespace kenpin::support
