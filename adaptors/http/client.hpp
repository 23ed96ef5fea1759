#pragma once
// A small HTTP client: one call, one answer, bounded in time and size. The only home of cpp-httplib's client
// for stations and kenpinctl. Thread: every function may be called from any thread; calls share nothing.
#include <chrono>
#include <map>
#include <string>
#include <variant>

#include "core/base/private.hpp"
#include "core/base/result.hpp"

namespace kenpin::http {

struct NoCredentials {};
struct Basic {  // a device's account: the same name and password as at the broker
    std::string user;
    Private<std::string> password;
};
struct Bearer {  // a shop's or administrator's API key
    Private<std::string> key;
};
using Credentials = std::variant<NoCredentials, Basic, Bearer>;

struct Call {
    std::string url;  // "http://127.0.0.1:8470/api/v1/health?x=1"; https as well
    Credentials credentials{};
    std::map<std::string, std::string> headers{};
    std::string content_type{};  // of `body`
    std::string body{};
    std::chrono::milliseconds connect_within{3'000};
    std::chrono::milliseconds answer_within{10'000};
};

struct Answer {
    int status = 0;
    std::string content_type;
    std::string body;
};

/// Any status is an answer. Errors: unreachable (no connection, no answer in time, TLS), refused (not a URL).
Result<Answer> get(const Call& call);
Result<Answer> post(const Call& call);

/// 200..299.
bool is_success(const Answer& answer);

/// "a b/ä" -> "a%20b%2F%C3%A4": one part of a path or query.
std::string percent_encoded(std::string_view part);

}  // namespace kenpin::http
