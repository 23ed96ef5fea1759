#include "tests/e2e/floor/shop_end.hpp"

#include <algorithm>
#include <thread>

#include <httplib.h>

#include "core/base/check.hpp"
#include "core/base/latest.hpp"

namespace kenpin::floor {

struct ShopEnd::Listening {
    struct Kept {
        std::vector<ReceivedReport> accepted;
        int refused = 0;
    };
    httplib::Server server;
    Latest<Kept> kept;
    int port = 0;
    int refuse_first = 0;
    std::thread thread;

    // Requests come from several threads, the reports of one shop from one sender: the newest state is made
    // anew.
    void take(const httplib::Request& request, httplib::Response& response) {
        auto now = kept.get().value;
        if (now.refused < refuse_first) {
            ++now.refused;
            response.status = 503;
        } else {
            const auto key = request.get_header_value("Idempotency-Key");
            const bool is_known = std::any_of(now.accepted.begin(), now.accepted.end(),
                                              [&](const auto& r) { return r.idempotency_key == key; });
            if (!is_known) now.accepted.push_back({request.path.substr(1), key, request.body});
            response.status = 200;  // the same report again counts once, as docs/api/report.md asks of shops
        }
        kept.set(std::move(now));
    }
};

ShopEnd::ShopEnd(int refuse_first) : listening_(std::make_unique<Listening>()) {
    auto& l = *listening_;
    l.refuse_first = refuse_first;
    l.server.new_task_queue = [] { return new httplib::ThreadPool(1); };  // one at a time: see take()
    l.server.Post("/.*", [&l](const auto& request, auto& response) { l.take(request, response); });
    l.port = l.server.bind_to_any_port("127.0.0.1");
    KENPIN_CHECK(l.port > 0);
    l.thread = std::thread([&l] { l.server.listen_after_bind(); });
}

ShopEnd::~ShopEnd() {
    listening_->server.stop();
    listening_->thread.join();
}

int ShopEnd::port() const {
    return listening_->port;
}

std::vector<ReceivedReport> ShopEnd::accepted() const {
    return listening_->kept.get().value.accepted;
}

int ShopEnd::refused() const {
    return listening_->kept.get().value.refused;
}

}  // namespace kenpin::floor
