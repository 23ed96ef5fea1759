#include "adaptors/http/client.hpp"

#include <array>
#include <exception>
#include <optional>
#include <string_view>
#include <utility>

#include <httplib.h>

#include "core/base/overloaded.hpp"

namespace kenpin::http {
namespace {

struct Target {
    std::string host;  // with scheme and port, as httplib wants it
    std::string path;  // with query
};

std::optional<Target> split(const std::string& url) {
    const auto scheme_end = url.find("://");
    if (scheme_end == std::string::npos) return std::nullopt;
    const auto scheme = std::string_view(url).substr(0, scheme_end);
    if (scheme != "http" && scheme != "https") return std::nullopt;
    const auto path_start = url.find('/', scheme_end + 3);
    if (path_start == scheme_end + 3 || url.size() == scheme_end + 3) return std::nullopt;
    if (path_start == std::string::npos) return Target{url, "/"};
    return Target{url.substr(0, path_start), url.substr(path_start)};
}

void prepare(httplib::Client& client, const Call& call) {
    client.set_connection_timeout(call.connect_within);
    client.set_read_timeout(call.answer_within);
    client.set_write_timeout(call.answer_within);
    client.set_tcp_nodelay(true);
    std::visit(
        Overloaded{[](const NoCredentials&) {},
                   [&](const Basic& basic) { client.set_basic_auth(basic.user, basic.password.reveal()); },
                   [&](const Bearer& bearer) { client.set_bearer_token_auth(bearer.key.reveal()); }},
        call.credentials);
}

httplib::Headers headers_of(const Call& call) {
    return {call.headers.begin(), call.headers.end()};
}

template <class Send>
Result<Answer> exchange(const Call& call, Send send) {
    const auto target = split(call.url);
    if (!target) return Error{Error::Kind::refused, "not a URL of http or https"};
    try {
        httplib::Client client(target->host);
        if (!client.is_valid()) return Error{Error::Kind::refused, "not a URL of http or https"};
        prepare(client, call);
        const httplib::Result got = send(client, target->path);
        if (!got)
            return Error{Error::Kind::unreachable, target->host + ": " + httplib::to_string(got.error())};
        return Answer{got->status, got->get_header_value("Content-Type"), got->body};
    } catch (const std::exception& thrown) {
        return Error{Error::Kind::unreachable, target->host + ": " + thrown.what()};
    }
}

}  // namespace

Result<Answer> get(const Call& call) {
    return exchange(call, [&](httplib::Client& client, const std::string& path) {
        return client.Get(path, headers_of(call));
    });
}

Result<Answer> post(const Call& call) {
    return exchange(call, [&](httplib::Client& client, const std::string& path) {
        return client.Post(path, headers_of(call), call.body, call.content_type);
    });
}

bool is_success(const Answer& answer) {
    return answer.status >= 200 && answer.status < 300;
}

std::string percent_encoded(std::string_view part) {
    static constexpr std::string_view hex = "0123456789ABCDEF";
    std::string out;
    for (const char c : part) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                           c == '-' || c == '.' || c == '_' || c == '~';
        if (plain)
            out += c;
        else
            out += {'%', hex[byte >> 4U], hex[byte & 15U]};
    }
    return out;
}

}  // namespace kenpin::http
