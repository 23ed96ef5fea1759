#include "server/web/http_server.hpp"

#include <chrono>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>
#include <thread>
#include <utility>

#include <httplib.h>

#include "core/base/limits.hpp"
#include "server/web/api.hpp"
#include "server/web/problem.hpp"

namespace kenpin::web {
namespace {

constexpr std::size_t pool_threads = 128;
constexpr std::chrono::milliseconds stream_wait{500};  // a stopping server is seen within this
constexpr int waits_per_keep_alive = 10;               // 5 s
// The pages come from us alone, and nothing of theirs goes elsewhere.
constexpr const char* content_policy =
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:";

std::optional<std::string> whole_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(file), {});
}

Method method_of(const httplib::Request& request) {
    if (request.method == "GET" || request.method == "HEAD") return Method::get;
    return request.method == "POST" ? Method::post : Method::other;
}

Request request_of(const httplib::Request& from) {
    Request request{.method = method_of(from), .path = from.path};
    for (const auto& [name, value] : from.params) request.query.emplace(name, value);
    request.authorization = from.get_header_value("Authorization");
    request.address = from.remote_addr;
    return request;
}

bool has_body(const httplib::Request& request) {
    const auto length = request.get_header_value("Content-Length");
    return (!length.empty() && length != "0") || request.has_header("Transfer-Encoding");
}

// Read by ourselves: left to httplib, a file that curl sends as a form (its default) is cut at 8 KiB and
// taken apart. httplib knows the length of a body that is announced; one in chunks is counted here, and read
// on for a while, so that who sends it gets to hear the answer.
// httplib's own limit is for each piece that comes, so a body that drips would never be late.
enum class Body { whole, too_large, too_slow, broken };
Body read_body(const httplib::ContentReader& read, std::string& body, std::chrono::milliseconds longest) {
    constexpr std::size_t most_read_on = 4 * limits::http_body;
    const auto until = std::chrono::steady_clock::now() + longest;
    std::size_t size = 0;
    bool is_late = false;
    const bool is_read = read([&](const char* bytes, std::size_t count) {
        size += count;
        if (size <= limits::http_body)
            body.append(bytes, count);
        else
            body.clear();
        is_late = std::chrono::steady_clock::now() > until;
        return size <= most_read_on && !is_late;
    });
    if (is_late) return Body::too_slow;
    if (size > limits::http_body) return Body::too_large;
    return is_read ? Body::whole : Body::broken;
}

std::string_view key_of(int status) {
    if (status == 413) return "too_large";
    return status == 400 ? "bad_request" : "internal";
}

void send(const Answer& answer, httplib::Response& response) {
    response.status = answer.status;
    for (const auto& [name, value] : answer.headers) response.set_header(name, value);
    response.set_content(answer.body, answer.content_type);
}

// For an answer before the body was read: what is left of it must not be taken for the next call, so the
// connection ends here. httplib hangs up where a body's provider says that it failed; by then all is sent.
void send_and_hang_up(const Answer& answer, httplib::Response& response) {
    response.status = answer.status;
    for (const auto& [name, value] : answer.headers) response.set_header(name, value);
    response.set_header("Connection", "close");
    response.set_content_provider(
        answer.body.size(), answer.content_type,
        [body = answer.body](std::size_t from, std::size_t count, httplib::DataSink& sink) {
            sink.write(body.data() + from, count);
            return false;
        });
}

void listen_without_sharing(socket_t socket) {
    // httplib's default is SO_REUSEPORT: a second server on the same port would get half of the calls,
    // unseen.
    const int yes = 1;
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
}

struct Page {
    const char* path;
    const char* file;  // under assets/web; nullptr: Chart.js
    const char* content_type;
};
constexpr Page pages[] = {
    {"/board", "board.html", "text/html; charset=utf-8"},
    {"/assets/board.css", "board.css", "text/css; charset=utf-8"},
    {"/assets/board.js", "board.js", "text/javascript; charset=utf-8"},
    {"/orders", "orders.html", "text/html; charset=utf-8"},
    {"/assets/orders.css", "orders.css", "text/css; charset=utf-8"},
    {"/assets/orders.js", "orders.js", "text/javascript; charset=utf-8"},
    {"/assets/orders_codes.js", "orders_codes.js", "text/javascript; charset=utf-8"},
    {"/assets/orders_export.js", "orders_export.js", "text/javascript; charset=utf-8"},
    {"/assets/orders_together.js", "orders_together.js", "text/javascript; charset=utf-8"},
    {"/assets/orders_words.js", "orders_words.js", "text/javascript; charset=utf-8"},
    {"/assets/flags.tsv", "../handling/flags.tsv", "text/plain; charset=utf-8"},
    {"/assets/words.js", "words.js", "text/javascript; charset=utf-8"},
    {"/assets/chart.js", nullptr, "text/javascript; charset=utf-8"},
};

}  // namespace

struct HttpServer::Running {
    Running(const Router& the_router, const Latest<Board>& the_board)
        : router(the_router), board(the_board) {}

    void set_up(const HttpOptions& options);
    void add_pages(const HttpOptions& options);
    void answer(const httplib::Request& request, httplib::Response& response,
                const httplib::ContentReader& read) const;
    void stream_board(httplib::Response& response);
    bool next_event(httplib::DataSink& sink, std::uint64_t& seen, int& quiet) const;

    const Router& router;
    const Latest<Board>& board;
    httplib::Server server;
    std::atomic<int> streams{0};
    std::atomic<bool> is_stopping{false};
    std::chrono::milliseconds longest_body{};
    int port = 0;
    std::thread thread;
};

