#include "printers/virtual/panel.hpp"

#include <atomic>
#include <chrono>
#include <fstream>
#include <iterator>
#include <thread>

#include <httplib.h>
#include <nlohmann/json.hpp>

#include "printers/virtual/page.hpp"

namespace kenpin::virtual_printer {

namespace {

using Json = nlohmann::ordered_json;
using std::chrono::milliseconds;

template <class T>
Json or_null(const std::optional<T>& held) {
    return held ? Json(*held) : Json(nullptr);
}

template <class T>
void take(std::optional<T>& into, const Json& json) {
    if (json.is_null()) {
        into.reset();
    } else {
        into = static_cast<T>(json.get<std::int32_t>());
    }
}

void take(bool& into, const Json& json) {
    into = !json.is_null() && json.get<bool>();
}

bool take_member(Faults& faults, const std::string& name, const Json& json) {
    if (name == "media_out_after") return take(faults.media_out_after, json), true;
    if (name == "head_open") return take(faults.head_open, json), true;
    if (name == "stall_after") return take(faults.stall_after, json), true;
    if (name == "reset_after_bytes") return take(faults.reset_after_bytes, json), true;
    if (name == "silent_hs") return take(faults.silent_hs, json), true;
    if (name == "slow_bytes_per_s") return take(faults.slow_bytes_per_s, json), true;
    if (name == "split_replies") return take(faults.split_replies, json), true;
    if (name == "wait_peel") return take(faults.wait_peel, json), true;
    if (name == "wrong_media") return take(faults.wrong_media, json), true;
    if (name == "reprint_after_error") return take(faults.reprint_after_error, json), true;
    if (name == "power_cycle") return take(faults.power_cycle, json), true;
    return false;
}

class HttpPanel : public Panel {
public:
    HttpPanel(std::filesystem::path folder, Inbox<FaultWish>& wishes, const Latest<PanelView>& view)
        : folder_(std::move(folder)), wishes_(wishes), view_(view) {
        server_.new_task_queue = [] { return new httplib::ThreadPool(2); };  // httplib owns and deletes it
        server_.Get("/", [](const auto&, auto& answer) {
            answer.set_content(std::string(tray_page()), "text/html; charset=utf-8");
        });
        server_.Get("/labels", [this](const auto&, auto& answer) { list(answer); });
        server_.Get(R"(/labels/(\d+)\.png)",
                    [this](const auto& asked, auto& answer) { picture(asked, answer); });
        server_.Get("/faults", [this](const auto&, auto& answer) { show_faults(answer); });
        server_.Post("/faults", [this](const auto& asked, auto& answer) { set_faults(asked, answer); });
    }
    ~HttpPanel() override {
        server_.stop();
        if (thread_.joinable()) thread_.join();
    }
    bool listen(int port) {
        port_ = port == 0 ? server_.bind_to_any_port("127.0.0.1")
                          : (server_.bind_to_port("127.0.0.1", port) ? port : -1);
        if (port_ < 0) return false;
        thread_ = std::thread([this] { server_.listen_after_bind(); });
        return true;
    }
    int port() const override { return port_; }

private:
    void list(httplib::Response& answer) {
        answer.set_content(to_json(view_.get().value.labels), "application/json");
    }
    void picture(const httplib::Request& asked, httplib::Response& answer) {
        const auto wanted = asked.matches[1].str();
        for (const auto& label : view_.get().value.labels)
            if (std::to_string(label.n) == wanted) {
                std::ifstream file(folder_ / label.file, std::ios::binary);
                answer.set_content(std::string(std::istreambuf_iterator<char>(file), {}), "image/png");
                return;
            }
        answer.status = 404;
    }
    void show_faults(httplib::Response& answer) {
        answer.set_content(to_json(view_.get().value.faults), "application/json");
    }
    // Answers when the fault holds, so that what a test sends next meets it.
    void set_faults(const httplib::Request& asked, httplib::Response& answer) {
        if (!changed(view_.get().value.faults, asked.body)) {
            answer.status = 400;
            return;
        }
        const auto ticket = ++tickets_;
        const bool posted = wishes_.post({asked.body, ticket});
        auto seen = view_.get();
        for (int tries = 0; posted && seen.value.applied < ticket && tries < 20; ++tries)
            seen = view_.wait_newer(seen.version, milliseconds{100});
        if (seen.value.applied < ticket) answer.status = 503;
        show_faults(answer);
    }

    std::filesystem::path folder_;
    Inbox<FaultWish>& wishes_;
    const Latest<PanelView>& view_;
    std::atomic<std::uint64_t> tickets_{0};
    int port_ = -1;
    httplib::Server server_;
    std::thread thread_;
};

}  // namespace

std::string to_json(const Faults& faults) {
    return Json{{"media_out_after", or_null(faults.media_out_after)},
                {"head_open", faults.head_open},
                {"stall_after", or_null(faults.stall_after)},
                {"reset_after_bytes", or_null(faults.reset_after_bytes)},
                {"silent_hs", faults.silent_hs},
                {"slow_bytes_per_s", or_null(faults.slow_bytes_per_s)},
                {"split_replies", faults.split_replies},
                {"wait_peel", or_null(faults.wait_peel)},
                {"wrong_media", faults.wrong_media},
                {"reprint_after_error", faults.reprint_after_error},
                {"power_cycle", faults.power_cycle}}
        .dump();
}

Result<Faults> changed(const Faults& faults, std::string_view json) {
    const auto wish = Json::parse(json, nullptr, false);
    if (!wish.is_object()) return Error{Error::Kind::corrupt, "faults must be a JSON object"};
    Faults out = faults;
    try {
        for (const auto& [name, value] : wish.items())
            if (!take_member(out, name, value)) return Error{Error::Kind::corrupt, "no such fault: " + name};
    } catch (const Json::exception&) {
        return Error{Error::Kind::corrupt, "a fault of the wrong type"};
    }
    return out;
}

Result<std::unique_ptr<Panel>> Panel::start(int port, const std::filesystem::path& folder,
                                            Inbox<FaultWish>& wishes, const Latest<PanelView>& view) {
    auto panel = std::make_unique<HttpPanel>(folder, wishes, view);
    if (!panel->listen(port)) return Error{Error::Kind::busy, "the HTTP port cannot be had"};
    return std::unique_ptr<Panel>(std::move(panel));
}

}  // namespace kenpin::virtual_printer
