#pragma once
// One HTTP exchange as values, so that every route is tested without a socket.
#include <map>
#include <string>
#include <vector>

namespace kenpin::web {

enum class Method { get, post, other };  // other: no route takes it, so the answer is 405 or 404

struct Request {
    Method method = Method::get;
    std::string path{};                          // decoded, without the query
    std::map<std::string, std::string> query{};  // decoded; the first of several equal names
    std::map<std::string, std::string>
        path_values{};            // "{order}" of the route's pattern; filled by the router
    std::string authorization{};  // the header as it came, never logged
    std::string body{};
    std::string address{};  // of the other end of the connection, which may be a proxy; empty: not known

    /// The value of a query parameter or of a part of the path; empty: not there.
    std::string value(const std::string& name) const;
};

struct Answer {
    int status = 200;
    std::string content_type = "application/json; charset=utf-8";
    std::string body{};
    std::vector<std::pair<std::string, std::string>> headers{};
};

/// "Basic …" or "Bearer …" taken apart; empty fields when it is neither. Malformed base64 gives empty fields.
struct Credentials {
    std::string user{};    // Basic
    std::string secret{};  // Basic: the password; Bearer: the key
    bool is_basic = false;
};
Credentials parse_authorization(const std::string& header);

}  // namespace kenpin::web