void HttpServer::Running::set_up(const HttpOptions& options) {
    longest_body = options.longest_body;
    server.new_task_queue = [] { return new httplib::ThreadPool(pool_threads); };  // httplib owns it
    server.set_tcp_nodelay(true);
    server.set_socket_options(listen_without_sharing);
    server.set_payload_max_length(limits::http_body);
    server.set_keep_alive_timeout(5);
    server.set_default_headers(
        {{"X-Content-Type-Options", "nosniff"}, {"Content-Security-Policy", content_policy}});
    server.set_error_handler([](const httplib::Request&, httplib::Response& response) {
        if (!response.body.empty() || response.has_header("Connection")) return;  // said already
        send(problem(response.status, key_of(response.status)), response);
    });
    server.set_exception_handler([](const httplib::Request&, httplib::Response& response,
                                    std::exception_ptr) { send(problem(500, "internal"), response); });
    server.Get(board_stream_path,
               [this](const httplib::Request&, httplib::Response& response) { stream_board(response); });
    add_pages(options);
    server.Get(".*", [this](const httplib::Request& request, httplib::Response& response) {
        send(router.dispatch(request_of(request)), response);
    });
    const auto with_body = [this](const httplib::Request& request, httplib::Response& response,
                                  const httplib::ContentReader& read) { answer(request, response, read); };
    server.Post(".*", with_body).Put(".*", with_body).Patch(".*", with_body).Delete(".*", with_body);
    // Without a body there is nothing to wait for; httplib would wait for one until its time is over.
    server.set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
        if (method_of(request) != Method::other || has_body(request))
            return httplib::Server::HandlerResponse::Unhandled;
        send(router.dispatch(request_of(request)), response);
        return httplib::Server::HandlerResponse::Handled;
    });
}

void HttpServer::Running::answer(const httplib::Request& request, httplib::Response& response,
                                 const httplib::ContentReader& read) const {
    auto ours = request_of(request);
    auto entry = router.admit(ours);
    if (const auto* refused = std::get_if<Answer>(&entry))
        return has_body(request) ? send_and_hang_up(*refused, response) : send(*refused, response);
    const auto body = has_body(request) ? read_body(read, ours.body, longest_body) : Body::whole;
    if (body == Body::too_large) return send(problem(413, "too_large"), response);
    if (body == Body::too_slow) return send_and_hang_up(problem(408, "too_slow"), response);
    if (body == Body::broken) return;  // httplib has set the status: 400, or 413 by the announced length
    send(router.call(std::get<Router::Admitted>(entry), std::move(ours)), response);
}

void HttpServer::Running::add_pages(const HttpOptions& options) {
    if (options.assets.empty()) return;
    for (const auto& page : pages) {
        const auto path = page.file == nullptr ? options.chart_js : options.assets / "web" / page.file;
        server.Get(page.path,
                   [path, type = page.content_type](const httplib::Request&, httplib::Response& response) {
                       if (auto text = whole_file(path))
                           response.set_content(std::move(*text), type);
                       else
                           send(problem(404, "not_found"), response);
                   });
    }
    server.Get("/",
               [](const httplib::Request&, httplib::Response& response) { response.set_redirect("/board"); });
}

void HttpServer::Running::stream_board(httplib::Response& response) {
    if (streams.fetch_add(1) >= limits::board_streams) {
        streams.fetch_sub(1);
        send(problem(503, "too_many_streams"), response);
        return;
    }
    response.set_header("Cache-Control", "no-store");
    response.set_chunked_content_provider(
        "text/event-stream",
        [this, seen = std::uint64_t{0}, quiet = 0](std::size_t, httplib::DataSink& sink) mutable {
            return next_event(sink, seen, quiet);
        },
        [this](bool) { streams.fetch_sub(1); });
}

/// Sends what is new, or waits a moment. False: the stream ends.
bool HttpServer::Running::next_event(httplib::DataSink& sink, std::uint64_t& seen, int& quiet) const {
    if (is_stopping) {
        sink.done();
        return true;
    }
    const auto now = board.wait_newer(seen, stream_wait);
    if (now.version != seen) {
        seen = now.version;
        quiet = 0;
        const auto event = as_event(now.value, now.version);
        return sink.write(event.data(), event.size());
    }
    if (++quiet < waits_per_keep_alive) return true;
    quiet = 0;
    return sink.write(keep_alive.data(), keep_alive.size());
}

HttpServer::HttpServer(std::unique_ptr<Running> running) : running_(std::move(running)) {}

Result<std::unique_ptr<HttpServer>> HttpServer::start(const HttpOptions& options, const Router& router,
                                                      const Latest<Board>& board) {
    auto running = std::make_unique<Running>(router, board);
    running->set_up(options);
    if (options.port == 0)
        running->port = running->server.bind_to_any_port(options.host);
    else
        running->port = running->server.bind_to_port(options.host, options.port) ? options.port : -1;
    if (running->port <= 0)
        return Error{Error::Kind::unreachable,
                     "http: cannot listen on " + options.host + ":" + std::to_string(options.port)};
    running->thread = std::thread([&server = running->server] { server.listen_after_bind(); });
    while (!running->server.is_running()) std::this_thread::yield();
    return std::unique_ptr<HttpServer>(new HttpServer(std::move(running)));
}

HttpServer::~HttpServer() {
    running_->is_stopping = true;
    running_->server.stop();
    running_->thread.join();
}

int HttpServer::port() const {
    return running_->port;
}
int HttpServer::open_streams() const {
    return running_->streams;
}

}  // namespace kenpin::web
