#pragma once
// docs/api/openapi.yaml as a test reads it: its operations, and whether an answer is what it promises.
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace kenpin::support {

class OpenApi {
public:
    /// Reads the description of this tree. A file that is not YAML fails the test.
    static OpenApi read();

    struct Operation {
        std::string method{}, path{};        // "get", "/api/v1/orders/{order}"
        std::string scope{};                 // x-scope: "orders:read"; "" for open routes, "device"
        std::set<std::string> parameters{};  // "query limit", "path order"
        std::set<int> statuses{};
    };
    std::vector<Operation> operations() const;

    struct Said {
        int status = 0;
        std::string content_type{}, body{};
    };
    /// What of an answer is not as described: an undescribed status, content type or field, a missing field,
    /// a wrong type. Empty: all is well.
    std::vector<std::string> faults(const std::string& method, const std::string& path,
                                    const Said& said) const;
    /// The example of an operation's request body; null: it has none.
    nlohmann::json request_example(const std::string& method, const std::string& path) const;
    /// Whether a value is as the schema of an operation's request body says.
    std::vector<std::string> request_faults(const std::string& method, const std::string& path,
                                            const nlohmann::json& body) const;

private:
    explicit OpenApi(nlohmann::json text) : text_(std::move(text)) {}
    const nlohmann::json& resolved(const nlohmann::json& node) const;
    const nlohmann::json& operation(const std::string& method, const std::string& path) const;
    void check(const nlohmann::json& schema, const nlohmann::json& value, const std::string& where,
               std::vector<std::string>& faults) const;
    nlohmann::json text_;
};

}  // namespace kenpin::support
